import type { WordEdit } from '../../cmdline/word-edit.ts';
import type { Problem, Result } from '../problem.ts';
import type { TextEdit } from '../text-edit.ts';
import { type Place, wordExcerpt } from '../text-position.ts';
import { type WordSlot, wordSlots } from '../word/word-slots.ts';
import { type WordProblemCode, writeGrubWord } from '../word/write-grub-word.ts';
import type { BootLine, BootWord, WordVariable } from './boot-line.ts';
import { fileOffset, readInsideLine } from './script-lines.ts';
import type { Span } from './token.ts';

/** Why words of a boot line cannot be changed. */
export type BootLineProblemCode =
  | WordProblemCode
  /** The word comes from a variable: the change belongs where that is assigned. */
  | 'word-from-variable'
  /** The new word would stand between words that one variable brings. */
  | 'inside-variable'
  /** A block in braces is the last word: GRUB reads no word behind it. */
  | 'block-argument'
  /** The line has no image behind which words could stand. */
  | 'no-image';

/** Why a boot line stays as it is. `at` is the place of the word, or of the line where the word is a new one. */
export interface BootLineProblem extends Problem<BootLineProblemCode> {
  /** For `word-from-variable` and `inside-variable`: which one, and where it was assigned. */
  readonly variable?: WordVariable;
}

/** The edits of the file, or why there are none. */
export type BootLineEditing = Result<readonly TextEdit[], BootLineProblem>;

/** The bytes of a word without the continuations (`\` and newline) around them. */
function contentOf(text: string, span: Span): Span {
  const bytes = text.slice(span.start, span.end);
  if (!bytes.includes('\n')) return span;
  const lines = readInsideLine(bytes);
  let start = 0;
  while (lines.text.startsWith('\\\n', start)) start += 2;
  let end = lines.text.length;
  while (end > start && lines.text.endsWith('\\\n', end)) end -= 2;
  if (end === start) return { start: span.end, end: span.end };
  return { start: span.start + fileOffset(lines, start), end: span.start + fileOffset(lines, end - 1) + 1 };
}

function isBlank(byte: string | undefined): boolean {
  return byte === ' ' || byte === '\t';
}

/** Where the blanks in front of an offset begin, no further back than `limit`. */
function blanksBefore(text: string, offset: number, limit: number): number {
  let at = offset;
  while (at > limit && isBlank(text[at - 1])) at -= 1;
  return at;
}

/** Whether the command has no more words behind this one. */
function endsCommand(text: string, offset: number): boolean {
  let at = offset;
  while (isBlank(text[at]) || text[at] === '\r') at += 1;
  return at >= text.length || '\n#;}'.includes(text.charAt(at));
}

interface LineEditor {
  readonly text: string;
  readonly line: BootLine;
  readonly slots: readonly WordSlot[];
  readonly edits: TextEdit[];
  problem: BootLineProblem | undefined;
}

function refuse(
  editor: LineEditor,
  code: BootLineProblemCode,
  place: Place,
  found: string,
  variable?: WordVariable,
): void {
  editor.problem ??= {
    code,
    at: place,
    found: wordExcerpt(found),
    ...(variable === undefined ? {} : { variable }),
  };
}

/** The words as they are to be written, with a blank between them; without those that can't be. */
function written(editor: LineEditor, words: readonly string[]): string {
  const texts: string[] = [];
  for (const word of words) {
    const result = writeGrubWord(word);
    if (result.ok) texts.push(result.value);
    else refuse(editor, result.problem.code, editor.line.place, word);
  }
  return texts.join(' ');
}

/** Whether the word in front of another one, the image included, was brought by the same variable. */
function isSplitHere(line: BootLine, index: number): boolean {
  const before = index === 0 ? line.image : line.words[index - 1];
  return before !== undefined && before.span.start === line.words[index]?.span.start;
}

/** The bytes behind which a word at this index is to stand. */
function anchorEnd(editor: LineEditor, index: number): number {
  const { line, text } = editor;
  const limit = line.words[index]?.span.start ?? Number.POSITIVE_INFINITY;
  let end = line.image?.span.end ?? line.span.end;
  for (const span of line.sourceWords) {
    if (span.start >= limit) break;
    const content = contentOf(text, span);
    if (content.end > content.start) end = content.end;
  }
  return end;
}

