import { applyWordEdits, reviseWords } from '../cmdline/revise-words.ts';
import type { WordEdit } from '../cmdline/word-edit.ts';
import type { Goal } from '../diagnosis/goal.ts';
import type { BootEntry, EntryLine } from '../facts/boot-entry.ts';
import { editBootLine } from '../grub/script/edit-boot-line.ts';
import { overlongBy } from '../grub/script/loader-cmdline.ts';
import type { TextEdit } from '../grub/text-edit.ts';
import { guardedWords } from './guarded-words.ts';
import type { PlanRefusal } from './plan-refusal.ts';

export type EntryEdits =
  | { readonly ok: true; readonly byPath: ReadonlyMap<string, readonly TextEdit[]> }
  | { readonly ok: false; readonly refusal: PlanRefusal };

/**
 * The text edits that give each entry the words of its kernel's goal.
 *
 * @param texts the files that hold the entries, by path
 * @param isForced allow changes to the words that mount the root file system
 */
export function editEntries(
  entries: readonly BootEntry[],
  goal: Goal,
  texts: ReadonlyMap<string, string>,
  isForced: boolean,
): EntryEdits {
  const byPath = new Map<string, readonly TextEdit[]>();
  for (const { release, lines } of entries) {
    const wanted = release === undefined ? undefined : goal.perKernel.get(release);
    for (const line of wanted === undefined ? [] : lines) {
      const words = line.words.map(({ text }) => text);
      const edits = wanted === undefined ? [] : reviseWords(words, wanted);
      if (edits.length === 0) continue;
      const edited = editLine(line, words, edits, texts, isForced);
      if (!edited.ok) return edited;
      byPath.set(line.path, [...(byPath.get(line.path) ?? []), ...edited.edits]);
    }
  }
  return { ok: true, byPath };
}

type LineEdits =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly refusal: PlanRefusal };

function editLine(
  { path, line }: EntryLine,
  words: readonly string[],
  edits: readonly WordEdit[],
  texts: ReadonlyMap<string, string>,
  isForced: boolean,
): LineEdits {
  const guarded = guardedWords(words, edits);
  if (guarded.length > 0 && !isForced)
    return { ok: false, refusal: { code: 'guarded-words', words: guarded } };
  const excess = overlongBy(line.command, line.image?.text ?? '', applyWordEdits(words, edits));
  if (excess > 0)
    return { ok: false, refusal: { code: 'line-too-long', path, at: line.place.position, excess } };
  const edited = editBootLine(texts.get(path) ?? '', line, edits);
  if (!edited.ok) return { ok: false, refusal: { code: 'line-not-editable', path, problem: edited.problem } };
  return { ok: true, edits: edited.value };
}
