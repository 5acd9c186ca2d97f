import { kernelWordCount } from '../../cmdline/cmdline.ts';
import { applyWordEdits } from '../../cmdline/revise-words.ts';
import type { WordEdit } from '../../cmdline/word-edit.ts';
import { applyTextEdits } from '../text-edit.ts';
import { type DefaultsWords, defaultsWords } from './defaults-words.ts';
import type { DefaultsEdit } from './draft-edits.ts';
import {
  type DefaultsSource,
  type DefaultsValue,
  type DefaultsValues,
  evaluateDefaults,
} from './evaluate-defaults.ts';
import type { Shell } from './interpreter.ts';
import { parseDefaults } from './parse-defaults.ts';
import type { SyntaxElement } from './syntax.ts';

/** What the edited files must say. */
export interface Expectation {
  readonly files: readonly DefaultsSource[];
  readonly shell: Shell;
  readonly variable: string;
  readonly words: DefaultsWords;
  readonly edits: readonly WordEdit[];
}

/** How edits miss what was asked for. */
export type Miss = 'other-words' | 'other-variable';

/**
 * Read the edited files again: undefined where they say what was asked for and nothing else has changed.
 *
 * @param later the files that are still to be read where the edits come into effect
 */
export function checkEdits(
  expectation: Expectation,
  edits: readonly DefaultsEdit[],
  later: readonly DefaultsSource[],
): Miss | undefined {
  const { files, shell, variable } = expectation;
  const edited: DefaultsSource[] = [];
  for (const { path, file } of files) {
    const textEdits = edits.find((edit) => edit.path === path)?.edits ?? [];
    const parsed = parseDefaults(applyTextEdits(file.text, textEdits));
    if (!parsed.ok) return 'other-words';
    edited.push({ path, file: parsed.value });
  }
  const before = evaluateDefaults(files, shell);
  const after = evaluateDefaults(edited, shell);
  if (after.stopped !== undefined) return 'other-words';
  if (!holdsWords(defaultsWords(after.get(variable)), expectation)) return 'other-words';
  const mayReach = later.some(({ file }) => readsVariable(file.body, variable));
  return changesAnother(before, after, variable, mayReach) ? 'other-variable' : undefined;
}

/** Whether anything but its own assignments expands the variable, tests of conditions included. */
function readsVariable(element: SyntaxElement, variable: string): boolean {
  if ('text' in element) return element.kind === 'backquoted' && element.text.includes(variable);
  if (element.kind === 'parameter' && 'name' in element && element.name === variable) return true;
  if (element.kind === 'assignment' && 'name' in element && element.name === variable) return false;
  return element.children.some((child) => readsVariable(child, variable));
}

function holdsWords(after: DefaultsWords, { words, edits }: Expectation): boolean {
  if (after.ending !== words.ending) return false;
  const spelt = spellings(words);
  const asked = applyWordEdits(
    spelt,
    edits.map((edit) => ('word' in edit ? { ...edit, word: `plain ${edit.word}` } : edit)),
  );
  const kept = applyWordEdits(
    spelt,
    edits.flatMap((edit): readonly WordEdit[] => {
      if (edit.kind === 'insert') return [];
      return [edit.kind === 'replace' ? { ...edit, word: `plain ${edit.word}` } : edit];
    }),
  );
  const inserted = edits.flatMap((edit) => (edit.kind === 'insert' ? [`plain ${edit.word}`] : []));
  const found = spellings(after);
  return isSameBut(found, kept, inserted) && countBeforeDashes(found) === countBeforeDashes(asked);
}

function spellings(words: DefaultsWords): readonly string[] {
  return words.words.map(({ kind, text }) => `${kind} ${text}`);
}

function countBeforeDashes(spelt: readonly string[]): number {
  return kernelWordCount(spelt.map((word) => word.slice(word.indexOf(' ') + 1)));
}

/** Whether `found` is `kept` in its order, with the words of `inserted` anywhere between. */
function isSameBut(found: readonly string[], kept: readonly string[], inserted: readonly string[]): boolean {
  const rest = [...inserted];
  let next = 0;
  for (const word of found) {
    const at = rest.indexOf(word);
    if (word === kept[next]) next += 1;
    else if (at !== -1) rest.splice(at, 1);
    else return false;
  }
  return next === kept.length && rest.length === 0;
}

/** @param mayReach whether the variable has a part in others, so that an unknown one may change unseen */
function changesAnother(
  before: DefaultsValues,
  after: DefaultsValues,
  variable: string,
  mayReach: boolean,
): boolean {
  for (const name of new Set([...before.names, ...after.names])) {
    const value = before.get(name);
    if (name === variable) continue;
    if (signature(value) !== signature(after.get(name)) || (mayReach && value.kind === 'unknown'))
      return true;
  }
  return false;
}

function signature(value: DefaultsValue): string {
  if (value.kind === 'unset') return 'unset';
  const pieces = value.expansion.pieces.map((piece) =>
    piece.kind === 'unknown' ? `\0${piece.because}\0` : piece.text,
  );
  return `set ${pieces.join('')}`;
}
