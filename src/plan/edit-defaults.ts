import { reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import type { WordEdit } from '../cmdline/word-edit.ts';
import type { FamilyRules } from '../facts/family.ts';
import { defaultsWords } from '../grub/defaults/defaults-words.ts';
import { editDefaultsValue } from '../grub/defaults/edit-defaults.ts';
import { type DefaultsSource, evaluateDefaults } from '../grub/defaults/evaluate-defaults.ts';
import { parseDefaults } from '../grub/defaults/parse-defaults.ts';
import { printDefaults } from '../grub/defaults/syntax.ts';
import { applyTextEdits } from '../grub/text-edit.ts';
import { guardedWords } from './guarded-words.ts';
import type { PlanRefusal } from './plan-refusal.ts';

export type DefaultsTexts =
  | { readonly ok: true; readonly texts: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly refusal: PlanRefusal };

/** The two variables whose words mkconfig puts on a normal entry, in its order. */
const VARIABLES = ['GRUB_CMDLINE_LINUX', 'GRUB_CMDLINE_LINUX_DEFAULT'] as const;
type Variable = (typeof VARIABLES)[number];

/**
 * The texts of the defaults files that meet the goal; only those that change.
 *
 * Both variables are looked at, since a normal entry gets the words of both; new words go into the one that the family
 * keeps them in.
 *
 * Source: util/grub.d/10_linux.in: `linux_entry … "${GRUB_CMDLINE_LINUX} ${GRUB_CMDLINE_LINUX_DEFAULT}"`.
 */
export function editDefaults(
  files: readonly DefaultsSource[],
  rules: FamilyRules,
  goal: WordGoal,
  isForced: boolean,
): DefaultsTexts {
  const values = evaluateDefaults(files, rules.mkconfigShell);
  const words = VARIABLES.flatMap((variable) =>
    defaultsWords(values.get(variable)).words.map(({ text }, index) => ({ variable, index, text })),
  );
  const texts = words.map(({ text }) => text);
  const edits = reviseWords(texts, goal);
  const guarded = guardedWords(texts, edits);
  if (guarded.length > 0 && !isForced)
    return { ok: false, refusal: { code: 'guarded-words', words: guarded } };
  let edited = files;
  for (const variable of VARIABLES) {
    const own = editsOf(variable, edits, words, rules.defaultsVariable);
    const result = editVariable(edited, rules, variable, own);
    if (!result.ok) return result;
    edited = result.files;
  }
  const changed = edited.filter((source, index) => source !== files[index]);
  return { ok: true, texts: new Map(changed.map(({ path, file }) => [path, printDefaults(file)])) };
}

interface PlacedWord {
  readonly variable: Variable;
  readonly index: number;
}

/** The edits that fall on one variable, with indices counted in its own words. */
function editsOf(
  variable: Variable,
  edits: readonly WordEdit[],
  words: readonly PlacedWord[],
  target: Variable,
): readonly WordEdit[] {
  const own: WordEdit[] = [];
  for (const edit of edits) {
    const place = edit.kind === 'insert' ? placeOfInsert(edit.index, words, target) : words[edit.index];
    if (place?.variable === variable) own.push({ ...edit, index: place.index });
  }
  return own;
}

/** A word at the very end goes to the end of the target; one beside a sibling stays with it. */
function placeOfInsert(index: number, words: readonly PlacedWord[], target: Variable): PlacedWord {
  const before = words[index - 1];
  if (index === words.length || before === undefined) {
    return { variable: target, index: words.filter(({ variable }) => variable === target).length };
  }
  return { variable: before.variable, index: before.index + 1 };
}

type EditedFiles =
  | { readonly ok: true; readonly files: readonly DefaultsSource[] }
  | { readonly ok: false; readonly refusal: PlanRefusal };

function editVariable(
  files: readonly DefaultsSource[],
  rules: FamilyRules,
  variable: Variable,
  edits: readonly WordEdit[],
): EditedFiles {
  const result = editDefaultsValue(files, rules.mkconfigShell, variable, edits);
  if (!result.ok) {
    return {
      ok: false,
      refusal: { code: 'line-not-editable', path: result.problem.at.path, problem: result.problem },
    };
  }
  const edited: DefaultsSource[] = [];
  for (const source of files) {
    const own = result.value.find(({ path }) => path === source.path);
    const parsed = own && parseDefaults(applyTextEdits(printDefaults(source.file), own.edits));
    edited.push(parsed?.ok ? { path: source.path, file: parsed.value } : source);
  }
  return { ok: true, files: edited };
}
