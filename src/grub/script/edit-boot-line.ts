import type { WordEdit } from '../../cmdline/word-edit.ts';
import type { Problem, Result } from '../problem.ts';
import type { TextEdit } from '../text-edit.ts';
import { type Place, wordExcerpt } from '../text-position.ts';
import { type QuoteProblemCode, quoteGrubWord } from '../word/quote-grub-word.ts';
import type { BootLine, BootWord, WordVariable } from './boot-line.ts';
import { loaderWord } from './loader-cmdline.ts';
import { fileOffset, readInsideLine } from './script-lines.ts';
import type { Span } from './token.ts';

/** Why words of a boot line cannot be changed. */
export type BootLineProblemCode =
  | QuoteProblemCode
  /** The word comes from a variable: the change belongs where that is assigned. */
  | 'word-from-variable'
  /** The new word would stand between words that one variable brings. */
  | 'inside-variable'
  /** The line has no image behind which words could stand. */
  | 'no-image'
  /** The loader puts a backslash in front of a `\` or `'`, so that the kernel gets another word. */
  | 'loader-adds-backslash';

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
  readonly edits: TextEdit[];
  /** Where the words begin that are to go. */
  readonly removed: ReadonlySet<number>;
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

/** The word as it is to be written; empty where it can't be. */
function written(editor: LineEditor, word: string): string {
  const quoted = quoteGrubWord(word);
  if (!quoted.ok) {
    refuse(editor, quoted.problem.code, editor.line.place, word);
    return '';
  }
  if (loaderWord(word).replaceAll('"', '') !== word) {
    refuse(editor, 'loader-adds-backslash', editor.line.place, word);
    return '';
  }
  return quoted.value;
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

function insertWord(editor: LineEditor, index: number, word: string): void {
  const { line } = editor;
  const next = line.words[index];
  if (line.image === undefined) refuse(editor, 'no-image', line.place, line.command);
  else if (next !== undefined && isSplitHere(line, index)) {
    refuse(editor, 'inside-variable', next.place, next.text, next.variables[0]);
  } else {
    editor.edits.push({
      offset: anchorEnd(editor, index),
      length: 0,
      replacement: ` ${written(editor, word)}`,
    });
  }
}

/** The word to replace or remove, if it stands literally on the line. */
function literalWord(editor: LineEditor, index: number): BootWord | undefined {
  const word = editor.line.words[index];
  if (word === undefined) throw new RangeError(`no word ${index} on a line of ${editor.line.words.length}`);
  const variable = word.variables[0];
  if (variable === undefined) return word;
  refuse(editor, 'word-from-variable', word.place, word.text, variable);
  return undefined;
}

function replaceWord(editor: LineEditor, index: number, replacement: string): void {
  const word = literalWord(editor, index);
  if (word === undefined) return;
  const { start, end } = contentOf(editor.text, word.span);
  editor.edits.push({ offset: start, length: end - start, replacement: written(editor, replacement) });
}

/** Whether no word stays behind this one. */
function isLastToStay({ text, line, removed }: LineEditor, span: Span): boolean {
  const behind = line.sourceWords.filter((other) => other.start > span.start);
  const stays = behind.some((other) => {
    const content = contentOf(text, other);
    return content.end > content.start && !removed.has(other.start);
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

/**
 * The changes to the file that make these changes to a boot line's words, and no others. A new word comes directly
 * behind the last byte of the word in front of it, with one blank; a removed word takes the blanks in front of it
 * along.
 *
 * @param text the file that `line.place.path` names, as it was evaluated
 * @param line a line of an entry that `evaluateMenu` gave
 * @param edits indices count in `line.words`
 */
export function editBootLine(text: string, line: BootLine, edits: readonly WordEdit[]): BootLineEditing {
  const removed = new Set<number>();
  for (const edit of edits) {
    const word = edit.kind === 'remove' ? line.words[edit.index] : undefined;
    if (word !== undefined) removed.add(word.span.start);
  }
  const editor: LineEditor = { text, line, edits: [], removed, problem: undefined };
  for (const edit of edits) {
    if (edit.kind === 'insert') insertWord(editor, edit.index, edit.word);
    else if (edit.kind === 'replace') replaceWord(editor, edit.index, edit.word);
    else removeWord(editor, edit.index);
  }
  if (editor.problem !== undefined) return { ok: false, problem: editor.problem };
  const ordered = editor.edits.toSorted(
    (a, b) => a.offset - b.offset || Math.min(a.length, 1) - Math.min(b.length, 1),
  );
  return { ok: true, value: ordered };
}
