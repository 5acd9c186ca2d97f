import { applyWordEdits, reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import type { WordEdit } from '../cmdline/word-edit.ts';
import { readBootEntries } from '../facts/boot-entries.ts';
import type { EntryLine, SharedOptions as SharedValue } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import { withTexts } from '../facts/boot-sources.ts';
import { coversLaterKernels, selectEntries } from '../facts/select-entries.ts';
import {
  type EnvironmentBlock,
  environmentVariables,
  parseEnvironmentBlock,
  setEnvironmentVariables,
} from '../grub/environment-block.ts';
import { editOptionText } from '../grub/loader-entry/option-text.ts';
import { applyTextEdits } from '../grub/text-edit.ts';
import { excerpt, positionAt } from '../grub/text-position.ts';
import { grubWords } from '../grub/word/grub-words.ts';
import { type RefusedPlanning, refusePlan } from './plan-refusal.ts';
import { revisedWords } from './revised-words.ts';

/**
 * The words that all entry files of RHEL 8 share: their `options` name the variable `kernelopts`, whose value is kept in
 * GRUB's environment block, and in grub.cfg for the case that the block has none.
 *
 * Source: util/grub.d/10_linux.in of rhboot/grub2, branch rhel-8-main.
 */
export interface SharedOptions {
  readonly before: readonly string[];
  readonly edits: readonly WordEdit[];
}

/** The variable that stands for the whole line. */
export const SHARED_VARIABLE = 'kernelopts';

/**
 * The change of the shared words that a goal asks for; undefined where there is none, or where only some entries are
 * meant.
 */
export function sharedOptions(menu: BootMenuFacts, goal: WordGoal, which: string): SharedOptions | undefined {
  const before = sharedWords(menu, which);
  const edits = before.length === 0 ? [] : reviseWords(before, goal);
  return edits.length === 0 ? undefined : { before, edits };
}

function sharedWords(menu: BootMenuFacts, which: string): readonly string[] {
  const { sharedOptions: shared, sources, entries } = menu;
  if (!coversLaterKernels(which) || shared === undefined) return [];
  const isUsed = selectEntries(entries, which).some(({ lines }) => lines.some(namesSharedVariable));
  if (!isUsed && sources.rules.laterKernels !== SHARED_VARIABLE) return [];
  return grubWords(shared.value, sources.rules.entryReader === 'grub-el8').words.map(({ text }) => text);
}

function namesSharedVariable(line: EntryLine): boolean {
  if (line.format !== 'loader-entry') return false;
  return line.words.some(({ place }) => place.kind === 'variable' && place.name === SHARED_VARIABLE);
}

/** The words of a line with the shared ones changed. */
export function withSharedEdits(line: EntryLine, shared: SharedOptions | undefined): readonly string[] {
  const words = line.words.map(({ text }) => text);
  if (shared === undefined) return words;
  const start = startOfMixed(line, shared.before);
  if (start !== undefined) {
    const edited = applyWordEdits(shared.before, shared.edits);
    return [...words.slice(0, start), ...edited, ...words.slice(start + shared.before.length)];
  }
  const after: string[] = [];
  let skipped = 0;
  for (const [index, word] of words.entries()) {
    if (!isShared(line, index)) after.push(word);
    else if (skipped % shared.before.length === 0) after.push(...applyWordEdits(shared.before, shared.edits));
    if (isShared(line, index)) skipped += 1;
  }
  return after;
}

/** Where the shared words begin on a line that names other variables without a blank between: `$kernelopts$tuned_params`. */
function startOfMixed(line: EntryLine, shared: readonly string[]): number | undefined {
  if (line.format !== 'loader-entry' || line.words.every(({ place }) => place.kind !== 'mixed'))
    return undefined;
  const words = line.words.map(({ text }) => text);
  const start = words.findIndex((_, index) => shared.every((word, at) => words[index + at] === word));
  return start === -1 ? undefined : start;
}

function isShared(line: EntryLine, index: number): boolean {
  if (line.format === 'grub-script') return line.line.words[index]?.variables[0]?.name === SHARED_VARIABLE;
  const place = line.words[index]?.place;
  return place?.kind === 'variable' && place.name === SHARED_VARIABLE;
}

/** The changed text of the file with the shared words by path, or why there is none. */
export type SharedTexts =
  | { readonly ok: true; readonly texts: ReadonlyMap<string, string> }
  | RefusedPlanning;

/**
 * The file with the shared words changed: the environment block; or the script where that sets the variable, whatever the
 * block holds. Where the script has the words only for want of them in the block, the block gets them and so decides, which
 * is what grubby does, too.
 *
 * @param isForced allow changes to the words that mount the root file system
 */
export function editSharedOptions(
  menu: BootMenuFacts,
  goal: WordGoal,
  which: string,
  isForced: boolean,
): SharedTexts {
  const shared = sharedOptions(menu, goal, which);
  const set = menu.sharedOptions;
  if (shared === undefined || set === undefined) return { ok: true, texts: new Map() };
  const revised = revisedWords(shared.before, goal, isForced);
  if (!revised.ok) return revised;
  const { edits } = revised;
  const { sources, environmentPaths } = menu;
  const path = environmentPaths.at(-1);
  const text = path === undefined ? undefined : sources.texts.get(path);
  if (path === undefined || text === undefined) return editAssignment(menu, set, edits);
  const block = parseEnvironmentBlock(text);
  if (!block.ok) return refusePlan({ code: 'line-not-editable', path, problem: block.problem });
  const held = environmentVariables(block.value).get(SHARED_VARIABLE);
  if (set.assignment !== undefined && held !== undefined) return editAssignment(menu, set, edits);
  const edited = editBlock(path, block.value, held ?? set.value, menu, edits);
  if (set.assignment === undefined || !edited.ok) return edited;
  return decides(menu, edited.texts) ? edited : editAssignment(menu, set, edits);
}

/** Whether the block with these words is what the entries get. */
function decides(menu: BootMenuFacts, texts: ReadonlyMap<string, string>): boolean {
  const reread = readBootEntries(withTexts(menu.sources, texts));
  return reread.ok && reread.sharedOptions?.assignment === undefined;
}

/** The script with its own assignment of the words changed, where it is one in quotes. */
function editAssignment(
  { sources }: BootMenuFacts,
  { value, assignment }: SharedValue,
  edits: readonly WordEdit[],
): SharedTexts {
  const path = assignment?.path ?? sources.configPath;
  const text = sources.texts.get(path) ?? '';
  const offset = assignment?.offset ?? Math.max(text.search(/^[ \t]*set kernelopts=/m), 0);
  const refused = refusePlan({
    code: 'line-not-editable',
    path,
    problem: {
      code: 'word-from-variable',
      at: positionAt(text, offset),
      found: excerpt(text, offset),
    },
  });
  const found = /^(?:set[ \t]+)?kernelopts=(?:"((?:[^"\\$]|\\["\\$])*)"|'([^']*)')/.exec(text.slice(offset));
  const [whole = '', double, single = ''] = found ?? [];
  const held = double === undefined ? single : double.replaceAll(/\\(["\\$])/g, '$1');
  if (found === null || held !== value) return refused;
  const edited = editOptionText(value, [{ text: value, offset: 0 }], sources.rules.entryReader, edits);
  if (!edited.ok)
    return refusePlan({
      code: 'line-not-editable',
      path,
      problem: { ...edited.problem, at: positionAt(text, offset) },
    });
  const after = applyTextEdits(value, edited.value);
  if (double === undefined && after.includes("'")) return refused;
  const body = double ?? single;
  const start = offset + whole.length - 1 - body.length;
  const replacement = double === undefined ? after : after.replaceAll(/["\\$]/g, '\\$&');
  return {
    ok: true,
    texts: new Map([[path, applyTextEdits(text, [{ offset: start, length: body.length, replacement }])]]),
  };
}

function editBlock(
  path: string,
  block: EnvironmentBlock,
  value: string,
  { sources }: BootMenuFacts,
  edits: readonly WordEdit[],
): SharedTexts {
  const edited = editOptionText(value, [{ text: value, offset: 0 }], sources.rules.entryReader, edits);
  if (!edited.ok) {
    const record = block.records.findLast(({ name }) => name === SHARED_VARIABLE);
    const start = (record?.offset ?? 0) + SHARED_VARIABLE.length + 1;
    const at = positionAt(block.text, start + edited.problem.at.offset);
    return refusePlan({ code: 'line-not-editable', path, problem: { ...edited.problem, at } });
  }
  const changed = setEnvironmentVariables(
    block,
    new Map([[SHARED_VARIABLE, applyTextEdits(value, edited.value)]]),
  );
  if (changed.ok) return { ok: true, texts: new Map([[path, changed.value]]) };
  const { problem } = changed;
  const { freeBytes, neededBytes } = problem;
  return problem.code === 'no-room' && freeBytes !== undefined && neededBytes !== undefined
    ? refusePlan({ code: 'environment-block-full', path, freeBytes, neededBytes })
    : refusePlan({ code: 'line-not-editable', path, problem });
}
