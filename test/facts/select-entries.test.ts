import { expect, test } from 'vitest';
import type { BootEntry } from '../../src/facts/boot-entry.ts';
import { selectEntries } from '../../src/facts/select-entries.ts';

const entry = (
  kind: BootEntry['kind'],
  isDefault = false,
  image = `($root)/vmlinuz-1.0-${kind}`,
): BootEntry => ({
  title: kind,
  id: `id of ${kind}`,
  kind,
  release: kind === 'foreign' || kind === 'unknown-kernel' ? undefined : `1.0-${kind}`,
  image,
  initrds: [],
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
  ['0', ['normal']],
  ['2', ['rescue']],
  ['3', []],
  ['9', []],
  ['/boot/vmlinuz-1.0-normal', ['normal']],
  ['/vmlinuz-1.0-rescue', ['rescue']],
  ['/vmlinuz-1.0-recovery', []],
  ['/vmlinuz', []],
  ['vmlinuz-1.0-normal', []],
])('--entries %s takes in %j: other systems never', (which, expected) => {
  expect(selectEntries(entries, which).map(({ kind }) => kind)).toEqual(expected);
});

test.each(['/vmlinuz', '/boot/vmlinuz', '/@/boot/vmlinuz'])('the image %s is the one in /boot', (image) => {
  expect(selectEntries([entry('normal', true, image)], '/boot/vmlinuz')).toHaveLength(1);
});

test('a title that is a number is a title', () => {
  const titled = { ...entry('recovery'), title: '0' };
  expect(selectEntries([entry('normal'), titled], '0')).toEqual([titled]);
});

test('a default entry of another system is not taken in either', () => {
  expect(selectEntries([entry('foreign', true)], 'default')).toEqual([]);
});
