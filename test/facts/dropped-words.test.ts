import { expect, test } from 'vitest';
import type { EntryLine } from '../../src/facts/boot-entry.ts';
import { droppedWordCount, excessBytes } from '../../src/facts/dropped-words.ts';
import { headerCmdlineBytes } from '../../src/kernel/image/setup-header.ts';
import { bzImage } from '../kernel/image/build-container.ts';
import { buildElf } from '../kernel/image/build-kernel.ts';

const line = (count: number): EntryLine => ({
  format: 'loader-entry',
  reader: 'grub-el8',
  path: '/boot/loader/entries/x.conf',
  images: ['/vmlinuz'],
  cmdline: '',
  isConditional: false,
  words: Array.from({ length: count }, (_, option) => ({
    text: 'x'.repeat(99),
    source: 'x'.repeat(99),
    from: '',
    place: { kind: 'option', option },
  })),
});

test.each([
  { rule: 'an image that states nothing: 2047 bytes', kernelBytes: undefined, dropped: 2 },
  { rule: 'one that states what x86 has', kernelBytes: 2047, dropped: 2 },
  { rule: 'one that takes more', kernelBytes: 4095, dropped: 0 },
  { rule: 'one that takes less', kernelBytes: 255, dropped: 20 },
])('$rule', ({ kernelBytes, dropped }) => {
  expect(droppedWordCount(line(22), kernelBytes)).toBe(dropped);
});

test('the excess counts what the loader puts in front', () => {
  const words = ['y'.repeat(100)];
  expect(excessBytes(line(1), words, 100)).toBe('BOOT_IMAGE=/vmlinuz '.length);
});

test('cmdline_size of the setup header, from protocol 2.06 on', () => {
  const file = bzImage('none', buildElf().bytes);
  file.writeUInt32LE(4095, 0x238);
  expect(headerCmdlineBytes(file)).toBe(4095);
  file.writeUInt16LE(0x0205, 0x206);
  expect(headerCmdlineBytes(file)).toBeUndefined();
  expect(headerCmdlineBytes(buildElf().bytes)).toBeUndefined();
});
