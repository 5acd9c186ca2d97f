import type { Goal } from '../diagnosis/goal.ts';
import type { HostFacts } from '../facts/gather.ts';
import { literalLine, literalLines } from '../generator/literal-script.ts';
import { editBootLine } from '../grub/script/edit-boot-line.ts';
import { applyTextEdits, type TextEdit } from '../grub/text-edit.ts';
import type { FileChange } from './build-plan.ts';
import { literalGoal } from './later-problem.ts';
import { type RefusedPlanning, refusePlan } from './plan-refusal.ts';
import { revisedWords } from './revised-words.ts';

/** The changes of scripts in /etc/grub.d, or why they can't be made. */
export type LiteralChanges = { readonly ok: true; readonly changes: readonly FileChange[] } | RefusedPlanning;

/**
 * The changes of scripts of /etc/grub.d, such as 40_custom, that hold an entry of the menu as it stands: grub-mkconfig
 * will make it anew from there.
 *
 * @param isForced allow changes to the words that mount the root file system
 */
export function editLiteralScripts(
  facts: HostFacts,
  goal: Goal,
  which: string,
  isForced: boolean,
): LiteralChanges {
  const changes: FileChange[] = [];
  for (const script of facts.generatorScripts.scripts ?? []) {
    const edits: TextEdit[] = [];
    for (const literal of literalLines(script)) {
      const words = literal.line.words.map(({ text }) => text);
      const own = literalGoal(literalLine(literal), facts, goal, which);
      const revised = revisedWords(words, own, isForced);
      if (!revised.ok) return revised;
      const edited = editBootLine(literal.line, revised.edits);
      if (!edited.ok) {
        return refusePlan({ code: 'line-not-editable', path: script.path, problem: edited.problem });
      }
      const { offset } = literal.literal;
      edits.push(...edited.value.map((edit) => ({ ...edit, offset: edit.offset + offset })));
    }
    if (edits.length === 0) continue;
    const after = applyTextEdits(script.text, edits);
    changes.push({ path: script.path, before: script.text, after, decides: 'later-kernels' });
  }
  return { ok: true, changes };
}
