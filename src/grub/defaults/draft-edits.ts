import type { WordEdit } from '../../cmdline/word-edit.ts';
import type { TextEdit } from '../text-edit.ts';
import type { DefaultsWords, ValueByte } from './defaults-words.ts';
import { type Anchor, findAnchor } from './insertion-anchor.ts';
import type { AssignmentStep, LiteralPiece, Quoting, ShellValue } from './value.ts';
import { isSafeUnquoted, quoteForShell, writeGrubWord } from './write-word.ts';

/** The edits of one file. */
export interface DefaultsEdit {
  readonly path: string;
  readonly edits: readonly TextEdit[];
}

/** Edits, or the byte of the value that stands against them; undefined where no place takes a new word. */
export type Draft =
  | { readonly ok: true; readonly edits: readonly DefaultsEdit[] }
  | { readonly ok: false; readonly obstacle: { readonly path: string; readonly offset: number } | undefined };

/** Replace `length` bytes of an assignment by text that is not yet in the shell's quoting. */
interface Change {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly text: string;
  readonly quoting: Quoting;
  readonly step: AssignmentStep;
}

/** What becomes of the word at one index, and the words that go in front of it. */
interface Slot {
  readonly inserted: string[];
  /** The words in its place; undefined where it stays. */
  replacement: string[] | undefined;
}

/** Edits of a variable's own assignments, where its words stand. */
export function draftEdits(
  variable: string,
  expansion: ShellValue,
  words: DefaultsWords,
  edits: readonly WordEdit[],
): Draft {
  const slots = slotsOf(words, edits);
  const changes: Change[] = [];
  for (const [index, slot] of slots.entries()) {
    if (slot.inserted.length > 0) {
      const anchor = findAnchor(
        variable,
        expansion,
        words,
        index,
        (word) => slots[word]?.replacement === undefined,
      );
      if (anchor === undefined) return { ok: false, obstacle: undefined };
      changes.push(insertion(anchor, slot.inserted));
    }
    if (slot.replacement === undefined) continue;
    const bytes = bytesToReplace(words, slots, index);
    const obstacle = [...bytes.word].find((byte) => ownPiece(byte, variable) === undefined);
    if (obstacle !== undefined) return { ok: false, obstacle: obstacle.piece };
    changes.push(...replacements(bytes, slot.replacement, variable));
  }
  return { ok: true, edits: textEdits(changes) };
}

/** New words beside a word that goes or changes take its place, so that no two edits meet in one gap. */
function slotsOf(words: DefaultsWords, edits: readonly WordEdit[]): readonly Slot[] {
  const slots: Slot[] = Array.from({ length: words.words.length + 1 }, () => ({
    inserted: [],
    replacement: undefined,
  }));
  for (const edit of edits) {
    const slot = slots[edit.index];
    if (slot === undefined) continue;
    if (edit.kind === 'insert') slot.inserted.push(edit.word);
    else slot.replacement = edit.kind === 'replace' ? [edit.word] : [];
  }
  for (const [index, slot] of slots.entries()) {
    const before = slots[index - 1];
    const taker =
      slot.replacement !== undefined ? slot : before?.replacement !== undefined ? before : undefined;
    if (taker?.replacement === undefined || slot.inserted.length === 0) continue;
    const inserted = slot.inserted.splice(0);
    taker.replacement =
      taker === slot ? [...inserted, ...taker.replacement] : [...taker.replacement, ...inserted];
  }
  return slots;
}

/** A literal byte that stands in an assignment of the variable itself, where other text could stand as well. */
function ownPiece(
  byte: ValueByte,
  variable: string,
): (LiteralPiece & { readonly step: AssignmentStep }) | undefined {
  const { piece } = byte;
  if (piece.kind === 'unknown' || piece.quoting === 'fixed' || piece.step?.name !== variable)
    return undefined;
  return { ...piece, step: piece.step };
}

/** The bytes of a word, and of the blanks that go with it when nothing takes its place. */
function bytesToReplace(
  words: DefaultsWords,
  slots: readonly Slot[],
  index: number,
): { readonly word: readonly ValueByte[]; readonly gap: readonly ValueByte[] } {
  const { start = 0, end = 0 } = words.words[index] ?? {};
  const word = words.bytes.slice(start, end);
  const isGone = (at: number): boolean => slots[at]?.replacement?.length === 0;
  if (!isGone(index)) return { word, gap: [] };
  const previous = words.words[index - 1];
  // The blanks in front go along; behind a word that is first, or becomes it, those behind.
  let first = index;
  while (first > 0 && isGone(first - 1)) first -= 1;
  if (first > 0 && previous !== undefined) return { word, gap: words.bytes.slice(previous.end, start) };
  const next = words.words[index + 1];
  return { word, gap: next === undefined ? [] : words.bytes.slice(end, next.start) };
}

