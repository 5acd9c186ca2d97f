import { expect, test } from 'vitest';
import type { BootEntry } from '../../src/facts/boot-entry.ts';
import { selectEntries } from '../../src/facts/select-entries.ts';

const entry = (kind: BootEntry['kind'], isDefault = false): BootEntry => ({
  title: kind,
  id: `id of ${kind}`,
  kind,
  release: kind === 'foreign' || kind === 'unknown-kernel' ? undefined : `1.0-${kind}`,
  image: '/vmlinuz',
  kernelPath: undefined,
  isDefault,
  isNext: false,
  lines: [],
});
const entries = [
  entry('normal', true),
  entry('recovery'),
  entry('rescue'),
  entry('foreign'),
  entry('unknown-kernel'),
];

test.each([
  ['normal', ['normal']],
  ['all', ['normal', 'recovery', 'rescue']],
  ['default', ['normal']],
  ['recovery', ['recovery']],
  ['foreign', []],
  ['id of foreign', []],
  ['unknown-kernel', []],
])('--entries %s takes in %j: other systems never', (which, expected) => {
  expect(selectEntries(entries, which).map(({ kind }) => kind)).toEqual(expected);
});

test('a default entry of another system is not taken in either', () => {
  expect(selectEntries([entry('foreign', true)], 'default')).toEqual([]);
});
