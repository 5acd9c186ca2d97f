import { parseParameter } from '../cmdline/parameter.ts';
import { reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import { mountsRoot } from '../cmdline/root-mount.ts';
import type { WordEdit } from '../cmdline/word-edit.ts';
import { type RefusedPlanning, refusePlan } from './plan-refusal.ts';

/** The edits, none where the words meet the goal already, or why they are refused. */
export type RevisedWords = { readonly ok: true; readonly edits: readonly WordEdit[] } | RefusedPlanning;

/**
 * The edits that make some words meet a goal, for a file that is to be changed: every change of a file goes through here.
 * Words that find, unlock or mount the root file system need the operator's word: with a wrong one the machine does not come
 * up.
 *
 * @param isForced allow changes to those words
 */
export function revisedWords(words: readonly string[], goal: WordGoal, isForced: boolean): RevisedWords {
  const edits = reviseWords(words, goal);
  const guarded = isForced ? [] : guardedWords(words, edits);
  return guarded.length === 0 ? { ok: true, edits } : refusePlan({ code: 'guarded-words', words: guarded });
}

function guardedWords(words: readonly string[], edits: readonly WordEdit[]): readonly string[] {
  const touched: string[] = [];
  for (const edit of edits) {
    const present = edit.kind === 'insert' ? undefined : words[edit.index];
    if (present !== undefined) touched.push(present);
    if (edit.kind !== 'remove') touched.push(edit.word);
  }
  return touched.filter((word) => mountsRoot(parseParameter(word).name));
}