function insertWords(editor: LineEditor, index: number, words: readonly string[]): void {
  const { line } = editor;
  const next = line.words[index];
  if (line.image === undefined) refuse(editor, 'no-image', line.place, line.command);
  else if (next !== undefined && isSplitHere(line, index)) {
    refuse(editor, 'inside-variable', next.place, next.text, next.variables[0]);
  } else {
    editor.edits.push({
      offset: anchorEnd(editor, index),
      length: 0,
      replacement: ` ${written(editor, words)}`,
    });
  }
}

/** The word to replace or remove, if it stands literally on the line. */
function literalWord(editor: LineEditor, index: number): BootWord | undefined {
  const word = editor.line.words[index];
  const variable = word?.variables[0];
  if (word === undefined || variable === undefined) return word;
  refuse(editor, 'word-from-variable', word.place, word.text, variable);
  return undefined;
}

function replaceWord(editor: LineEditor, index: number, replacement: readonly string[]): void {
  const word = literalWord(editor, index);
  if (word === undefined) return;
  const { start, end } = contentOf(editor.text, word.span);
  editor.edits.push({ offset: start, length: end - start, replacement: written(editor, replacement) });
}

/** Whether no word stays behind this one. */
function isLastToStay({ text, line, slots }: LineEditor, span: Span): boolean {
  const behind = line.sourceWords.filter((other) => other.start > span.start);
  const isRemoved = (other: Span) =>
    line.words.some(
      (word, index) => word.span.start === other.start && slots[index]?.replacement?.length === 0,
    );
  const stays = behind.some((other) => {
    const content = contentOf(text, other);
    return content.end > content.start && !isRemoved(other);
  });
  return !stays && endsCommand(text, behind.at(-1)?.end ?? span.end);
}

/** Takes a word out with the blanks in front of it, and with continuations that would go on to nothing. */
function removeWord(editor: LineEditor, index: number): void {
  const word = literalWord(editor, index);
  if (word === undefined) return;
  const { text, line } = editor;
  const before = line.sourceWords.filter((span) => span.end <= word.span.start);
  const { end } = contentOf(text, word.span);
  let start = blanksBefore(text, word.span.start, before.at(-1)?.end ?? 0);
  let span = isLastToStay(editor, word.span) ? before.pop() : undefined;
  while (span !== undefined && span.end === start) {
    const content = contentOf(text, span);
    const continuation = content.end === content.start;
    start = continuation ? blanksBefore(text, span.start, before.at(-1)?.end ?? 0) : content.end;
    span = continuation ? before.pop() : undefined;
  }
  const continuesToNothing = span !== undefined && end === text.length && text[start - 1] === '\n';
  editor.edits.push({ offset: start, length: end - start, replacement: continuesToNothing ? '\n' : '' });
}

/** The block in braces that the command has for its last word. */
function blockOf({ image, words, sourceWords }: BootLine): BootWord | undefined {
  const last = words.at(-1) ?? image;
  return last !== undefined && last.span.start >= (sourceWords.at(-1)?.end ?? 0) ? last : undefined;
}

/**
 * The changes to the line's file that make these changes to its words, and no others. A new word comes directly behind
 * the last byte of the word in front of it, with one blank; a removed word takes the blanks in front of it along.
 *
 * The edits count in `line.file.text`. Once they are made, the line describes a text that is no more: read the new one
 * before the next edit.
 *
 * @param line a line of an entry that `evaluateMenu` gave
 * @param edits indices count in `line.words`; new words as the kernel is to get them
 * @throws RangeError for an index that is not there, and for a word that is changed twice: bugs of the caller
 */
export function editBootLine(line: BootLine, edits: readonly WordEdit[]): BootLineEditing {
  const slots = wordSlots(line.words.length, edits);
  const editor: LineEditor = { text: line.file.text, line, slots, edits: [], problem: undefined };
  const block = blockOf(line);
  if (block !== undefined && edits.length > 0) refuse(editor, 'block-argument', block.place, block.text);
  for (const [index, { inserted, replacement }] of slots.entries()) {
    if (inserted.length > 0) insertWords(editor, index, inserted);
    if (replacement?.length === 0) removeWord(editor, index);
    else if (replacement !== undefined) replaceWord(editor, index, replacement);
  }
  const { problem } = editor;
  return problem === undefined ? { ok: true, value: editor.edits } : { ok: false, problem };
}
