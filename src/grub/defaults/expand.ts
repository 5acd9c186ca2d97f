import { isNameStart, nameEnd } from '../word/name-characters.ts';
import { end, type Interpreter, unknownHere } from './interpreter.ts';
import { variableValue } from './state.ts';
import type { DoubleQuoted, Leaf, ParameterExpansion, Span, Word, WordPart } from './syntax.ts';
import {
  type AssignmentStep,
  isEmpty,
  isWhollyUnknown,
  knownText,
  type LiteralPiece,
  limited,
  type ShellValue,
  type UnknownReason,
  unknownValue,
  unset,
  type ValuePiece,
} from './value.ts';

/** Where parts stand: in whose bytes, and how the shell quotes them. */
interface Place {
  readonly step: AssignmentStep | undefined;
  readonly quoting: 'unquoted' | 'double' | 'fixed';
}

/** A word's value before field splitting: POSIX.1-2017, 2.6. Assignments inside (`${x:=y}`) are made. */
export function expandWord(
  interpreter: Interpreter,
  word: Word,
  step?: AssignmentStep,
): readonly ValuePiece[] {
  return expandParts(interpreter, word.parts, { step, quoting: 'unquoted' });
}

/**
 * The one argument that a word makes; undefined where it is not known, or where field splitting or a file name
 * pattern could make it another.
 */
export function expandArgument(interpreter: Interpreter, word: Word): string | undefined {
  const text = knownText(expandWord(interpreter, word));
  return text === undefined || mayBeSplit(interpreter, word) ? undefined : text;
}

/** Whether an unquoted part may become no field or several: POSIX.1-2017, 2.6.5 and 2.6.6. */
export function mayBeSplit(interpreter: Interpreter, word: Word): boolean {
  for (const part of word.parts) {
    if (part.kind === 'literal' && part.text !== '[' && hasAny(part.text, '*?[{')) return true;
    if (part.kind !== 'parameter' && part.kind !== 'command-substitution' && part.kind !== 'backquoted')
      continue;
    const text = knownText(expandParts(interpreter, [part], { step: undefined, quoting: 'fixed' }));
    if (text === undefined || text === '' || hasAny(text, ' \t\n*?[')) return true;
  }
  return false;
}

function hasAny(text: string, characters: string): boolean {
  return [...text].some((character) => characters.includes(character));
}

function expandParts(
  interpreter: Interpreter,
  parts: readonly WordPart[],
  place: Place,
): readonly ValuePiece[] {
  const pieces: ValuePiece[] = [];
  let isFirst = true;
  for (const part of parts) {
    pieces.push(...expandPart(interpreter, part, place, isFirst));
    isFirst &&= part.kind === 'continuation';
  }
  return limited(pieces, interpreter.path, parts[0]?.offset ?? 0);
}

function expandPart(
  interpreter: Interpreter,
  part: WordPart,
  place: Place,
  isFirst: boolean,
): readonly ValuePiece[] {
  switch (part.kind) {
    case 'literal':
      if (
        place.quoting !== 'double' &&
        ((isFirst && part.text.startsWith('~')) || part.text.includes(':~'))
      ) {
        return [unknownHere(interpreter, 'environment', part)];
      }
      return [literalPiece(interpreter, part, place, 0, part.text.length)];
    case 'escape':
      return [{ ...literalPiece(interpreter, part, place, 1, 2), offset: part.offset, length: 2 }];
    case 'single-quoted':
      return [singlePiece(interpreter, part, place, 1)];
    case 'dollar-single':
      return expandDollarSingle(interpreter, part, place);
    case 'double-quoted':
      return expandDoubleQuoted(interpreter, part, place);
    case 'parameter':
      return expandParameter(interpreter, part);
    case 'command-substitution':
    case 'backquoted':
      return [unknownHere(interpreter, 'command-substitution', part)];
    case 'arithmetic':
      forgetNames(interpreter, { text: assigningText(part), offset: part.offset });
      return [unknownHere(interpreter, 'arithmetic', part)];
    case 'continuation':
      return [];
  }
}

/** The bytes of a leaf from `start` to `end` as a piece. */
function literalPiece(
  interpreter: Interpreter,
  leaf: WordPart & { readonly text: string },
  place: Place,
  start: number,
  end: number,
): LiteralPiece {
  return {
    kind: 'literal',
    text: leaf.text.slice(start, end),
    path: interpreter.path,
    offset: leaf.offset + start,
    length: end - start,
    quoting: place.quoting,
    step: place.step,
  };
}

function singlePiece(
  interpreter: Interpreter,
  leaf: Leaf<'single-quoted' | 'dollar-single'>,
  place: Place,
  start: number,
): LiteralPiece {
  const piece = literalPiece(interpreter, leaf, place, start, leaf.text.length - 1);
  return place.quoting === 'fixed' ? piece : { ...piece, quoting: 'single' };
}

