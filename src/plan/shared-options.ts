import { applyWordEdits, reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import type { WordEdit } from '../cmdline/word-edit.ts';
import type { EntryLine, OptionsLine, OptionsWord } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
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
import { guardedWords } from './guarded-words.ts';
import { type RefusedPlanning, refusePlan } from './plan-refusal.ts';

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
  const words = sharedWords(menu, which);
  const before = words.map(({ text }) => text);
  const edits = words.length === 0 ? [] : reviseWords(before, goal);
  return edits.length === 0 ? undefined : { before, edits };
}

function sharedWords({ entries }: BootMenuFacts, which: string): readonly OptionsWord[] {
  if (!coversLaterKernels(which)) return [];
  for (const { lines } of selectEntries(entries, which)) {
    const line = lines.find((one): one is OptionsLine => one.format === 'loader-entry');
    const words = line?.words.filter(
      ({ place }) => place.kind === 'variable' && place.name === SHARED_VARIABLE,
    );
    if (words !== undefined && words.length > 0) return words;
  }
  return [];
}

/** The words of a line with the shared ones changed. */
export function withSharedEdits(line: EntryLine, shared: SharedOptions | undefined): readonly string[] {
  const words = line.words.map(({ text }) => text);
  if (shared === undefined) return words;
  const after: string[] = [];
  let skipped = 0;
  for (const [index, word] of words.entries()) {
    if (!isShared(line, index)) after.push(word);
    else if (skipped % shared.before.length === 0) after.push(...applyWordEdits(shared.before, shared.edits));
    if (isShared(line, index)) skipped += 1;
  }
  return after;
}

function isShared(line: EntryLine, index: number): boolean {
  if (line.format === 'grub-script') return line.line.words[index]?.variables[0]?.name === SHARED_VARIABLE;
  const place = line.words[index]?.place;
  return place?.kind === 'variable' && place.name === SHARED_VARIABLE;
}

export type SharedTexts =
  | { readonly ok: true; readonly texts: ReadonlyMap<string, string> }
  | RefusedPlanning;

/**
 * The environment block with the shared words changed. Where only grub.cfg has them so far, the block gets them and so
 * decides, which is what grubby does, too.
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
  if (shared === undefined) return { ok: true, texts: new Map() };
  const guarded = guardedWords(shared.before, shared.edits);
  if (guarded.length > 0 && !isForced) return refusePlan({ code: 'guarded-words', words: guarded });
  const { sources, environmentPaths } = menu;
  const path = environmentPaths.at(-1);
  const text = path === undefined ? undefined : sources.texts.get(path);
  if (path === undefined || text === undefined) return noBlock(menu);
  const block = parseEnvironmentBlock(text);
  if (!block.ok) return refusePlan({ code: 'line-not-editable', path, problem: block.problem });
  const value =
    environmentVariables(block.value).get(SHARED_VARIABLE) ??
    sharedWords(menu, which)
      .map(({ source }) => source)
      .join(' ');
  return editBlock(path, block.value, value, menu, shared.edits);
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

/** grub.cfg has the words, and loads no environment block that could have them instead. */
function noBlock({ sources }: BootMenuFacts): RefusedPlanning {
  const text = sources.texts.get(sources.configPath) ?? '';
  const offset = Math.max(text.search(/^[ \t]*set kernelopts=/m), 0);
  const problem = {
    code: 'word-from-variable',
    at: positionAt(text, offset),
    found: excerpt(text, offset),
  };
  return refusePlan({ code: 'line-not-editable', path: sources.configPath, problem });
}
