import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyWordEdits, reviseWords } from '../../src/cmdline/revise-words.ts';

const cases = [
  { rule: 'a missing word is appended', line: 'ro quiet', set: 'nosmt', after: 'ro quiet nosmt' },
  { rule: 'a present word stays where it is', line: 'nosmt ro', set: 'nosmt', after: 'nosmt ro' },
  { rule: 'a new word goes before --', line: 'ro -- single', set: 'nosmt', after: 'ro nosmt -- single' },
  {
    rule: 'words after -- do not count as present',
    line: 'ro -- nosmt',
    set: 'nosmt',
    after: 'ro nosmt -- nosmt',
  },
  { rule: 'another value is replaced in place', line: 'a=1 ro', set: 'a=2', after: 'a=2 ro' },
  {
    rule: 'of several values the last is replaced, the others go',
    line: 'a=1 ro a=3',
    set: 'a=2',
    after: 'ro a=2',
  },
  { rule: 'a doubled word is left once', line: 'quiet ro quiet', set: 'quiet', after: 'ro quiet' },
  {
    rule: 'a dash spelling counts as present',
    line: 'cgroup-disable=memory',
    set: 'cgroup_disable=memory',
    after: 'cgroup-disable=memory',
  },
  {
    rule: 'a comma list gains its token',
    line: 'cgroup.memory=nosocket ro',
    set: 'cgroup.memory=nokmem',
    after: 'cgroup.memory=nosocket,nokmem ro',
  },
  {
    rule: 'words of one comma list are merged',
    line: 'cgroup_disable=foo ro cgroup_disable=memory',
    set: 'cgroup_disable=memory',
    after: 'cgroup_disable=foo,memory ro',
  },
  {
    rule: 'a complete comma list is not respelled',
    line: 'cgroup_disable=,memory,',
    set: 'cgroup_disable=memory',
    after: 'cgroup_disable=,memory,',
  },
  {
    rule: 'a console is added beside the others',
    line: 'console=tty0 ro',
    set: 'console=ttyS0',
    after: 'console=tty0 console=ttyS0 ro',
  },
  {
    rule: 'the same console is not added again',
    line: 'console=tty0 console=ttyS0',
    set: 'console=tty0',
    after: 'console=tty0 console=ttyS0',
  },
  { rule: 'a quoted value equals itself unquoted', line: 'a="b"', set: 'a=b', after: 'a="b"' },
  {
    rule: 'part of a longer word is not the word',
    line: 'memory_corruption_check=1',
    set: 'memory',
    after: 'memory_corruption_check=1 memory',
  },
  { rule: 'unset by name removes every value', line: 'a=1 ro a=2 a', unset: 'a', after: 'ro' },
  { rule: 'unset by name and value removes that one', line: 'a=1 ro a=2', unset: 'a=1', after: 'ro a=2' },
  {
    rule: 'unset takes one token out of a list',
    line: 'cgroup.memory=nosocket,nokmem',
    unset: 'cgroup.memory=nokmem',
    after: 'cgroup.memory=nosocket',
  },
  {
    rule: 'unset of the only token removes the word',
    line: 'ro cgroup.memory=nokmem',
    unset: 'cgroup.memory=nokmem',
    after: 'ro',
  },
  { rule: 'unset leaves the words of init', line: 'ro -- a', unset: 'a', after: 'ro -- a' },
  {
    rule: 'unset and set together',
    line: 'ro cgroup.memory=nokmem',
    unset: 'cgroup.memory=nokmem',
    set: 'cgroup_disable=memory',
    after: 'ro cgroup_disable=memory',
  },
];

test.each(cases)('revise: $rule', ({ line, set, unset, after }) => {
  const words = line.split(' ');
  const goal = { set: set === undefined ? [] : [set], unset: unset === undefined ? [] : [unset] };
  expect(applyWordEdits(words, reviseWords(words, goal)).join(' ')).toBe(after);
});

test('two tokens of one list become one new word', () => {
  const goal = { set: ['cgroup.memory=nokmem', 'cgroup.memory=nosocket'], unset: [] };
  expect(applyWordEdits(['ro'], reviseWords(['ro'], goal))).toEqual(['ro', 'cgroup.memory=nokmem,nosocket']);
});

test('a line that was revised needs no further edit', () => {
  const word = fc.constantFrom(
    'ro',
    'quiet',
    '--',
    'a=1',
    'a=2',
    'a',
    'console=tty0',
    'console=ttyS0',
    'cgroup.memory=nokmem',
    'cgroup.memory=nosocket,nokmem',
    'cgroup-disable=memory',
    'cgroup_disable=foo,',
    'x="a b"',
  );
  const goalWord = word.filter((candidate) => candidate !== '--');
  fc.assert(
    fc.property(fc.array(word), fc.array(goalWord, { maxLength: 3 }), (words, set) => {
      const goal = { set, unset: [] };
      const distinct = new Set(set.map((one) => one.split('=')[0]));
      fc.pre(distinct.size === set.length);
      const once = applyWordEdits(words, reviseWords(words, goal));
      expect(reviseWords(once, goal)).toEqual([]);
    }),
  );
});
