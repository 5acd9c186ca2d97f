import type { WordGoal } from '../cmdline/revise-words.ts';
import type { WordEdit } from '../cmdline/word-edit.ts';
import type { FamilyRules } from '../facts/family.ts';
import { defaultsWords } from '../grub/defaults/defaults-words.ts';
import { editDefaultsValue } from '../grub/defaults/edit-defaults.ts';
import {
  type DefaultsSource,
  type DefaultsValue,
  evaluateDefaults,
} from '../grub/defaults/evaluate-defaults.ts';
import { parseDefaults } from '../grub/defaults/parse-defaults.ts';
import { printDefaults } from '../grub/defaults/syntax.ts';
import { applyTextEdits } from '../grub/text-edit.ts';
import { type PlanProblem, type RefusedPlanning, refusePlan } from './plan-refusal.ts';
import { revisedWords } from './revised-words.ts';

/** The changed texts of the defaults files by path, or why there are none. */
export type DefaultsTexts =
  | { readonly ok: true; readonly texts: ReadonlyMap<string, string> }
  | RefusedPlanning;

/** The two variables whose words mkconfig puts on a normal entry, in its order. */
interface EntryVariables {
  /** Recovery entries get these words, too. */
  readonly all: string;
  readonly normal: string;
}

const LINUX_VARIABLES: EntryVariables = {
  all: 'GRUB_CMDLINE_LINUX',
  normal: 'GRUB_CMDLINE_LINUX_DEFAULT',
};

/**
 * The texts of the defaults files that meet the goal; only those that change.
 *
 * Both variables are looked at, since a normal entry gets the words of both; new words go into the one that the family
 * keeps them in, or where recovery entries are meant, too, into the one that they get.
 *
 * Source: util/grub.d/10_linux.in: `linux_entry … "${GRUB_CMDLINE_LINUX} ${GRUB_CMDLINE_LINUX_DEFAULT}"`.
 *
 * @param isForRecovery whether recovery entries are meant, too
 * @param isForced allow changes to the words that mount the root file system
 */
export function editDefaults(
  files: readonly DefaultsSource[],
  rules: FamilyRules,
  goal: WordGoal,
  isForRecovery: boolean,
  isForced: boolean,
): DefaultsTexts {
  let edited = files;
  for (const variables of entryVariables(files, rules)) {
    const isForAll = isForRecovery || rules.defaultsVariable === LINUX_VARIABLES.all;
    const target = isForAll ? variables.all : variables.normal;
    const result = editVariables(edited, rules, variables, target, goal, isForced);
    if (!result.ok) return result;
    edited = result.files;
  }
  const changed = edited.filter((source, index) => source !== files[index]);
  return { ok: true, texts: new Map(changed.map(({ path, file }) => [path, printDefaults(file)])) };
}

/**
 * The variables of plain entries, and those of entries under Xen where they are others.
 *
 * Source: util/grub.d/20_linux_xen.in: GRUB_CMDLINE_LINUX_XEN_REPLACE and …_REPLACE_DEFAULT stand in for the plain ones
 * where they are not empty.
 */
function entryVariables(files: readonly DefaultsSource[], rules: FamilyRules): readonly EntryVariables[] {
  const values = evaluateDefaults(files, rules.mkconfigShell);
  const orPlain = (name: string, plain: string) => (isKnownToBeSet(values.get(name)) ? name : plain);
  const all = orPlain('GRUB_CMDLINE_LINUX_XEN_REPLACE', LINUX_VARIABLES.all);
  const normal = orPlain('GRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT', LINUX_VARIABLES.normal);
  const areOthers = all !== LINUX_VARIABLES.all || normal !== LINUX_VARIABLES.normal;
  return areOthers ? [LINUX_VARIABLES, { all, normal }] : [LINUX_VARIABLES];
}

/** A variable that is not known to hold something is not written: it would begin to replace. */
function isKnownToBeSet(value: DefaultsValue): boolean {
  if (value.kind === 'unset') return false;
  return value.expansion.pieces.some((piece) => piece.kind === 'literal' && piece.text !== '');
}

