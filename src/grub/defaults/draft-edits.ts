import type { TextEdit } from '../text-edit.ts';
import { isFirstLeft, type WordSlot } from '../word/word-slots.ts';
import { grubText } from '../word/write-grub-word.ts';
import type { DefaultsWords, ValueByte } from './defaults-words.ts';
import { type Anchor, findAnchor } from './insertion-anchor.ts';
import { isSafeUnquoted, quoteForShell } from './quote-for-shell.ts';
import type { AssignmentStep, LiteralPiece, Quoting, ShellValue } from './value.ts';

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

/** Edits of a variable's own assignments, where its words stand. */
export function draftEdits(
  variable: string,
  expansion: ShellValue,
  words: DefaultsWords,
  slots: readonly WordSlot[],
): Draft {
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
  const twice = findTouchedTwice(changes);
  return twice === undefined ? { ok: true, edits: textEdits(changes) } : { ok: false, obstacle: twice };
}

/** A byte that stands in the file once and in the value several times, so that no word of it can go alone. */
function findTouchedTwice(changes: readonly Change[]): Change | undefined {
  const touched = new Set<string>();
  for (const change of changes) {
    const place = `${change.offset} ${change.path}`;
    if (change.length > 0 && touched.has(place)) return change;
    if (change.length > 0) touched.add(place);
  }
  return undefined;
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
  slots: readonly WordSlot[],
  index: number,
): { readonly word: readonly ValueByte[]; readonly gap: readonly ValueByte[] } {
  const { start = 0, end = 0 } = words.words[index] ?? {};
  const word = words.bytes.slice(start, end);
  if (slots[index]?.replacement?.length !== 0) return { word, gap: [] };
  const previous = words.words[index - 1];
  // The blanks in front go along; behind a word that is first, or becomes it, those behind.
  if (!isFirstLeft(slots, index) && previous !== undefined)
    return { word, gap: words.bytes.slice(previous.end, start) };
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

/** Unquoted values that are empty, or to hold what only quotes can hold, get double quotes around them. */
function stepsToWrap(changes: readonly Change[]): ReadonlySet<AssignmentStep> {
  const steps = new Set<AssignmentStep>();
  for (const { text, quoting, step } of changes) {
    const value = quoting === 'unquoted' ? plainValue(step) : undefined;
    if (value !== undefined && (value.start === value.end || !isSafeUnquoted(text))) steps.add(step);
  }
  return steps;
}

/** Where a value stands that is nothing or a single unquoted piece, less the carriage return of a CRLF line. */
function plainValue(step: AssignmentStep): { readonly start: number; readonly end: number } | undefined {
  const { value } = step.node;
  if (value.kind !== 'word' || value.parts.length > 1) return undefined;
  const [part] = value.parts;
  if (part === undefined) return { start: value.offset, end: value.offset };
  if (part.kind !== 'literal') return undefined;
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