function replacements(
  bytes: { readonly word: readonly ValueByte[]; readonly gap: readonly ValueByte[] },
  words: readonly string[],
  variable: string,
): readonly Change[] {
  const changes: Change[] = [];
  let text = grubText(words);
  for (const byte of bytes.word) {
    const piece = ownPiece(byte, variable);
    if (piece === undefined) continue;
    changes.push({ ...sourceOf(piece, byte.index), text, quoting: piece.quoting, step: piece.step });
    text = '';
  }
  const steps = new Set(changes.map(({ step }) => step));
  for (const byte of bytes.gap) {
    const piece = ownPiece(byte, variable);
    // A blank of another assignment keeps apart what that one adds.
    if (piece === undefined || !steps.has(piece.step) || !isBlank(byte.byte)) continue;
    changes.push({ ...sourceOf(piece, byte.index), text: '', quoting: piece.quoting, step: piece.step });
  }
  return changes;
}

function isBlank(byte: string): boolean {
  return byte === ' ' || byte === '\t';
}

/** Where a byte of the value stands in its file: an escaped byte takes two there. */
function sourceOf(
  piece: LiteralPiece,
  index: number,
): { readonly path: string; readonly offset: number; readonly length: number } {
  if (piece.length !== piece.text.length)
    return { path: piece.path, offset: piece.offset, length: piece.length };
  return { path: piece.path, offset: piece.offset + index, length: 1 };
}

function insertion(anchor: Anchor, words: readonly string[]): Change {
  const blankBefore = anchor.needsBlankBefore ? ' ' : '';
  const blankBehind = anchor.needsBlankBehind ? ' ' : '';
  return { ...anchor, length: 0, text: `${blankBefore}${grubText(words)}${blankBehind}` };
}

function grubText(words: readonly string[]): string {
  return words.map((word) => writeGrubWord(word) ?? '').join(' ');
}

/** The changes in the shell's quoting, by file, in order, neighbours joined. */
function textEdits(changes: readonly Change[]): readonly DefaultsEdit[] {
  const wrapped = stepsToWrap(changes);
  const edits: (TextEdit & { readonly path: string })[] = [];
  for (const { path, offset, length, text, quoting, step } of changes) {
    const replacement = quoteForShell(text, wrapped.has(step) ? 'double' : quoting) ?? '';
    edits.push({ path, offset, length, replacement });
  }
  for (const step of wrapped) {
    const { start, end } = plainValue(step) ?? { start: 0, end: 0 };
    edits.unshift({ path: step.path, offset: start, length: 0, replacement: '"' });
    edits.push({ path: step.path, offset: end, length: 0, replacement: '"' });
  }
  const paths = [...new Set(edits.map(({ path }) => path))];
  return paths.map((path) => ({ path, edits: merged(edits.filter((edit) => edit.path === path)) }));
}

/** Unquoted values of one plain piece that are to hold what only quotes can hold get double quotes around. */
function stepsToWrap(changes: readonly Change[]): ReadonlySet<AssignmentStep> {
  const steps = new Set<AssignmentStep>();
  for (const { text, quoting, step } of changes) {
    if (quoting === 'unquoted' && !isSafeUnquoted(text) && plainValue(step) !== undefined) steps.add(step);
  }
  return steps;
}

/** Where the value stands that is a single unquoted piece, less the carriage return of a CRLF line. */
function plainValue(step: AssignmentStep): { readonly start: number; readonly end: number } | undefined {
  const { value } = step.node;
  const part = value.kind === 'word' && value.parts.length === 1 ? value.parts[0] : undefined;
  if (part?.kind !== 'literal') return undefined;
  let { length } = part.text;
  while (part.text.charAt(length - 1) === '\r') length -= 1;
  return { start: part.offset, end: part.offset + length };
}

function merged(edits: readonly TextEdit[]): readonly TextEdit[] {
  const ordered = edits.toSorted((a, b) => a.offset - b.offset || Math.sign(a.length) - Math.sign(b.length));
  const result: TextEdit[] = [];
  for (const { offset, length, replacement } of ordered) {
    const last = result.at(-1);
    if (last === undefined || last.offset + last.length !== offset) {
      result.push({ offset, length, replacement });
    } else {
      result[result.length - 1] = {
        offset: last.offset,
        length: last.length + length,
        replacement: last.replacement + replacement,
      };
    }
  }
  return result;
}
