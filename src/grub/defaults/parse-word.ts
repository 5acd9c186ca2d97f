import { isDigit, isNameStart, nameEnd } from '../word/name-characters.ts';
import {
  type Cursor,
  cursorAtStart,
  endsWord,
  fail,
  isAtEnd,
  peek,
  startsWith,
  takeLeaf,
  takeMark,
  takeNode,
} from './cursor.ts';
import type {
  ArithmeticExpansion,
  CommandSubstitution,
  DoubleQuoted,
  Leaf,
  ParameterExpansion,
  ParameterOperator,
  Word,
  WordPart,
} from './syntax.ts';

/**
 * What surrounds a word part, because it decides which characters are special: POSIX.1-2017, 2.2 and 2.6.2.
 * `quoted-braces` is `"${x:+…}"`, `braces` is the same outside double quotes.
 */
type Context = 'plain' | 'quoted' | 'braces' | 'quoted-braces' | 'here-document' | 'arithmetic';

type Ends = (character: string, offset: number) => boolean;

/** One word, which may be empty where nothing stands here. */
export function parseWord(cursor: Cursor): Word {
  return takeNode(cursor, () => ({ kind: 'word', parts: parseParts(cursor, 'plain', endsWord) }));
}

/**
 * Whether expanding the parts may set a variable. Where a program is run, the shells disagree about whether its
 * redirections are expanded in the shell itself.
 */
export function mayAssign(parts: readonly WordPart[]): boolean {
  for (const part of parts) {
    if (part.kind === 'arithmetic') return true;
    if (part.kind === 'double-quoted' && mayAssign(part.parts)) return true;
    if (part.kind !== 'parameter') continue;
    if (part.operator === '=' || part.operator === ':=' || mayAssign(part.word)) return true;
  }
  return false;
}

/** The text of a here-document up to `end`, with its expansions. */
export function parseHereDocumentText(cursor: Cursor, end: number): readonly WordPart[] {
  const parts: WordPart[] = [];
  const ends: Ends = (_, offset) => offset >= end;
  while (cursor.offset < end) parts.push(parsePart(cursor, 'here-document', ends));
  if (cursor.offset > end || mayAssign(parts)) fail(cursor, 'shells-differ', end);
  return parts;
}

function parseParts(cursor: Cursor, context: Context, ends: Ends): readonly WordPart[] {
  const parts: WordPart[] = [];
  while (!isAtEnd(cursor) && !ends(peek(cursor), cursor.offset)) parts.push(parsePart(cursor, context, ends));
  return parts;
}

function parsePart(cursor: Cursor, context: Context, ends: Ends): WordPart {
  const character = peek(cursor);
  if (character === '\\') return parseBackslash(cursor, context);
  if (character === '`') return parseBackquoted(cursor, context);
  if (character === '$') return parseDollar(cursor, context);
  if (character === "'" && (context === 'plain' || context === 'braces')) return parseSingleQuoted(cursor);
  if (character === '"' && (context === 'plain' || context === 'braces')) return parseDoubleQuoted(cursor);
  if (
    (character === '"' && context === 'quoted-braces') ||
    (isQuote(character) && context === 'arithmetic')
  ) {
    fail(cursor, 'shells-differ');
  }
  return parseLiteral(cursor, context, ends);
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'";
}

function parseLiteral(cursor: Cursor, context: Context, ends: Ends): Leaf<'literal'> {
  const quotes = context === 'plain' || context === 'braces' || context === 'arithmetic';
  let end = Math.min(cursor.offset + 1, cursor.text.length);
  for (; end < cursor.text.length; end += 1) {
    const character = cursor.text.charAt(end);
    if ('\\`$'.includes(character) || ends(character, end)) break;
    if (quotes && isQuote(character)) break;
    if (context === 'quoted-braces' && character === '"') break;
  }
  return takeLeaf(cursor, 'literal', end);
}

function parseBackslash(cursor: Cursor, context: Context): Leaf<'escape' | 'continuation' | 'literal'> {
  const next = peek(cursor, 1);
  if (next === '') fail(cursor, 'backslash-at-end');
  if (next === '\n') return takeLeaf(cursor, 'continuation', cursor.offset + 2);
  if (context === 'plain' || context === 'braces') return takeLeaf(cursor, 'escape', cursor.offset + 2);
  const escapable = {
    quoted: '$`"\\',
    'quoted-braces': '$`"\\}',
    'here-document': '$`\\',
    arithmetic: '$`\\',
  };
  const isEscape = escapable[context].includes(next);
  return takeLeaf(cursor, isEscape ? 'escape' : 'literal', cursor.offset + (isEscape ? 2 : 1));
}

