import type { WordEdit } from '../cmdline/word-edit.ts';
import type { OptionsLine } from '../facts/boot-entry.ts';
import { type OptionVariable, readOptionsLine } from '../facts/options-line.ts';
import type { GrubProblemCode } from '../grub/grub-problem.ts';
import {
  editOptions,
  loaderEntryFields,
  optionFields,
  optionsWords,
  parseLoaderEntry,
} from '../grub/loader-entry/loader-entry.ts';
import type { LoaderEntryReader } from '../grub/loader-entry/option-text.ts';
import type { Result } from '../grub/problem.ts';
import { applyTextEdits } from '../grub/text-edit.ts';
import { positionAt } from '../grub/text-position.ts';
import { SHARED_VARIABLE } from './shared-options.ts';

/**
 * The entry file with the words of its options changed. Where a change falls on words that the file only names by
 * `$kernelopts`, or leaves to `default_kernelopts`, these words are written into it, so that no other entry changes.
 *
 * @param given the file, latin1
 * @param edits indices count in the words of the line
 */
export function editOptionsLine(
  given: string,
  line: OptionsLine,
  edits: readonly WordEdit[],
): Result<string, GrubProblemCode> {
  const text = withoutLostOptions(given, line.reader);
  const own = toOptionEdits(text, line, edits);
  if (own !== undefined) return editOwnWords(text, line, own);
  const expanded = withExpandedOptions(text, line);
  const reread = readAgain(expanded, line);
  const isSame = reread.words.length === line.words.length;
  const onExpanded = isSame ? toOptionEdits(expanded, reread, edits) : undefined;
  return onExpanded === undefined
    ? notOwnWord(text, line, edits)
    : editOwnWords(expanded, reread, onExpanded);
}

/**
 * Options of one character are none to GRUB (expandOptions): beside new words they would come to life, so that their line
 * goes. Where a second line of options would then count, the file stays as it is.
 */
function withoutLostOptions(text: string, reader: LoaderEntryReader): string {
  if (reader === 'systemd-boot') return text;
  const options = loaderEntryFields(parseLoaderEntry(text), reader).filter(({ key }) => key === 'options');
  const [field] = options;
  if (field?.value.length !== 1 || options.length > 1) return text;
  const { offset, text: whole } = field.line;
  return applyTextEdits(text, [{ offset, length: whole.length, replacement: '' }]);
}

/** The same edits on the words of the file; undefined where one falls on a word that a variable brings. */
function toOptionEdits(
  text: string,
  { words, reader }: OptionsLine,
  edits: readonly WordEdit[],
): readonly WordEdit[] | undefined {
  const options = optionsWords(parseLoaderEntry(text), reader).length;
  const own: WordEdit[] = [];
  for (const edit of edits) {
    const place = words[edit.index]?.place;
    const before = words[edit.index - 1]?.place;
    if (place === undefined) {
      // Without options of its own, an entry that got some would lose those that it is lent.
      if (before?.kind === 'variable' && before.option === undefined) return undefined;
      own.push({ ...edit, index: options });
    } else if (place.kind === 'option') own.push({ ...edit, index: place.option });
    else if (place.kind === 'variable' && place.option !== undefined && edit.kind === 'insert') {
      if (before?.kind === 'variable' && before.option === place.option) return undefined;
      own.push({ ...edit, index: place.option });
    } else return undefined;
  }
  return own;
}

function editOwnWords(
  text: string,
  { reader }: OptionsLine,
  edits: readonly WordEdit[],
): Result<string, GrubProblemCode> {
  const edited = editOptions(parseLoaderEntry(text), reader, edits);
  return edited.ok ? { ok: true, value: applyTextEdits(text, edited.value) } : edited;
}

/** The file with its shared words written out. */
function withExpandedOptions(text: string, line: OptionsLine): string {
  const entry = parseLoaderEntry(text);
  const [field] = optionFields(entry, line.reader);
  if (field === undefined) {
    const inserts = line.words.map(({ text: word }): WordEdit => ({ kind: 'insert', index: 0, word }));
    const edited = editOptions(entry, line.reader, inserts);
    return edited.ok ? applyTextEdits(text, edited.value) : text;
  }
  const edits = optionsWords(entry, line.reader).flatMap(({ kind, start, end }, index) => {
    const isShared = kind === 'variable' && text.slice(start, end) === `$${SHARED_VARIABLE}`;
    const replacement = sourcesOf(line, index).join(' ');
    return isShared ? [{ offset: start, length: end - start, replacement }] : [];
  });
  return applyTextEdits(text, edits);
}

/** The spelling of the words that the variable at an option brings. */
function sourcesOf({ words }: OptionsLine, option: number): readonly string[] {
  return words.flatMap(({ place, source }) =>
    place.kind === 'variable' && place.option === option ? [source] : [],
  );
}

/** The line that the new text makes while the variables are as they were. */
function readAgain(text: string, line: OptionsLine): OptionsLine {
  const variables = new Map<string, OptionVariable>();
  for (const { source, from, place } of line.words) {
    if (place.kind !== 'variable') continue;
    const value = variables.get(place.name)?.value;
    variables.set(place.name, { value: value === undefined ? source : `${value} ${source}`, from });
  }
  return readOptionsLine(parseLoaderEntry(text), line.path, line.reader, variables, line.isConditional);
}

function notOwnWord(
  text: string,
  { words, reader }: OptionsLine,
  edits: readonly WordEdit[],
): Result<string, GrubProblemCode> {
  const foreign = edits
    .map(({ index }) => words[index])
    .find((word) => word !== undefined && word.place.kind !== 'option');
  const offset = optionFields(parseLoaderEntry(text), reader)[0]?.offset ?? 0;
  const found = foreign === undefined ? '' : `${foreign.text} (${foreign.from})`;
  return { ok: false, problem: { code: 'word-from-variable', at: positionAt(text, offset), found } };
}
