import { expect, test } from 'vitest';
import { isSameName, parseEarlyParameter, parseParameter } from '../../src/cmdline/parameter.ts';

test.each([
  { rule: 'a bare word has no value', source: 'quiet', name: 'quiet', value: undefined },
  { rule: 'an empty value is a value', source: 'init=', name: 'init', value: '' },
  { rule: 'only the first = divides', source: 'root=UUID=ab', name: 'root', value: 'UUID=ab' },
  { rule: 'a = in first place does not divide', source: '=a=b', name: '=a', value: 'b' },
  {
    rule: 'quotes around the value go',
    source: 'dyndbg="file a.c +p"',
    name: 'dyndbg',
    value: 'file a.c +p',
  },
  {
    rule: 'quotes around the whole word go',
    source: '"dyndbg=file a.c +p"',
    name: 'dyndbg',
    value: 'file a.c +p',
  },
  { rule: 'an end quote inside the name stays', source: '"foo"=bar', name: 'foo"', value: 'bar' },
  { rule: 'a quote in the middle stays', source: 'a=b"c"', name: 'a', value: 'b"c"' },
  {
    rule: 'single quotes are ordinary characters',
    source: "cgroup.memory='nokmem'",
    name: 'cgroup.memory',
    value: "'nokmem'",
  },
  { rule: 'a lone quote is an empty word', source: '"', name: '', value: undefined },
])('parameter: $rule', ({ source, name, value }) => {
  expect(parseParameter(source)).toEqual({ name, value, source });
});

test.each([
  { rule: 'dash equals underscore', a: 'cgroup-disable', b: 'cgroup_disable', isSame: true },
  { rule: 'a dot is only a dot', a: 'cgroup.memory', b: 'cgroup_memory', isSame: false },
  { rule: 'letters are not folded', a: 'Quiet', b: 'quiet', isSame: false },
  { rule: 'a prefix is another name', a: 'memory', b: 'memory_corruption_check', isSame: false },
])('name: $rule', ({ a, b, isSame }) => {
  expect(isSameName(a, b)).toBe(isSame);
});

test.each([
  {
    kernel: 'v3.10 kernel/params.c, next_arg',
    parse: parseEarlyParameter,
    source: '"quiet"',
    name: 'quiet"',
  },
  { kernel: 'v4.9 kernel/params.c, next_arg', parse: parseEarlyParameter, source: '"--"', name: '--"' },
  {
    kernel: 'v4.9 kernel/params.c, next_arg',
    parse: parseEarlyParameter,
    source: '"a=b c"',
    name: 'a',
    value: 'b c',
  },
  { kernel: 'v4.9 kernel/params.c, next_arg', parse: parseEarlyParameter, source: 'quiet', name: 'quiet' },
  { kernel: 'v4.10 kernel/params.c, next_arg', parse: parseParameter, source: '"quiet"', name: 'quiet' },
  { kernel: 'v4.13 lib/cmdline.c, next_arg', parse: parseParameter, source: '"--"', name: '--' },
])('$kernel: $source', ({ parse, source, name, value }) => {
  expect(parse(source)).toEqual({ name, value, source });
});
