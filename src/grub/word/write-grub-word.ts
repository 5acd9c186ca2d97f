import type { Problem, Result } from '../problem.ts';
import { loaderWord } from '../script/loader-cmdline.ts';
import { wordExcerpt } from '../text-position.ts';
import { type QuoteProblemCode, quoteGrubWord } from './quote-grub-word.ts';

/** Why a word can't be written so that the kernel gets it as it is. */
export type WordProblemCode =
  | QuoteProblemCode
  /** To the kernel it would be no word at all. */
  | 'empty-word'
  /** The loader puts a backslash in front of a `\` or `'`, so that the kernel gets another word. */
  | 'loader-adds-backslash';

/**
 * A new word in GRUB's quoting, with backslashes and double quotes only, so that it also fits between the shell's
 * single quotes.
 *
 * Source: grub-core/script/yylex.l; what cannot be written is decided by `quoteGrubWord` and `loaderWord`.
 *
 * @param word as the kernel is to get it, latin1
 */
export function writeGrubWord(word: string): Result<string, WordProblemCode> {
  const quoted = quoteGrubWord(word);
  if (!quoted.ok) return quoted;
  if (word === '') return refuseWord('empty-word', word);
  return loaderWord(word).replaceAll('"', '') === word ? quoted : refuseWord('loader-adds-backslash', word);
}

/** The refusal of a word; its place is that in the word. */
export function refuseWord<Code extends string>(
  code: Code,
  word: string,
): { readonly ok: false; readonly problem: Problem<Code> } {
  return { ok: false, problem: { code, at: { offset: 0, line: 1, column: 1 }, found: wordExcerpt(word) } };
}

/** Words in GRUB's quoting, with a blank between them; those that can't be written are left out. */
export function grubText(words: readonly string[]): string {
  return writtenWords(words.map(writeGrubWord));
}

/** What could be written of some words, with a blank between them. */
export function writtenWords(written: readonly Result<string>[]): string {
  return written.flatMap((word) => (word.ok ? [word.value] : [])).join(' ');
}
