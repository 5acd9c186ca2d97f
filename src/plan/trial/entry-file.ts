import type { WordGoal } from '../../cmdline/revise-words.ts';
import type { OptionsLine } from '../../facts/boot-entry.ts';
import type { GrubProblemCode } from '../../grub/grub-problem.ts';
import { loaderEntryFields, parseLoaderEntry } from '../../grub/loader-entry/loader-entry.ts';
import type { Result } from '../../grub/problem.ts';
import { applyTextEdits } from '../../grub/text-edit.ts';
import { editOptionsLine } from '../edit-options-line.ts';
import { TRIAL_TITLE } from './trial-title.ts';
import { trialEdits } from './trial-words.ts';

/**
 * An entry file (Boot Loader Specification, type 1) that boots what another one boots, with other words.
 *
 * @param text the file that is copied, latin1
 */
export function copyEntryFile(
  text: string,
  line: OptionsLine,
  goal: WordGoal,
): Result<string, GrubProblemCode> {
  const words = line.words.map((word) => word.text);
  const edited = editOptionsLine(text, line, trialEdits(words, goal));
  return edited.ok ? { ok: true, value: withOwnName(edited.value, line) } : edited;
}

/** With a title of its own, and without the `id` of RHEL 8's entries, which names the one that was copied. */
function withOwnName(text: string, { reader }: OptionsLine): string {
  const fields = loaderEntryFields(parseLoaderEntry(text), reader);
  const title = fields.find(({ key }) => key === 'title');
  const edits = fields.flatMap(({ key, line }) => {
    return key === 'id' ? [{ offset: line.offset, length: line.text.length, replacement: '' }] : [];
  });
  const offset = title === undefined ? 0 : title.offset + title.value.length;
  const replacement = title === undefined ? `title Linux${TRIAL_TITLE}\n` : TRIAL_TITLE;
  return applyTextEdits(text, [...edits, { offset, length: 0, replacement }]);
}
