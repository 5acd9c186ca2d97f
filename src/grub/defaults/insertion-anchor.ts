import type { DefaultsWord, DefaultsWords } from './defaults-words.ts';
import type { WordPart } from './syntax.ts';
import type { AssignmentStep, Quoting, ShellValue } from './value.ts';

/** A place in a file where a word of the variable can be put. */
export interface Anchor {
  readonly path: string;
  readonly offset: number;
  readonly quoting: Quoting;
  readonly step: AssignmentStep;
  readonly needsBlankBefore: boolean;
  readonly needsBlankBehind: boolean;
}

/**
 * Where to put a word in front of the word `index`: behind the nearest plain word before it, else in front of
 * the nearest one behind, skipping words that hold variables but no `--`; else in the last assignment that takes
 * a word without a neighbour.
 *
 * @param stays whether the word at an index is still there after the other edits
 */
export function findAnchor(
  variable: string,
  expansion: ShellValue,
  words: DefaultsWords,
  index: number,
  stays: (index: number) => boolean,
): Anchor | undefined {
  for (let at = index - 1; at >= 0; at -= 1) {
    const word = words.words[at];
    const anchor = word !== undefined && stays(at) ? besideWord(variable, words, word, 'behind') : undefined;
    if (anchor !== undefined) return anchor;
    if (word?.kind === 'plain') break;
  }
  for (let at = index; at < words.words.length; at += 1) {
    const word = words.words[at];
    const anchor = word !== undefined && stays(at) ? besideWord(variable, words, word, 'before') : undefined;
    if (anchor !== undefined) return anchor;
    if (word?.kind === 'plain') break;
  }
  for (const step of expansion.steps.toReversed()) {
    const anchor = insideValue(step);
    if (anchor !== undefined) return anchor;
  }
  return undefined;
}

function besideWord(
  variable: string,
  words: DefaultsWords,
  word: DefaultsWord,
  side: 'before' | 'behind',
): Anchor | undefined {
  const byte = words.bytes[side === 'before' ? word.start : word.end - 1];
  if (word.kind !== 'plain' || byte === undefined) return undefined;
  const { piece } = byte;
  if (piece.kind === 'unknown' || piece.step?.name !== variable || piece.quoting === 'fixed')
    return undefined;
  const isEscape = piece.length !== piece.text.length;
  const start = piece.offset + (isEscape ? 0 : byte.index);
  const end = isEscape ? piece.offset + piece.length : start + 1;
  return {
    path: piece.path,
    offset: side === 'before' ? start : end,
    quoting: piece.quoting,
    step: piece.step,
    needsBlankBefore: side === 'behind',
    needsBlankBehind: side === 'before',
  };
}

/**
 * The end of an assigned value, inside its closing quote and in front of the carriage return of a CRLF line. A value
 * that refers to its own variable is left as it is: tools such as TuneD find their line again by its text.
 */
function insideValue(step: AssignmentStep): Anchor | undefined {
  const { value } = step.node;
  if (value.kind !== 'word' || holdsVariable(value.parts, step.name)) return undefined;
  const parts = value.parts.filter((part) => part.kind !== 'literal' || part.text !== '\r');
  const last = parts.at(-1);
  const base = { path: step.path, step, needsBlankBefore: !isEmpty(parts), needsBlankBehind: false };
  if (last === undefined) return { ...base, offset: value.offset, quoting: 'unquoted' };
  const end = 'text' in last ? last.offset + last.text.length : last.end;
  if (last.kind === 'double-quoted') return { ...base, offset: end - 1, quoting: 'double' };
  if (last.kind === 'single-quoted') return { ...base, offset: end - 1, quoting: 'single' };
  if (last.kind === 'literal' || last.kind === 'escape' || last.kind === 'continuation') return undefined;
  return { ...base, offset: end, quoting: 'unquoted' };
}

/** Nothing, `""` or `''`. */
function isEmpty(parts: readonly WordPart[]): boolean {
  const [part] = parts;
  if (part === undefined || parts.length > 1) return part === undefined;
  if (part.kind === 'double-quoted') return part.parts.length === 0;
  return part.kind === 'single-quoted' && part.text.length === 2;
}

function holdsVariable(parts: readonly WordPart[], name: string): boolean {
  for (const part of parts) {
    if (part.kind === 'parameter' && (part.name === name || holdsVariable(part.word, name))) return true;
    if (part.kind === 'double-quoted' && holdsVariable(part.parts, name)) return true;
  }
  return false;
}