/** bash reads `$'…'` with escapes of its own; dash knows no such quoting and keeps the dollar sign. */
function expandDollarSingle(
  interpreter: Interpreter,
  leaf: Leaf<'dollar-single'>,
  place: Place,
): readonly ValuePiece[] {
  if (interpreter.shell === 'dash') {
    return [literalPiece(interpreter, leaf, place, 0, 1), singlePiece(interpreter, leaf, place, 2)];
  }
  if (leaf.text.includes('\\')) return [unknownHere(interpreter, 'quoting', leaf)];
  return [{ ...singlePiece(interpreter, leaf, place, 2), quoting: 'fixed' }];
}

function expandDoubleQuoted(
  interpreter: Interpreter,
  node: DoubleQuoted,
  place: Place,
): readonly ValuePiece[] {
  const inside: Place = place.quoting === 'fixed' ? place : { ...place, quoting: 'double' };
  const pieces = expandParts(interpreter, node.parts, inside);
  if (!node.hasDollar || interpreter.shell === 'bash') return pieces;
  const dollar: LiteralPiece = {
    kind: 'literal',
    text: '$',
    path: interpreter.path,
    offset: node.offset,
    length: 1,
    quoting: 'fixed',
    step: place.step,
  };
  return [dollar, ...pieces];
}

/** POSIX.1-2017, 2.6.2. What stands inside the braces is fixed: whether it counts depends on the variable. */
function expandParameter(interpreter: Interpreter, node: ParameterExpansion): readonly ValuePiece[] {
  const { operator } = node;
  if (operator === 'other' && interpreter.shell === 'dash') end(interpreter, 'bad-substitution', node);
  if (operator === 'other' || operator === 'pattern' || operator === 'length') {
    return [unknownHere(interpreter, 'pattern', node)];
  }
  const value = parameterValue(interpreter, node);
  if (operator === undefined) return value.pieces;
  const isMissing = operator.startsWith(':') ? isEmpty(value.pieces) : isUnset(value);
  const word = (): readonly ValuePiece[] =>
    expandParts(interpreter, node.word, { step: undefined, quoting: 'fixed' });
  switch (operator) {
    case ':+':
    case '+':
      if (isMissing === undefined) return [unknownHere(interpreter, 'condition', node)];
      return isMissing ? [] : word();
    case ':?':
    case '?':
      if (isMissing === true) end(interpreter, 'command-fails', node);
      return value.pieces;
    case ':-':
    case '-':
      if (isMissing === undefined) return [unknownHere(interpreter, 'condition', node)];
      return isMissing ? word() : value.pieces;
    case ':=':
    case '=':
      return assignDefault(interpreter, node, isMissing, value, word);
  }
}

function isUnset(value: ShellValue): boolean | undefined {
  if (!value.isSet) return true;
  return isWhollyUnknown(value) ? undefined : false;
}

function parameterValue(interpreter: Interpreter, node: ParameterExpansion): ShellValue {
  if (!isNameStart(node.name)) return unknownValue(unknownHere(interpreter, 'special-parameter', node));
  if (interpreter.state === undefined) return unset;
  const value = variableValue(interpreter.state, node.name);
  const [first] = value.pieces;
  const isFromOutside = first?.kind === 'unknown' && first.path === '';
  return isFromOutside ? unknownValue(unknownHere(interpreter, first.because, node)) : value;
}

function assignDefault(
  interpreter: Interpreter,
  node: ParameterExpansion,
  isMissing: boolean | undefined,
  value: ShellValue,
  word: () => readonly ValuePiece[],
): readonly ValuePiece[] {
  if (isMissing === false) return value.pieces;
  const pieces = isMissing ? word() : [unknownHere(interpreter, 'condition', node)];
  interpreter.state?.variables.set(node.name, { isSet: true, pieces, steps: [] });
  return pieces;
}

/** An arithmetic text where it may assign, as `x = 1`, `x++` and the like do; else empty. */
export function assigningText(node: Span): string {
  const text = node.children.map((child) => ('text' in child ? child.text : ' ')).join('');
  return text.includes('=') || text.includes('++') || text.includes('--') ? text : '';
}

/** Make every name in the text an unknown variable. */
export function forgetNames(
  interpreter: Interpreter,
  { text, offset }: { readonly text: string; readonly offset: number },
  because: UnknownReason = 'command',
): void {
  const unknown = unknownValue(unknownHere(interpreter, because, { offset }));
  for (let start = 0; start < text.length; ) {
    const end = nameEnd(text, start);
    if (end > start) interpreter.state?.variables.set(text.slice(start, end), unknown);
    start = Math.max(end, start + 1);
  }
}
