import { loaderCmdlineWithImage, overlongBy } from '../grub/script/loader-cmdline.ts';
import type { EntryLine } from './boot-entry.ts';

/** What an x86 kernel takes of a command line (COMMAND_LINE_SIZE of 2048, with its final NUL), where its image doesn't tell. */
const KERNEL_LIMIT_BYTES = 2047;

/**
 * By how many bytes an entry's line would exceed what its loader or its kernel takes, if it had these words.
 *
 * GRUB takes the limit out of the image's own setup header, too (`cmdline_size`; grub-core/loader/i386/linux.c).
 *
 * @param kernelBytes the longest line that the image states; undefined where it states none
 */
export function excessBytes(line: EntryLine, words: readonly string[], kernelBytes?: number): number {
  if (line.format === 'loader-entry' && line.reader === 'systemd-boot') {
    return Math.max(0, words.join(' ').length - (kernelBytes ?? KERNEL_LIMIT_BYTES));
  }
  const isScript = line.format === 'grub-script';
  const image = (isScript ? line.line.image?.text : line.images[0]) ?? '';
  if (kernelBytes === undefined) return overlongBy(isScript ? line.line.command : 'linux', image, words);
  return Math.max(0, loaderCmdlineWithImage(image, words).length - kernelBytes);
}

/** How many words at the end of a line don't reach the kernel whole, because the line is too long. */
export function droppedWordCount(line: EntryLine, kernelBytes?: number): number {
  const words = line.words.map(({ text }) => text);
  let [kept, tooMany] = [0, words.length + 1];
  while (kept + 1 < tooMany) {
    const middle = (kept + tooMany) >> 1;
    if (excessBytes(line, words.slice(0, middle), kernelBytes) > 0) tooMany = middle;
    else kept = middle;
  }
  return words.length - kept;
}
