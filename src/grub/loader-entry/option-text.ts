import { parseCmdline } from '../../cmdline/cmdline.ts';
import type { WordEdit } from '../../cmdline/word-edit.ts';
import type { Result } from '../problem.ts';
import { applyTextEdits, type TextEdit } from '../text-edit.ts';
import { positionAt, wordExcerpt } from '../text-position.ts';
import { grubWords } from '../word/grub-words.ts';
import { isFirstLeft, type WordSlot, wordSlots } from '../word/word-slots.ts';
import { refuseWord, type WordProblemCode, writeGrubWord, writtenWords } from '../word/write-grub-word.ts';
import { expandOptions, optionVariables } from './expand-options.ts';

/**
 * Who reads a loader entry: blscfg of RHEL 8 and 9, blsuki of GRUB 2.14 and Fedora, or systemd-boot. Both GRUBs replace
 * `$name` and run the result as GRUB script; systemd-boot hands the text to the kernel.
 */
export type LoaderEntryReader = 'grub-el8' | 'grub-blsuki' | 'systemd-boot';

/** Why the words of an options text can't be changed. */
export type OptionProblemCode =
  | WordProblemCode
  /** The new word holds a `$`, which blscfg takes for a variable wherever it stands. */
  | 'word-not-writable'
  /** The word holds a variable: what it brings is decided elsewhere. */
  | 'word-from-variable'
  /** GRUB's lexer refuses the text, or a brace in it takes the words away. */
  | 'grub-syntax'
  /** A quote that never closes would take in what follows. */
  | 'open-quote'
  /** The reader would lose the word: blscfg does with some of one character. */
  | 'word-lost';

/** One word, with the reader's quoting undone; `$name` stands for a variable. */
export interface OptionWord {
  readonly kind: 'plain' | 'variable';
  readonly text: string;
  /** Offsets in the whole file. */
  readonly start: number;
  readonly end: number;
}

/** A stretch of a file that holds words. */
export interface OptionText {
  readonly text: string;
  readonly offset: number;
}

/** The words of the stretches, as the reader separates them. */
export function optionTextWords(
  stretches: readonly OptionText[],
  reader: LoaderEntryReader,
): readonly OptionWord[] {
  const words: OptionWord[] = [];
  for (const { text, offset } of stretches) {
    const own = reader === 'systemd-boot' ? kernelWords(text) : grubOptionWords(text, reader === 'grub-el8');
    for (const word of own) words.push({ ...word, start: offset + word.start, end: offset + word.end });
  }
  return words;
}

function kernelWords(text: string): readonly OptionWord[] {
  return parseCmdline(text).parameters.map(({ source, offset }) => {
    return { kind: 'plain', text: source, start: offset, end: offset + source.length };
  });
}

/** A `$` makes a variable even in quotes: blscfg replaces it before GRUB looks for any. */
function grubOptionWords(text: string, isRedHat: boolean): readonly OptionWord[] {
  return grubWords(text, isRedHat).words.map((word) => {
    return text.slice(word.start, word.end).includes('$') ? { ...word, kind: 'variable' } : word;
  });
}

/**
 * The edits of a file that change its option words as asked. A new word stands one blank behind the word in front
 * of it; a removed word takes the blanks in front of it along.
 *
 * @param file the whole file, in which the stretches lie
 * @param stretches at least one
 * @throws RangeError for an index that is not there, and for a word that is changed twice: bugs of the caller
 */
export function editOptionText(
  file: string,
  stretches: readonly OptionText[],
  reader: LoaderEntryReader,
  edits: readonly WordEdit[],
): Result<readonly TextEdit[], OptionProblemCode> {
  const words = optionTextWords(stretches, reader);
  const slots = wordSlots(words.length, edits);
  const refuse = (
    code: OptionProblemCode,
    offset: number,
    found: string,
  ): Result<never, OptionProblemCode> => {
    return { ok: false, problem: { code, at: positionAt(file, offset), found: wordExcerpt(found) } };
  };
  const isGrub = reader !== 'systemd-boot';
  const broken = stretches.find(({ text }) => (isGrub ? isBroken(text) : hasOpenQuote(text)));
  if (broken !== undefined) return refuse(isGrub ? 'grub-syntax' : 'open-quote', broken.offset, broken.text);
  for (const edit of edits) {
    const word = words[edit.index];
    const offset = word?.start ?? stretches[0]?.offset ?? 0;
    if (edit.kind !== 'insert' && word?.kind === 'variable')
      return refuse('word-from-variable', offset, word.text);
    if (edit.kind === 'remove') continue;
    const written = writeWord(edit.word, reader);
    if (!written.ok) return refuse(written.problem.code, offset, edit.word);
  }
  const textEdits = slots.flatMap((slot, index) => editsOfSlot(stretches, reader, words, slots, slot, index));
  if (isGrub) {
    const lost = findLostWord(stretches, textEdits, edits);
    if (lost !== undefined) return refuse('word-lost', stretches[0]?.offset ?? 0, lost);
  }
  return { ok: true, value: textEdits };
}