function editVariables(
  files: readonly DefaultsSource[],
  rules: FamilyRules,
  variables: EntryVariables,
  target: string,
  goal: WordGoal,
  isForced: boolean,
): EditedFiles {
  const values = evaluateDefaults(files, rules.mkconfigShell);
  const names = [variables.all, variables.normal];
  const words = names.flatMap((variable) =>
    defaultsWords(values.get(variable)).words.map(({ text }, index) => ({ variable, index, text })),
  );
  const texts = words.map(({ text }) => text);
  const revised = revisedWords(texts, goal, isForced);
  if (!revised.ok) return revised;
  let edited = files;
  for (const variable of names) {
    const own = editsOf(variable, revised.edits, words, target);
    const result = editVariable(edited, rules, variable, own);
    if (!result.ok) return result;
    edited = result.files;
  }
  return { ok: true, files: edited };
}

interface PlacedWord {
  readonly variable: string;
  readonly index: number;
}

/** The edits that fall on one variable, with indices counted in its own words. */
function editsOf(
  variable: string,
  edits: readonly WordEdit[],
  words: readonly PlacedWord[],
  target: string,
): readonly WordEdit[] {
  const own: WordEdit[] = [];
  for (const edit of edits) {
    const place = edit.kind === 'insert' ? placeOfInsert(edit.index, words, target) : words[edit.index];
    if (place?.variable === variable) own.push({ ...edit, index: place.index });
  }
  return own;
}

/** A word at the very end goes to the end of the target; one beside a sibling stays with it. */
function placeOfInsert(index: number, words: readonly PlacedWord[], target: string): PlacedWord {
  const before = words[index - 1];
  const first = words[0];
  if (before === undefined && first !== undefined) return { variable: first.variable, index: 0 };
  if (index === words.length || before === undefined) {
    return { variable: target, index: words.filter(({ variable }) => variable === target).length };
  }
  return { variable: before.variable, index: before.index + 1 };
}

type EditedFiles = { readonly ok: true; readonly files: readonly DefaultsSource[] } | RefusedPlanning;

function editVariable(
  files: readonly DefaultsSource[],
  rules: FamilyRules,
  variable: string,
  edits: readonly WordEdit[],
): EditedFiles {
  const result = editDefaultsValue(files, rules.mkconfigShell, variable, edits);
  if (!result.ok) {
    const { problem } = result;
    return refusePlan({ code: 'line-not-editable', path: problem.at.path, problem });
  }
  const edited: DefaultsSource[] = [];
  for (const source of files) {
    const own = result.value.find(({ path }) => path === source.path);
    const parsed = own && parseDefaults(applyTextEdits(printDefaults(source.file), own.edits));
    edited.push(parsed?.ok ? { path: source.path, file: parsed.value } : source);
  }
  return variable.includes('_XEN_REPLACE')
    ? keptReplacing(edited, rules, variable)
    : { ok: true, files: edited };
}

/**
 * A variable that replaces another one holds a blank where it lost its last word: an empty one would replace nothing.
 *
 * Source: `if [ "${GRUB_CMDLINE_LINUX_XEN_REPLACE}" ]` in util/grub.d/20_linux_xen.in.
 */
function keptReplacing(files: readonly DefaultsSource[], rules: FamilyRules, variable: string): EditedFiles {
  const value = evaluateDefaults(files, rules.mkconfigShell).get(variable);
  if (value.kind !== 'known' || value.value !== '') return { ok: true, files };
  const { path, offset } = value.decidedBy;
  const source = files.find((one) => one.path === path);
  const text = source === undefined ? '' : printDefaults(source.file);
  const empty = new RegExp(`^${variable}=(?:""|''|(?=[\\s;]|$))`).exec(text.slice(offset));
  const edit = { offset, length: empty?.[0].length ?? 0, replacement: `${variable}=" "` };
  const parsed = empty === null ? undefined : parseDefaults(applyTextEdits(text, [edit]));
  if (source === undefined || parsed?.ok !== true) {
    const problem: PlanProblem = { code: 'replacement-would-be-empty', at: value.decidedBy, found: variable };
    return refusePlan({ code: 'line-not-editable', path, problem });
  }
  return { ok: true, files: files.map((one) => (one === source ? { path, file: parsed.value } : one)) };
}