function parseSingleQuoted(cursor: Cursor): Leaf<'single-quoted'> {
  const close = cursor.text.indexOf("'", cursor.offset + 1);
  if (close === -1) fail(cursor, 'unclosed-quote');
  return takeLeaf(cursor, 'single-quoted', close === -1 ? cursor.offset : close + 1);
}

function parseDoubleQuoted(cursor: Cursor): DoubleQuoted {
  const start = cursor.offset;
  return takeNode(cursor, () => {
    const hasDollar = takeMark(cursor, '$');
    takeMark(cursor, '"');
    const parts = parseParts(cursor, 'quoted', (character) => character === '"');
    if (!takeMark(cursor, '"')) fail(cursor, 'unclosed-quote', start);
    return { kind: 'double-quoted', hasDollar, parts };
  });
}

/**
 * `` `…` `` as one leaf. What is inside is parsed too, after taking off its backslashes, only to know that the
 * shell would accept it.
 */
function parseBackquoted(cursor: Cursor, context: Context): Leaf<'backquoted'> {
  const escapable = context === 'quoted' || context === 'quoted-braces' ? '$`\\"' : '$`\\';
  let inside = '';
  let end = cursor.offset + 1;
  for (; end < cursor.text.length && cursor.text.charAt(end) !== '`'; end += 1) {
    if (cursor.text.charAt(end) === '\\' && escapable.includes(cursor.text.charAt(end + 1))) end += 1;
    inside += cursor.text.charAt(end);
  }
  if (end >= cursor.text.length) fail(cursor, 'unclosed-substitution');
  else checkInside(cursor, inside);
  return takeLeaf(cursor, 'backquoted', Math.min(end + 1, cursor.text.length));
}

function checkInside(cursor: Cursor, inside: string): void {
  const inner = cursorAtStart(inside, cursor.depth + 10, cursor.grammar);
  inner.grammar.parseList(inner, []);
  if (!isAtEnd(inner) || inner.pendingHereDocuments.length > 0) fail(inner, 'syntax');
  if (inner.bashSyntax.length > 0) cursor.bashSyntax.push(cursor.offset);
  // dash lets some of it pass, bash finds out when it runs it.
  if (inner.problem !== undefined) fail(cursor, 'shells-differ');
}

function parseDollar(
  cursor: Cursor,
  context: Context,
):
  | Leaf<'literal' | 'dollar-single'>
  | DoubleQuoted
  | ParameterExpansion
  | CommandSubstitution
  | ArithmeticExpansion {
  const next = peek(cursor, 1);
  if (next === '{') return parseBraces(cursor, context);
  if (startsWith(cursor, '$((')) return parseArithmetic(cursor);
  if (next === '(') return parseCommandSubstitution(cursor);
  if (next === "'" && context === 'plain') return parseDollarSingle(cursor);
  if (next === '"' && context === 'plain') return parseDoubleQuoted(cursor);
  // A name that goes on behind a continued line, and the `$[` of old bash.
  if ((next === '\\' && peek(cursor, 2) === '\n') || next === '[') fail(cursor, 'shells-differ');
  if (isNameStart(next) || isDigit(next) || isSpecial(next)) return parseParameter(cursor, context);
  return takeLeaf(cursor, 'literal', Math.min(cursor.offset + 1, cursor.text.length));
}

function isSpecial(character: string): boolean {
  return character !== '' && '@*#?-$!'.includes(character);
}

/** dash ends `$'…'` at the first quote, bash at the first without a backslash: refused where that is not one. */
function parseDollarSingle(cursor: Cursor): Leaf<'dollar-single'> {
  const close = cursor.text.indexOf("'", cursor.offset + 2);
  if (close === -1) fail(cursor, 'unclosed-quote');
  let backslashes = 0;
  while (cursor.text.charAt(close - 1 - backslashes) === '\\') backslashes += 1;
  if (backslashes % 2 === 1) fail(cursor, 'shells-differ');
  return takeLeaf(cursor, 'dollar-single', Math.max(close + 1, cursor.offset));
}

function parseParameter(cursor: Cursor, context: Context): ParameterExpansion {
  return takeNode(cursor, () => {
    takeMark(cursor, '$');
    const start = cursor.offset;
    takeLeaf(cursor, 'mark', Math.max(nameEnd(cursor.text, start), start + 1));
    const name = cursor.text.slice(start, cursor.offset);
    if (startsWith(cursor, '\\\n') && isNameStart(name)) fail(cursor, 'shells-differ');
    return { kind: 'parameter', name, operator: undefined, word: [], isQuoted: isQuotedIn(context) };
  });
}

