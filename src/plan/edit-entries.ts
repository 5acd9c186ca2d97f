import { reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import type { WordEdit } from '../cmdline/word-edit.ts';
import type { Goal } from '../diagnosis/goal.ts';
import type { BootEntry, EntryLine } from '../facts/boot-entry.ts';
import type { GrubProblem } from '../grub/grub-problem.ts';
import { editBootLine } from '../grub/script/edit-boot-line.ts';
import { applyTextEdits, type TextEdit } from '../grub/text-edit.ts';
import { editOptionsLine } from './edit-options-line.ts';
import { type RefusedPlanning, refusePlan } from './plan-refusal.ts';
import { revisedWords } from './revised-words.ts';

/** The changed texts of the files with entries by path, or why there are none. */
export type EntryTexts = { readonly ok: true; readonly texts: ReadonlyMap<string, string> } | RefusedPlanning;

/**
 * The texts that give each entry the words of its kernel's goal; only those that change. A line of a script that makes
 * several entries (in a loop, a function, a file that is read twice) is edited once, for all of them.
 *
 * @param all the entries of the menu
 * @param entries those that are meant
 * @param texts the files that hold the entries, by path
 * @param isForced allow changes to the words that mount the root file system
 */
export function editEntries(
  all: readonly BootEntry[],
  entries: readonly BootEntry[],
  goal: Goal,
  texts: ReadonlyMap<string, string>,
  isForced: boolean,
): EntryTexts {
  const edited: EditedFiles = { texts, scripts: new Map(), entryFiles: new Map() };
  const done = new Set<string>();
  const meant = new Set(entries);
  const onLine = entriesOnLines(all);
  for (const entry of entries) {
    for (const line of entry.lines) {
      const words = line.words.map(({ text }) => text);
      const edits = wordEdits(entry, line, goal);
      if (edits.length === 0) continue;
      const others = onLine(line);
      const isSame = others.every(({ entry: other, line: same }) => {
        const own = meant.has(other) ? wordEdits(other, same, goal) : [];
        return JSON.stringify(own) === JSON.stringify(edits);
      });
      if (!isSame) return refuseSharedLine(line, others);
      if (done.has(placeOfLine(line))) continue;
      if (others.length > 1) done.add(placeOfLine(line));
      const revised = revisedWords(words, goalOf(entry, goal), isForced);
      if (!revised.ok) return revised;
      const problem = editLine(edited, line, revised.edits);
      if (problem !== undefined) {
        return refusePlan({ code: 'line-not-editable', path: line.path, problem });
      }
    }
  }
  const result = new Map(edited.entryFiles);
  for (const [path, edits] of edited.scripts) result.set(path, applyTextEdits(texts.get(path) ?? '', edits));
  return { ok: true, texts: result };
}

function goalOf({ release }: BootEntry, goal: Goal): WordGoal {
  return goal.perKernel.get(release ?? '') ?? { set: [], unset: [] };
}

function wordEdits(entry: BootEntry, line: EntryLine, goal: Goal): readonly WordEdit[] {
  const words = line.words.map(({ text }) => text);
  return reviseWords(words, goalOf(entry, goal));
}

function placeOfLine(line: EntryLine): string {
  return line.format === 'grub-script' ? `${line.line.span.start} ${line.path}` : line.path;
}

interface LineOfEntry {
  readonly entry: BootEntry;
  readonly line: EntryLine;
}

/** For each line of a script every entry that it makes; none for the line of an entry file. */
export function entriesOnLines(all: readonly BootEntry[]): (line: EntryLine) => readonly LineOfEntry[] {
  const found = new Map<string, LineOfEntry[]>();
  for (const entry of all) {
    for (const line of entry.lines) {
      if (line.format !== 'grub-script') continue;
      const same = found.get(placeOfLine(line));
      if (same === undefined) found.set(placeOfLine(line), [{ entry, line }]);
      else same.push({ entry, line });
    }
  }
  return (line) => (line.format === 'grub-script' ? (found.get(placeOfLine(line)) ?? []) : []);
}

function refuseSharedLine(line: EntryLine, entries: readonly LineOfEntry[]): RefusedPlanning {
  const at = line.format === 'grub-script' ? line.line.place : { offset: 0, line: 1, column: 1 };
  const titles = entries.map(({ entry }) => entry.title);
  return refusePlan({ code: 'line-of-several-entries', path: line.path, at, titles });
}

interface EditedFiles {
  readonly texts: ReadonlyMap<string, string>;
  /** A script holds many lines. */
  readonly scripts: Map<string, TextEdit[]>;
  readonly entryFiles: Map<string, string>;
}

function editLine(
  { texts, scripts, entryFiles }: EditedFiles,
  line: EntryLine,
  edits: readonly WordEdit[],
): GrubProblem | undefined {
  const { path } = line;
  const text = texts.get(path) ?? '';
  if (line.format === 'loader-entry') {
    const edited = editOptionsLine(text, line, edits);
    if (!edited.ok) return edited.problem;
    entryFiles.set(path, edited.value);
    return undefined;
  }
  const edited = editBootLine(line.line, edits);
  if (!edited.ok) return edited.problem;
  const own = scripts.get(path) ?? [];
  own.push(...edited.value);
  scripts.set(path, own);
  return undefined;
}
