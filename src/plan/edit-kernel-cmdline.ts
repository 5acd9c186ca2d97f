import type { WordGoal } from '../cmdline/revise-words.ts';
import type { KernelCmdlineReading } from '../facts/kernel-cmdline.ts';
import { editKernelCmdline, kernelCmdlineWords } from '../grub/loader-entry/kernel-cmdline-file.ts';
import { applyTextEdits } from '../grub/text-edit.ts';
import type { FileChange } from './build-plan.ts';
import { type RefusedPlanning, refusePlan } from './plan-refusal.ts';
import { revisedWords } from './revised-words.ts';

/** The change of /etc/kernel/cmdline, none where it is as it should be, or why it can't be made. */
export type KernelCmdlineChanges =
  | { readonly ok: true; readonly changes: readonly FileChange[] }
  | RefusedPlanning;

/**
 * The change of /etc/kernel/cmdline that gives later kernels the words of the goal. Where it is missing it is made: a
 * kernel that is installed before the next reboot would get the words of the running one.
 *
 * @param isForced allow changes to the words that mount the root file system
 */
export function editKernelCmdlineFile(
  reading: KernelCmdlineReading,
  goal: WordGoal,
  isForced: boolean,
): KernelCmdlineChanges {
  if (reading.kind !== 'read' && reading.kind !== 'missing') return { ok: true, changes: [] };
  const { path, reader } = reading;
  const file = reading.kind === 'read' ? reading.file : reading.model;
  const words = kernelCmdlineWords(file, reader).map(({ text }) => text);
  const revised = revisedWords(words, goal, isForced);
  if (!revised.ok) return revised;
  const { edits } = revised;
  const isNeeded = edits.length > 0 || (reading.kind === 'missing' && goal.set.length > 0);
  if (!isNeeded) return { ok: true, changes: [] };
  const edited = editKernelCmdline(file, reader, edits);
  if (!edited.ok) return refusePlan({ code: 'line-not-editable', path, problem: edited.problem });
  const before = reading.kind === 'read' ? file.text : undefined;
  const after = applyTextEdits(file.text, edited.value);
  return { ok: true, changes: [{ path, before, after, decides: 'later-kernels' }] };
}
