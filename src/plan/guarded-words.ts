import { parseParameter } from '../cmdline/parameter.ts';
import { mountsRoot } from '../cmdline/root-mount.ts';
import type { WordEdit } from '../cmdline/word-edit.ts';

/**
 * The words among the edits that find, unlock or mount the root file system: with a wrong one the machine does not
 * come up, so that changing them needs the operator's word.
 */
export function guardedWords(words: readonly string[], edits: readonly WordEdit[]): readonly string[] {
  const touched: string[] = [];
  for (const edit of edits) {
    const present = edit.kind === 'insert' ? undefined : words[edit.index];
    if (present !== undefined) touched.push(present);
    if (edit.kind !== 'remove') touched.push(edit.word);
  }
  return touched.filter((word) => mountsRoot(parseParameter(word).name));
}
