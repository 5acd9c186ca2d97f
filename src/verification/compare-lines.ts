import { parseParameter } from '../cmdline/parameter.ts';
import { standsOn } from './verify-words.ts';

/** Where the running line and the one that boots next differ. */
export interface LineDifference {
  readonly onlyRunning: readonly string[];
  readonly onlyNextBoot: readonly string[];
}

/** Words that loaders put on the line by themselves: GRUB (loader/linux.c) and the EFI stub. */
const OF_LOADERS = ['BOOT_IMAGE', 'initrd'];

/** The words of a line that its configuration gave it. */
export function ownWords(words: readonly string[]): readonly string[] {
  return words.filter((word) => word !== '' && !OF_LOADERS.includes(parseParameter(word).name));
}

/** The words that only one of both lines has. */
export function compareLines(running: readonly string[], next: readonly string[]): LineDifference {
  const [now, then] = [ownWords(running), ownWords(next)];
  return {
    onlyRunning: now.filter((word) => !standsOn(then, word)),
    onlyNextBoot: then.filter((word) => !standsOn(now, word)),
  };
}