function isQuotedIn(context: Context): boolean {
  return context !== 'plain' && context !== 'braces';
}

function parseBraces(cursor: Cursor, context: Context): ParameterExpansion {
  const start = cursor.offset;
  return takeNode(cursor, () => {
    takeMark(cursor, '${');
    const isLength = peek(cursor) === '#' && peek(cursor, 1) !== '}';
    if (isLength) takeMark(cursor, '#');
    const name = takeParameterName(cursor);
    const operator = isLength && peek(cursor) === '}' ? 'length' : takeParameterOperator(cursor);
    const isStrange = operator === 'other' && !isNameStart(name);
    if (isStrange || (isLength && operator !== 'length')) fail(cursor, 'shells-differ', start);
    const inside = isQuotedIn(context) && operator !== 'pattern' ? 'quoted-braces' : 'braces';
    const word = parseParts(cursor, inside, (character) => character === '}');
    if (!takeMark(cursor, '}')) fail(cursor, 'unclosed-substitution', start);
    // dash looks for the end of what it does not know in its own way.
    const isPlain = word.every((part) => part.kind === 'literal' && !part.text.includes('('));
    if (operator === 'other' && !isPlain) fail(cursor, 'shells-differ', start);
    return { kind: 'parameter', name, operator, word, isQuoted: isQuotedIn(context) };
  });
}

function takeParameterName(cursor: Cursor): string {
  const start = cursor.offset;
  let end = nameEnd(cursor.text, start);
  if (end === start) while (isDigit(cursor.text.charAt(end))) end += 1;
  if (end === start && isSpecial(peek(cursor))) end += 1;
  if (end === start) fail(cursor, 'shells-differ');
  takeLeaf(cursor, 'mark', Math.min(end, cursor.text.length));
  return cursor.text.slice(start, end);
}

function takeParameterOperator(cursor: Cursor): ParameterOperator | undefined {
  if (peek(cursor) === '}') return undefined;
  for (const operator of [':-', ':=', ':?', ':+', '-', '=', '?', '+'] as const) {
    if (takeMark(cursor, operator)) return operator;
  }
  for (const operator of ['%%', '##', '%', '#']) {
    if (takeMark(cursor, operator)) return 'pattern';
  }
  if (startsWith(cursor, '\\\n') || startsWith(cursor, ':}')) fail(cursor, 'shells-differ');
  return 'other';
}

function parseCommandSubstitution(cursor: Cursor): CommandSubstitution {
  const start = cursor.offset;
  return takeNode(cursor, () => {
    takeMark(cursor, '$(');
    if (startsWith(cursor, '\\\n')) fail(cursor, 'shells-differ');
    const outer = cursor.pendingHereDocuments;
    cursor.pendingHereDocuments = [];
    const body = cursor.grammar.parseList(cursor, []);
    const isPending = cursor.pendingHereDocuments.length > 0;
    cursor.pendingHereDocuments = outer;
    if (isPending) fail(cursor, 'unclosed-here-document', start);
    // The shells disagree about which line the outer here-document starts on.
    if (outer.length > 0 && cursor.text.slice(start, cursor.offset).includes('\n'))
      fail(cursor, 'shells-differ', start);
    if (!takeMark(cursor, ')')) fail(cursor, 'unclosed-substitution', start);
    return { kind: 'command-substitution', body };
  });
}

/** `$((…))`. dash always reads arithmetic here, bash may read a command: refused where the ends don't fit. */
function parseArithmetic(cursor: Cursor): ArithmeticExpansion {
  const start = cursor.offset;
  return takeNode(cursor, () => {
    takeMark(cursor, '$((');
    let depth = 0;
    while (!isAtEnd(cursor) && !(depth === 0 && startsWith(cursor, '))'))) {
      if (takeMark(cursor, '(')) depth += 1;
      else if (depth > 0 && takeMark(cursor, ')')) depth -= 1;
      else if (peek(cursor) === ')') fail(cursor, 'shells-differ', start);
      else parsePart(cursor, 'arithmetic', (character) => character === '(' || character === ')');
    }
    if (!takeMark(cursor, '))')) fail(cursor, 'unclosed-substitution', start);
    return { kind: 'arithmetic' };
  });
}
