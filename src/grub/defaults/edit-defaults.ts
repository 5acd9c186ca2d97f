import type { WordEdit } from '../../cmdline/word-edit.ts';
import type { Result } from '../problem.ts';
import { excerpt, type Place, wordExcerpt } from '../text-position.ts';
import { wordSlots } from '../word/word-slots.ts';
import { grubText, type WordProblemCode, writeGrubWord } from '../word/write-grub-word.ts';
import { checkEdits } from './check-edits.ts';
import { defaultsWords } from './defaults-words.ts';
import { type DefaultsEdit, draftEdits } from './draft-edits.ts';
import {
  type DefaultsProblem,
  type DefaultsSource,
  type DefaultsValue,
  evaluateDefaults,
  placeIn,
} from './evaluate-defaults.ts';
import type { Shell, StopCode } from './interpreter.ts';
import { quoteForShell } from './quote-for-shell.ts';

/** Why a value is not edited, beside what stops the reading of it. */
export type DefaultsEditCode =
  | StopCode
  | WordProblemCode
  /** The word comes from another variable, a command, or the default of an expansion. */
  | 'word-not-editable'
  /** GRUB's lexer refuses the value, or a brace takes its words. */
  | 'grub-syntax'
  /** Another variable is made of the bytes that would change. */
  | 'other-variable'
  /** Nowhere would the word surely reach the value. */
  | 'no-safe-place';

type DefaultsEditing = Result<readonly DefaultsEdit[], DefaultsProblem<DefaultsEditCode>>;

/**
 * The text edits that change the words of one variable as asked, in the files that decide its value, and nothing
 * else: the edited files are read again, and every other word and variable must be what it was.
 *
 * Words go into the assignment that holds their neighbours, in its quoting. Where none can take a new word (a
 * command decides, the variable is missing), it gets a line of its own at the end of the file that decides, which
 * keeps what the value was: `NAME="$NAME word"`. A new word may end up before or behind words that hold
 * variables, never on the other side of a `--`.
 *
 * @param files in the order in which they are sourced; a missing variable goes into the first
 * @param edits indices count in `defaultsWords` of the variable's value; new words as the kernel is to get them
 * @throws RangeError for an index that is not there, and for a word that is changed twice: bugs of the caller
 */
export function editDefaultsValue(
  files: readonly DefaultsSource[],
  shell: Shell,
  variable: string,
  edits: readonly WordEdit[],
): DefaultsEditing {
  const values = evaluateDefaults(files, shell);
  if (values.stopped !== undefined) return { ok: false, problem: values.stopped };
  const value = values.get(variable);
  const words = defaultsWords(value);
  const at = placeOfValue(value, files);
  const slots = wordSlots(words.words.length, edits);
  for (const edit of edits) {
    if (edit.kind === 'remove') continue;
    const written = writeGrubWord(edit.word);
    if (written.ok) continue;
    return { ok: false, problem: { code: written.problem.code, at, found: wordExcerpt(edit.word) } };
  }
  if (words.ending === 'brace' || words.ending === 'syntax') return refuse(files, 'grub-syntax', at);
  if (edits.length === 0) return { ok: true, value: [] };

  const expectation = { files, shell, variable, words, edits };
  const expansion = value.kind === 'unset' ? undefined : value.expansion;
  const draft = expansion === undefined ? undefined : draftEdits(variable, expansion, words, slots);
  if (draft?.ok === false && draft.obstacle !== undefined) {
    return refuse(files, 'word-not-editable', placeIn(files, draft.obstacle.path, draft.obstacle.offset));
  }
  const missed = draft?.ok === true ? checkEdits(expectation, draft.edits, files) : 'other-words';
  if (draft?.ok === true && missed === undefined) return { ok: true, value: draft.edits };
  const ownLine = draftOwnLine(files, variable, value, edits);
  const later = files.slice(files.findIndex(({ path }) => path === ownLine?.path) + 1);
  if (ownLine !== undefined && checkEdits(expectation, [ownLine], later) === undefined) {
    return { ok: true, value: [ownLine] };
  }
  return refuse(files, missed === 'other-variable' ? 'other-variable' : 'no-safe-place', at);
}

function refuse(files: readonly DefaultsSource[], code: DefaultsEditCode, at: Place): DefaultsEditing {
  const text = files.find(({ path }) => path === at.path)?.file.text ?? '';
  return { ok: false, problem: { code, at, found: excerpt(text, at.offset) } };
}

function placeOfValue(value: DefaultsValue, files: readonly DefaultsSource[]): Place {
  if (value.kind === 'known') return value.decidedBy;
  return value.kind === 'unknown' ? value.at : placeIn(files, '', 0);
}

/** A line at the end of the last file that has a part in the value, after everything else that it does. */
function draftOwnLine(
  files: readonly DefaultsSource[],
  variable: string,
  value: DefaultsValue,
  edits: readonly WordEdit[],
): DefaultsEdit | undefined {
  const words: string[] = [];
  for (const edit of edits) {
    if (edit.kind !== 'insert') return undefined;
    words.push(edit.word);
  }
  const expansion = value.kind === 'unset' ? undefined : value.expansion;
  const paths = [...(expansion?.pieces ?? []), ...(expansion?.steps ?? [])].map(({ path }) => path);
  const source = files.findLast(({ path }) => paths.includes(path)) ?? files[0];
  if (source === undefined) return undefined;
  const { text } = source.file;
  const newline = text === '' || text.endsWith('\n') ? '' : '\n';
  const before = expansion === undefined ? '' : `$${variable} `;
  const line = `${newline}${variable}="${before}${quoteForShell(grubText(words), 'double')}"\n`;
  return { path: source.path, edits: [{ offset: text.length, length: 0, replacement: line }] };
}
