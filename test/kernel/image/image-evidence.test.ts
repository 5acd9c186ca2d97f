import { describe, expect, test } from 'vitest';
import { parseParameter } from '../../../src/cmdline/parameter.ts';
import { imageEvidence, isAnswered, tokenQuestions } from '../../../src/kernel/image/image-evidence.ts';
import type { ImageReading, ImageResult } from '../../../src/kernel/image/image-reading.ts';
import type { NamePlace } from '../../../src/kernel/image/name-places.ts';
import type { ImageParameter } from '../../../src/kernel/image/parameter-table.ts';
import type { TokenAnswer } from '../../../src/kernel/image/token.ts';

const bounds = { start: '0x1000', end: '0x2000', recordBytes: 24 } as const;

function setup(name: string, isEarly = false): ImageParameter {
  return { name, table: 'setup', isEarly, handler: '0x1000' };
}

const reading: ImageReading = {
  release: '6.1.0',
  banner: 'Linux version 6.1.0 (x)',
  architecture: 'x86_64',
  container: 'bzimage',
  compression: 'xz',
  imageBytes: 1,
  parameters: [
    setup('console='),
    setup('quiet', true),
    setup('cgroup.memory='),
    setup('cgroup_disable='),
    setup('noirqdebug'),
    setup('ring3mwait=disable'),
    setup('mem', true),
    { ...setup('former='), handler: undefined },
    { name: 'printk.time', table: 'param', isEarly: false, handler: '0x1000' },
    { name: 'panic', table: 'param', isEarly: false, handler: '0x1000' },
  ],
  setupTable: bounds,
  paramTable: bounds,
  tokens: [],
  names: [],
  cmdlineBytes: 2047,
  ikconfig: undefined,
};

/** Asked for the word's own text, which is nowhere unless `changes` say otherwise. */
function evidence(word: string, changes: Partial<ImageReading> = {}) {
  const names = [{ name: parseParameter(word).name, count: 0, places: [] }];
  const { says, code, data } = imageEvidence(
    { ok: true, reading: { ...reading, names, ...changes } },
    word,
    '/boot/vmlinuz',
  );
  return { says, code, reason: 'reason' in data ? data.reason : undefined };
}

const listed = { says: 'present', code: 'image.parameter-listed', reason: undefined };
const missing = { says: 'absent', code: 'image.parameter-missing', reason: undefined };
const undecided = (reason: string) => ({ says: 'inconclusive', code: 'image.unreadable', reason });

describe('matching, as init/main.c and kernel/params.c do it', () => {
  test.each([
    { rule: 'a record that ends in = takes any value', word: 'console=ttyS0,115200', expected: listed },
    { rule: 'and an empty one', word: 'console=', expected: listed },
    {
      rule: 'but not the name alone',
      word: 'console',
      expected: { ...missing, reason: 'value-required' },
    },
    { rule: 'an early record matches its whole name', word: 'quiet', expected: listed },
    { rule: 'with a value too', word: 'mem=1G', expected: listed },
    { rule: 'but not as a beginning', word: 'quietly', expected: missing },
    { rule: 'a record without = takes a value', word: 'noirqdebug=1', expected: listed },
    {
      rule: 'and as a mere beginning is asked, but may refuse',
      word: 'noirqdebugging',
      expected: undecided('handler-decides'),
    },
    { rule: 'a record may hold a value', word: 'ring3mwait=disable', expected: listed },
    { rule: 'and takes no other', word: 'ring3mwait=enable', expected: missing },
    { rule: '- and _ are the same', word: 'cgroup-disable=', expected: listed },
    { rule: 'a dot is only a dot', word: 'cgroup_memory=nokmem', expected: missing },
    { rule: 'capitals count', word: 'Quiet', expected: missing },
    { rule: '__param matches the whole name', word: 'printk.time=1', expected: listed },
    { rule: 'a bare name in __param too', word: 'panic=10', expected: listed },
    { rule: 'and not as a beginning', word: 'panic_on_taint=1', expected: missing },
    { rule: 'quotes around the word are not part of it', word: '"console=ttyS0"', expected: listed },
    { rule: 'an obsolete record is ignored', word: 'former=1', expected: { ...missing, reason: 'obsolete' } },
    { rule: 'an unknown dotted word', word: 'cgroup.memry=nokmem', expected: missing },
    {
      rule: 'sysctl.* is read by prefix',
      word: 'sysctl.vm.swappiness=1',
      expected: undecided('read-outside-tables'),
    },
  ])('$rule: $word', ({ word, expected }) => {
    expect(evidence(word)).toEqual(expected);
  });
});