/** Whether GRUB would not run the text as one command, before or behind the replacing of variables. */
function isBroken(text: string): boolean {
  return [text, expandForAny(text)].some((script) => ['brace', 'syntax'].includes(grubWords(script).ending));
}

function hasOpenQuote(text: string): boolean {
  return parseCmdline(text).parameters.some((parameter) => parameter.hasUnclosedQuote);
}

/** The options with something in place of every variable. */
function expandForAny(text: string): string {
  return expandOptions(text, new Map(optionVariables(text).map((name) => [name, 'value']))) ?? '';
}

function editsOfSlot(
  stretches: readonly OptionText[],
  reader: LoaderEntryReader,
  words: readonly OptionWord[],
  slots: readonly WordSlot[],
  slot: WordSlot,
  index: number,
): readonly TextEdit[] {
  const word = words[index];
  const written = (texts: readonly string[]): string =>
    writtenWords(texts.map((text) => writeWord(text, reader)));
  if (slot.inserted.length > 0) return [insertion(stretches, words, index, written(slot.inserted))];
  if (slot.replacement === undefined || word === undefined) return [];
  if (slot.replacement.length > 0) {
    return [{ offset: word.start, length: word.end - word.start, replacement: written(slot.replacement) }];
  }
  const stretch = stretches.find(
    ({ text, offset }) => word.start >= offset && word.end <= offset + text.length,
  );
  const isBeside = (other: OptionWord | undefined): other is OptionWord =>
    other !== undefined &&
    stretch !== undefined &&
    other.start >= stretch.offset &&
    other.end <= stretch.offset + stretch.text.length;
  const previous = words[index - 1];
  const next = words[index + 1];
  const isFirst = isFirstLeft(slots, index);
  const start = !isFirst && isBeside(previous) ? previous.end : word.start;
  const end = start === word.start && isBeside(next) ? next.start : word.end;
  return [{ offset: start, length: end - start, replacement: '' }];
}

function insertion(
  stretches: readonly OptionText[],
  words: readonly OptionWord[],
  index: number,
  text: string,
): TextEdit {
  const previous = words[index - 1];
  const next = words[index];
  if (previous !== undefined) return { offset: previous.end, length: 0, replacement: ` ${text}` };
  if (next !== undefined) return { offset: next.start, length: 0, replacement: `${text} ` };
  return { offset: stretches[0]?.offset ?? 0, length: 0, replacement: text };
}

/** A new word that is not among those which the edited text brings to the kernel, whatever the variables hold. */
function findLostWord(
  stretches: readonly OptionText[],
  textEdits: readonly TextEdit[],
  edits: readonly WordEdit[],
): string | undefined {
  const [stretch] = stretches;
  if (stretch === undefined) return undefined;
  const own = textEdits.map((edit) => ({ ...edit, offset: edit.offset - stretch.offset }));
  const text = applyTextEdits(stretch.text, own);
  const found = grubWords(expandForAny(text)).words.map((word) => word.text);
  return edits
    .flatMap((edit) => (edit.kind === 'remove' ? [] : [edit.word]))
    .find((word) => !found.includes(word));
}

/** The word in the reader's quoting. */
function writeWord(
  word: string,
  reader: LoaderEntryReader,
): Result<string, WordProblemCode | 'word-not-writable'> {
  if (reader === 'systemd-boot') return writeKernelWord(word);
  return word.includes('$') ? refuseWord('word-not-writable', word) : writeGrubWord(word);
}

/** Raw text for the kernel, in which double quotes keep blanks and nothing escapes anything. */
function writeKernelWord(word: string): Result<string, WordProblemCode> {
  if ([...word].some((byte) => byte < ' ' || byte === '\x7f')) return refuseWord('control-character', word);
  const { parameters, tail } = parseCmdline(word);
  const [only] = parameters;
  if (only?.source === word && tail === '' && !only.hasUnclosedQuote) return { ok: true, value: word };
  if (word.trim() === '') return refuseWord('empty-word', word);
  if (word.includes('"')) return refuseWord('double-quote', word);
  const value = word.indexOf('=') + 1;
  return { ok: true, value: `${word.slice(0, value)}"${word.slice(value)}"` };
}
