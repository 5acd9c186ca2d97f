import { reviseWords } from '../cmdline/revise-words.ts';
import type { WordEdit } from '../cmdline/word-edit.ts';
import type { Goal } from '../diagnosis/goal.ts';
import type { BootEntry, EntryLine } from '../facts/boot-entry.ts';
import type { Problem } from '../grub/problem.ts';
import { editBootLine } from '../grub/script/edit-boot-line.ts';
import { applyTextEdits, type TextEdit } from '../grub/text-edit.ts';
import { editOptionsLine } from './edit-options-line.ts';
import { guardedWords } from './guarded-words.ts';
import { type RefusedPlanning, refusePlan } from './plan-refusal.ts';

export type EntryTexts = { readonly ok: true; readonly texts: ReadonlyMap<string, string> } | RefusedPlanning;

/**
 * The texts that give each entry the words of its kernel's goal; only those that change.
 *
 * @param texts the files that hold the entries, by path
 * @param isForced allow changes to the words that mount the root file system
 */
export function editEntries(
  entries: readonly BootEntry[],
  goal: Goal,
  texts: ReadonlyMap<string, string>,
  isForced: boolean,
): EntryTexts {
  const edited: EditedFiles = { texts, scripts: new Map(), entryFiles: new Map() };
  for (const { release, lines } of entries) {
    const wanted = release === undefined ? undefined : goal.perKernel.get(release);
    for (const line of wanted === undefined ? [] : lines) {
      const words = line.words.map(({ text }) => text);
      const edits = wanted === undefined ? [] : reviseWords(words, wanted);
      if (edits.length === 0) continue;
      const guarded = guardedWords(words, edits);
      if (guarded.length > 0 && !isForced) return refusePlan({ code: 'guarded-words', words: guarded });
      const problem = editLine(edited, line, edits);
      if (problem !== undefined) {
        return refusePlan({ code: 'line-not-editable', path: line.path, problem });
      }
    }
  }
  const result = new Map(edited.entryFiles);
  for (const [path, edits] of edited.scripts) result.set(path, applyTextEdits(texts.get(path) ?? '', edits));
  return { ok: true, texts: result };
}

interface EditedFiles {
  readonly texts: ReadonlyMap<string, string>;
  /** A script holds many lines. */
  readonly scripts: Map<string, readonly TextEdit[]>;
  readonly entryFiles: Map<string, string>;
}

function editLine(
  { texts, scripts, entryFiles }: EditedFiles,
  line: EntryLine,
  edits: readonly WordEdit[],
): Problem | undefined {
  const { path } = line;
  const text = texts.get(path) ?? '';
  if (line.format === 'loader-entry') {
    const edited = editOptionsLine(text, line, edits);
    if (!edited.ok) return edited.problem;
    entryFiles.set(path, edited.value);
    return undefined;
  }
  const edited = editBootLine(text, line.line, edits);
  if (!edited.ok) return edited.problem;
  scripts.set(path, [...(scripts.get(path) ?? []), ...edited.value]);
  return undefined;
}