describe('a name that no table has', () => {
  const at = (name: string, place: Partial<NamePlace> = {}, count = 1) => ({
    names: [{ name, count, places: [{ part: 'kernel', offset: 16, isWhole: true, form: 'name', ...place }] }],
  });
  const elsewhere = { says: 'inconclusive', code: 'image.text-elsewhere', reason: undefined };
  const early = { says: 'present', code: 'image.read-by-early-code', reason: undefined };

  test.each<{ rule: string; word: string; changes: object; expected: object }>([
    {
      rule: 'its text stands somewhere: code may compare with it',
      word: 'frobnicate=1',
      changes: at('frobnicate'),
      expected: elsewhere,
    },
    {
      rule: 'early code of this version is known to read it',
      word: 'tsx=on',
      changes: at('tsx'),
      expected: early,
    },
    {
      rule: 'but only on its architecture',
      word: 'tsx=on',
      changes: { ...at('tsx'), architecture: 'arm64' },
      expected: elsewhere,
    },
    {
      rule: 'and from its version on',
      word: 'tsx=on',
      changes: { ...at('tsx'), release: '4.19.0' },
      expected: elsewhere,
    },
    {
      rule: 'and with a string of its own, not the end of another',
      word: 'tsx=on',
      changes: at('tsx', { isWhole: false }),
      expected: elsewhere,
    },
    {
      rule: 'crashkernel= had no record before 5.15',
      word: 'crashkernel=256M',
      changes: { ...at('crashkernel'), release: '5.10.0-32-amd64' },
      expected: early,
    },
    {
      rule: 'up to its dot only: code may take all that begins so',
      word: 'family.member=1',
      changes: at('family.member', { form: 'prefix' }),
      expected: elsewhere,
    },
    {
      rule: 'nowhere, but so short that it may be compared without a text',
      word: 'foo=1',
      changes: {},
      expected: undecided('name-too-short'),
    },
    {
      rule: 'its text was not looked for',
      word: 'frobnicate=1',
      changes: { names: [] },
      expected: undecided('text-not-searched'),
    },
    {
      rule: 'register and field are two strings',
      word: 'id_aa64pfr0.sve=0',
      changes: {},
      expected: undecided('read-outside-tables'),
    },
    {
      rule: 'any module takes it, built in or not',
      word: 'usbcore.dyndbg=+p',
      changes: {},
      expected: undecided('read-outside-tables'),
    },
  ])('$rule: $word', ({ word, changes, expected }) => {
    expect(evidence(word, changes)).toEqual(expected);
  });

  test('the evidence names the places', () => {
    const result: ImageResult = { ok: true, reading: { ...reading, ...(at('frobnicate', {}, 4) as object) } };
    expect(imageEvidence(result, 'frobnicate', '/boot/vmlinuz').data).toEqual({
      name: 'frobnicate',
      count: 4,
      places: 'kernel +0x10 …',
    });
  });
});

test('without section __param nothing is absent', () => {
  expect(evidence('foo.bar=1', { paramTable: undefined })).toEqual(undecided('no-param-table'));
  expect(evidence('console=tty0', { paramTable: undefined })).toEqual(listed);
});

test('an image that was not read proves nothing, and says why', () => {
  const result: ImageResult = { ok: false, reason: 'no-decompressor', data: { program: 'zstd' } };
  expect(imageEvidence(result, 'quiet', '/boot/vmlinuz')).toEqual({
    source: 'image',
    path: '/boot/vmlinuz',
    says: 'inconclusive',
    strength: 'observation',
    code: 'image.unreadable',
    data: { reason: 'no-decompressor', program: 'zstd' },
  });
});

describe('tokens', () => {
  const answered = (token: string, answer: TokenAnswer, parameter = 'cgroup.memory=') => ({
    parameter,
    token,
    answer,
  });
  const nosocket = answered('nosocket', { says: 'present', code: 'referenced' });

  test.each<{ name: string; word: string; tokens: ImageReading['tokens']; says: string; code: string }>([
    {
      name: 'referenced by the handler',
      word: 'cgroup.memory=nosocket',
      tokens: [nosocket],
      says: 'present',
      code: 'image.token-referenced',
    },
    {
      name: 'one absent token decides',
      word: 'cgroup.memory=nosocket,nokmem',
      tokens: [nosocket, answered('nokmem', { says: 'absent', code: 'no-string' })],
      says: 'absent',
      code: 'image.token-missing',
    },
    {
      name: 'an uncertain one keeps the word uncertain',
      word: 'cgroup.memory=nosocket,nokmem',
      tokens: [nosocket, answered('nokmem', { says: 'inconclusive', code: 'string-elsewhere' })],
      says: 'inconclusive',
      code: 'image.token-string-only',
    },
    {
      name: 'a string where code is not decoded',
      word: 'cgroup.memory=nokmem',
      tokens: [answered('nokmem', { says: 'present', code: 'string-only' })],
      says: 'present',
      code: 'image.token-string-only',
    },
    {
      name: 'the built-in controller',
      word: 'cgroup_disable=memory',
      tokens: [answered('memory', { says: 'present', code: 'controller-built-in' }, 'cgroup_disable=')],
      says: 'present',
      code: 'image.parameter-listed',
    },
    {
      name: 'a question that the image was not asked',
      word: 'cgroup.memory=nokmem',
      tokens: [nosocket],
      says: 'inconclusive',
      code: 'image.token-string-only',
    },
    {
      name: 'an empty list asks nothing',
      word: 'cgroup.memory=',
      tokens: [],
      says: 'present',
      code: 'image.parameter-listed',
    },
  ])('$name', ({ word, tokens, says, code }) => {
    expect(evidence(word, { tokens })).toMatchObject({ says, code });
  });

  test('a word’s questions, and whether a reading has their answers', () => {
    expect(tokenQuestions('cgroup.memory=nosocket,,nokmem')).toEqual([
      { parameter: 'cgroup.memory=', token: 'nosocket' },
      { parameter: 'cgroup.memory=', token: 'nokmem' },
    ]);
    expect(tokenQuestions('console=tty0')).toEqual([]);
    const some = { ...reading, tokens: [nosocket] };
    expect(isAnswered(some, 'cgroup.memory=nosocket')).toBe(true);
    expect(isAnswered(some, 'cgroup.memory=nosocket,nokmem')).toBe(false);
    expect(isAnswered(some, 'quiet')).toBe(true);
    expect(isAnswered(some, 'frobnicate')).toBe(false);
    const searched = { ...some, names: [{ name: 'frobnicate', count: 0, places: [] }] };
    expect(isAnswered(searched, 'frobnicate=1')).toBe(true);
  });
});
