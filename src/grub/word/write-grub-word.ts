import { loaderWord } from '../script/loader-cmdline.ts';
import { quoteGrubWord } from './quote-grub-word.ts';

/**
 * A word in GRUB's quoting, with backslashes and double quotes only, so that it also fits between the shell's
 * single quotes; undefined where the kernel would not get it as it is.
 *
 * Source: grub-core/script/yylex.l; what cannot be written is decided by `quoteGrubWord` and `loaderWord`.
 */
export function writeGrubWord(word: string): string | undefined {
  const quoted = quoteGrubWord(word);
  if (word === '' || !quoted.ok || loaderWord(word).replaceAll('"', '') !== word) return undefined;
  return quoted.value;
}
