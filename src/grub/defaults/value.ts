import type { Assignment } from './syntax.ts';

/** Why a static reader cannot know a value, or a part of it. */
export type UnknownReason =
  | 'command-substitution'
  | 'arithmetic'
  | 'condition'
  | 'loop'
  | 'environment'
  | 'command'
  | 'source'
  | 'eval'
  | 'array'
  | 'special-parameter'
  | 'pattern'
  | 'quoting'
  | 'word-splitting'
  | 'too-long';

/** An assignment that was executed. */
export interface AssignmentStep {
  readonly name: string;
  readonly path: string;
  readonly node: Assignment;
}

/** How the shell quotes a literal piece; `fixed` where no other text could stand in its place. */
export type Quoting = 'unquoted' | 'single' | 'double' | 'fixed';

/**
 * Bytes of a value and where they come from. Either each byte stands for itself (`length` is the text's length)
 * or the piece is one escaped byte.
 */
export interface LiteralPiece {
  readonly kind: 'literal';
  readonly text: string;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly quoting: Quoting;
  /** The assignment that holds these bytes; undefined outside assignments. */
  readonly step: AssignmentStep | undefined;
}

/** A part of a value that is decided only when the file runs; it may be empty. */
export interface UnknownPiece {
  readonly kind: 'unknown';
  readonly because: UnknownReason;
  readonly path: string;
  readonly offset: number;
}

/** A piece of a value: known bytes with their place, or something that can't be known. */
export type ValuePiece = LiteralPiece | UnknownPiece;

/** What a variable holds, as far as reading can tell. A value with an unknown piece may also be unset. */
export interface ShellValue {
  readonly isSet: boolean;
  readonly pieces: readonly ValuePiece[];
  /** The assignments that made it, the deciding one last; earlier ones only where it refers to itself. */
  readonly steps: readonly AssignmentStep[];
}

/** The value of a variable that is not set. */
export const unset: ShellValue = { isSet: false, pieces: [], steps: [] };

/** Far more than any command line has: a value that doubles itself stops growing here. */
const mostPieces = 4096;
const mostBytes = 65_536;

/** A value that is nothing but one unknown piece. */
export function unknownValue(piece: UnknownPiece): ShellValue {
  return { isSet: true, pieces: [piece], steps: [] };
}

/** The pieces, or a single `too-long` one at this place where they are too many. */
export function limited(pieces: readonly ValuePiece[], path: string, offset: number): readonly ValuePiece[] {
  const bytes = pieces.reduce((sum, piece) => sum + (piece.kind === 'literal' ? piece.text.length : 0), 0);
  if (pieces.length <= mostPieces && bytes <= mostBytes) return pieces;
  return [{ kind: 'unknown', because: 'too-long', path, offset }];
}

/** The text of pieces that are all known, undefined where one is not. */
export function knownText(pieces: readonly ValuePiece[]): string | undefined {
  let text = '';
  for (const piece of pieces) {
    if (piece.kind === 'unknown') return undefined;
    text += piece.text;
  }
  return text;
}

/** Whether nothing of the value is known, not even whether it is set. */
export function isWhollyUnknown(value: ShellValue): boolean {
  return value.pieces.length === 1 && value.pieces[0]?.kind === 'unknown';
}

/** Whether the pieces make an empty string; undefined where that is not known. */
export function isEmpty(pieces: readonly ValuePiece[]): boolean | undefined {
  if (pieces.some((piece) => piece.kind === 'literal' && piece.text !== '')) return false;
  return pieces.length === 0 || knownText(pieces) === '' ? true : undefined;
}

/**
 * What either of two values may be: the pieces that they share at both ends, and `difference` between them.
 * Shared means the same bytes of the same file, so that editing them edits both.
 */
export function joinValues(left: ShellValue, right: ShellValue, difference: UnknownPiece): ShellValue {
  if (left === right) return left;
  if (!left.isSet && !right.isSet) return unset;
  let start = 0;
  while (start < left.pieces.length && left.pieces[start] === right.pieces[start]) start += 1;
  let end = 0;
  const most = Math.min(left.pieces.length, right.pieces.length) - start;
  while (end < most && left.pieces.at(-1 - end) === right.pieces.at(-1 - end)) end += 1;
  let steps = 0;
  while (steps < left.steps.length && left.steps[steps] === right.steps[steps]) steps += 1;
  const tail = left.pieces.slice(left.pieces.length - end);
  return {
    isSet: true,
    pieces: [...left.pieces.slice(0, start), difference, ...tail],
    steps: left.steps.slice(0, steps),
  };
}
