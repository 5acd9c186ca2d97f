import { parseParameter } from '../../cmdline/parameter.ts';
import { applyWordEdits, reviseWords, type WordGoal } from '../../cmdline/revise-words.ts';
import type { WordEdit } from '../../cmdline/word-edit.ts';

/** Seconds until a kernel that panicked restarts: long enough to read its last lines on a screen. */
const PANIC_WORD = 'panic=10';

/**
 * The edits that make a line the trial's: the goal's, and `panic=`, so that a panic restarts the machine with the old words.
 * A time that is set already stays; 0 means to wait for ever.
 *
 * Source: Documentation/admin-guide/kernel-parameters.txt, `panic=`.
 *
 * @param words the line as it boots now
 */
export function trialEdits(words: readonly string[], goal: WordGoal): readonly WordEdit[] {
  const own = reviseWords(words, goal);
  const restarts = applyWordEdits(words, own).some((word) => {
    const { name, value } = parseParameter(word);
    return name === 'panic' && value !== undefined && Number.parseInt(value, 10) !== 0;
  });
  return restarts ? own : reviseWords(words, { ...goal, set: [...goal.set, PANIC_WORD] });
}
