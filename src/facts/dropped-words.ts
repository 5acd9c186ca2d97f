import { overlongBy } from '../grub/script/loader-cmdline.ts';
import type { EntryLine } from './boot-entry.ts';

/** What an x86 kernel takes of a command line (COMMAND_LINE_SIZE of 2048, with its final NUL). */
const KERNEL_LIMIT_BYTES = 2047;

/** By how many bytes an entry's line would exceed what its loader or its kernel takes, if it had these words. */
export function excessBytes(line: EntryLine, words: readonly string[]): number {
  if (line.format === 'grub-script') {
    return overlongBy(line.line.command, line.line.image?.text ?? '', words);
  }
  if (line.reader === 'systemd-boot') return Math.max(0, words.join(' ').length - KERNEL_LIMIT_BYTES);
  return overlongBy('linux', line.images[0] ?? '', words);
}

/** How many words at the end of a line don't reach the kernel whole, because the line is too long. */
export function droppedWordCount(line: EntryLine): number {
  const words = line.words.map(({ text }) => text);
  let count = 0;
  while (count < words.length && excessBytes(line, words.slice(0, words.length - count)) > 0) count += 1;
  return count;
}
