import { assertBytes } from '../../cmdline/assert-bytes.ts';
import type { WordEdit } from '../../cmdline/word-edit.ts';
import type { Result } from '../problem.ts';
import type { TextEdit } from '../text-edit.ts';
import { excerpt, positionAt } from '../text-position.ts';
import {
  editOptionText,
  type LoaderEntryReader,
  type OptionProblemCode,
  type OptionText,
  type OptionWord,
  optionTextWords,
} from './option-text.ts';

/** A Boot Loader Specification type 1 file, `loader/entries/*.conf`, by lines. */
export interface LoaderEntry {
  readonly lines: readonly LoaderEntryLine[];
}

/** A line of an entry file with its place. */
export interface LoaderEntryLine {
  /** With its newline, where it has one. */
  readonly text: string;
  readonly offset: number;
}

/** A key with its value, as a reader sees them. */
export interface LoaderEntryField {
  readonly key: string;
  readonly value: string;
  /** The offset of the value in the file. */
  readonly offset: number;
  readonly line: LoaderEntryLine;
}

/** Why an entry file can't be edited. */
export type LoaderEntryCode = OptionProblemCode | 'no-linux';

/** The lines of an entry; every text is one. */
export function parseLoaderEntry(text: string): LoaderEntry {
  assertBytes(text);
  const lines: LoaderEntryLine[] = [];
  for (let offset = 0; offset < text.length; ) {
    const end = text.indexOf('\n', offset) + 1 || text.length;
    lines.push({ text: text.slice(offset, end), offset });
    offset = end;
  }
  return { lines };
}

/** The file's bytes. */
export function printLoaderEntry(entry: LoaderEntry): string {
  return entry.lines.map(({ text }) => text).join('');
}

/**
 * The fields that a reader finds, in order. Both GRUBs stop for good at a blank line and at a key without a value;
 * that of RHEL 8 and 9 ends a key at the line's first space, and at a tab only where the line has no space.
 *
 * Source: bls_parse_keyvals() of grub-core/commands/blsuki.c, read_entry() of Red Hat's grub-core/commands/blscfg.c,
 * line_get_key_value() of systemd's src/boot.
 */
export function loaderEntryFields(
  entry: LoaderEntry,
  reader: LoaderEntryReader,
): readonly LoaderEntryField[] {
  const fields: LoaderEntryField[] = [];
  for (const line of entry.lines) {
    const field = readField(line, reader);
    if (field === 'comment') continue;
    if (field !== 'end') fields.push(field);
    else if (reader !== 'systemd-boot') break;
  }
  return fields;
}

function readField(line: LoaderEntryLine, reader: LoaderEntryReader): LoaderEntryField | 'comment' | 'end' {
  const content = contentOf(line.text, reader);
  const keyStart = skipBlanks(content, 0);
  if (content.charAt(keyStart) === '#') return 'comment';
  const keyEnd = endOfKey(content, keyStart, reader);
  const valueStart = skipBlanks(content, keyEnd);
  const isEmpty = reader === 'grub-el8' ? keyEnd + 1 >= content.length : valueStart >= content.length;
  if (keyEnd === keyStart || isEmpty) return 'end';
  return {
    key: content.slice(keyStart, keyEnd),
    value: content.slice(valueStart),
    offset: line.offset + valueStart,
    line,
  };
}

/** The line as the reader takes it: GRUB drops carriage returns, for systemd-boot they end the line. */
function contentOf(text: string, reader: LoaderEntryReader): string {
  if (reader !== 'systemd-boot') return trimEnd(text, '\r\n');
  const [line = ''] = text.replaceAll('\r', '\n').split('\n');
  return trimEnd(line, ' \t');
}

function endOfKey(content: string, start: number, reader: LoaderEntryReader): number {
  const space = content.indexOf(' ', start);
  const tab = content.indexOf('\t', start);
  if (space === -1 || tab === -1) return space === -1 && tab === -1 ? content.length : Math.max(space, tab);
  return reader === 'grub-el8' ? space : Math.min(space, tab);
}

function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at += 1;
  return at;
}

function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The `options` that count: the first for GRUB, all of them joined by blanks for systemd-boot. */
export function optionFields(entry: LoaderEntry, reader: LoaderEntryReader): readonly LoaderEntryField[] {
  const fields = loaderEntryFields(entry, reader).filter(({ key }) => key === 'options');
  return reader === 'systemd-boot' ? fields : fields.slice(0, 1);
}

/** The words of the options, in order. */
export function optionsWords(entry: LoaderEntry, reader: LoaderEntryReader): readonly OptionWord[] {
  return optionTextWords(optionTexts(entry, reader), reader);
}

function optionTexts(entry: LoaderEntry, reader: LoaderEntryReader): readonly OptionText[] {
  return optionFields(entry, reader).map(({ value, offset }) => ({ text: value, offset }));
}

/**
 * The text edits that change the words of an entry's options. An entry without options gets a line of them behind
 * its last field; one whose last word goes loses the line, because GRUB stops reading at a key without a value.
 *
 * @param edits indices count in `optionsWords`; new words as the kernel is to get them
 * @throws RangeError for an index that is not there
 */
export function editOptions(
  entry: LoaderEntry,
  reader: LoaderEntryReader,
  edits: readonly WordEdit[],
): Result<readonly TextEdit[], LoaderEntryCode> {
  const text = printLoaderEntry(entry);
  const fields = loaderEntryFields(entry, reader);
  if (!fields.some(({ key }) => key === 'linux')) {
    return { ok: false, problem: { code: 'no-linux', at: positionAt(text, 0), found: excerpt(text, 0) } };
  }
  if (edits.length === 0) return { ok: true, value: [] };
  const options = optionFields(entry, reader);
  const last = fields.at(-1)?.line;
  if (options.length === 0 && last !== undefined) return addOptions(text, last, reader, edits);
  const edited = editOptionText(text, optionTexts(entry, reader), reader, edits);
  const isEmptied =
    edits.every(({ kind }) => kind === 'remove') && edits.length === optionsWords(entry, reader).length;
  if (!edited.ok) return edited;
  if (!isEmptied) return { ok: true, value: [...separatorEdits(options, reader), ...edited.value] };
  const lines = options.map(({ line }) => ({
    offset: line.offset,
    length: line.text.length,
    replacement: '',
  }));
  return { ok: true, value: lines };
}

/** A blank in the value would end the key of a line that has a tab there: the GRUB of RHEL 8 and 9 gets a blank. */
function separatorEdits(fields: readonly LoaderEntryField[], reader: LoaderEntryReader): readonly TextEdit[] {
  if (reader !== 'grub-el8') return [];
  const edits: TextEdit[] = [];
  for (const { key, offset, line } of fields) {
    const start = line.offset + skipBlanks(line.text, 0) + key.length;
    if (line.text.charAt(start - line.offset) === '\t') {
      edits.push({ offset: start, length: offset - start, replacement: ' ' });
    }
  }
  return edits;
}

function addOptions(
  text: string,
  last: LoaderEntryLine,
  reader: LoaderEntryReader,
  edits: readonly WordEdit[],
): Result<readonly TextEdit[], LoaderEntryCode> {
  const offset = last.offset + last.text.length;
  const edited = editOptionText(text, [{ text: '', offset }], reader, edits);
  if (!edited.ok) return edited;
  const words = edited.value.map(({ replacement }) => replacement).join('');
  const newline = last.text.endsWith('\n') ? '' : '\n';
  return { ok: true, value: [{ offset, length: 0, replacement: `${newline}options ${words}\n` }] };
}
