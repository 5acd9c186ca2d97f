import { isDigit, nameEnd } from '../word/name-characters.ts';
import type { ScriptLines } from './script-lines.ts';
import type { GrubScriptProblemCode } from './script-problem.ts';
import type { Token, TokenKind } from './token.ts';

/** The leaves that the grammar sees, up to its end or its first lexical error. */
export interface LexedScript {
  readonly tokens: readonly Token[];
  /** The last token is `refused` for this reason, which stands at `offset` of the file. */
  readonly problem: { readonly code: GrubScriptProblemCode; readonly offset: number } | undefined;
  /** Bytes were skipped where grub-script-check, which does not skip `#` lines, may see a word go on. */
  readonly checkerMayDiffer: boolean;
}

/** GRUB's lexer stops for good at a token of this many bytes (YYLMAX of flex). */
const tokenLimit = 8192;
/** A comment is matched with the newline and the end of the buffer behind it. */
const commentLimit = tokenLimit - 2;
/** A word that ends in a continuation is matched with the end of the buffer behind it. */
const continuedLimit = tokenLimit - 1;

const character = {
  tab: 9,
  newline: 10,
  blank: 32,
  doubleQuote: 34,
  numberSign: 35,
  dollar: 36,
  singleQuote: 39,
  semicolon: 59,
  backslash: 92,
  openBrace: 123,
  closeBrace: 125,
} as const;

/** 1 for every byte that neither ends a word nor begins a quotation, an escape or a variable. */
const plainByte = new Uint8Array(256).fill(1);
for (const special of '{}|&$;<> \t\n\'"\\') plainByte[special.charCodeAt(0)] = 0;

/** Whether the text is a NAME of yylex.l: a letter or underscore, then letters, digits, underscores. */
export function isGrubName(text: string): boolean {
  return text !== '' && nameEnd(text, 0) === text.length;
}

function parameterEnd(text: string, start: number): number {
  const character = text.charAt(start);
  if (character !== '' && '?#*@'.includes(character)) return start + 1;
  if (!isDigit(character)) return nameEnd(text, start);
  let at = start;
  while (isDigit(text.charAt(at))) at += 1;
  return at;
}

/**
 * The end of the variable whose `$` stands at `dollar`, or `dollar` if GRUB sees none there: `$name ${name} $12
 * ${12} $? $# $* $@` (VARIABLE of yylex.l).
 */
export function variableEnd(text: string, dollar: number): number {
  const braced = text.charCodeAt(dollar + 1) === character.openBrace;
  const start = dollar + (braced ? 2 : 1);
  const end = parameterEnd(text, start);
  if (end === start) return dollar;
  if (!braced) return end;
  return text.charCodeAt(end) === character.closeBrace ? end + 1 : dollar;
}

type WordProblem = { readonly code: GrubScriptProblemCode; readonly at: number };

/** The end of the double-quoted string whose text begins at `start`. */
function doubleQuoteEnd(text: string, start: number, withVariables: boolean): number | WordProblem {
  let at = start;
  while (at < text.length) {
    const byte = text.charCodeAt(at);
    if (byte === character.doubleQuote) return at + 1;
    if (byte === character.backslash) at += 2;
    else if (byte === character.dollar && withVariables) {
      const end = variableEnd(text, at);
      if (end === at) return { code: 'stray-dollar', at };
      at = end;
    } else at += 1;
  }
  return { code: 'unterminated-quote', at: start - 1 };
}

function dollarEnd(text: string, dollar: number): number | WordProblem {
  if (text.charCodeAt(dollar + 1) === character.doubleQuote) return doubleQuoteEnd(text, dollar + 2, false);
  return variableEnd(text, dollar);
}

function escapeEnd(text: string, wordStart: number, backslash: number): number | WordProblem {
  const end = backslash + 2;
  if (text.charCodeAt(end - 1) !== character.newline) return end;
  if (end - wordStart >= continuedLimit) return { code: 'token-too-long', at: wordStart };
  return end >= text.length ? { code: 'unterminated-continuation', at: backslash } : end;
}

function specialEnd(text: string, wordStart: number, at: number): number | WordProblem {
  switch (text.charCodeAt(at)) {
    case character.singleQuote: {
      const close = text.indexOf("'", at + 1);
      return close === -1 ? { code: 'unterminated-quote', at } : close + 1;
    }
    case character.doubleQuote:
      return doubleQuoteEnd(text, at + 1, true);
    case character.backslash:
      return escapeEnd(text, wordStart, at);
    case character.dollar:
      return dollarEnd(text, at);
    default:
      return at;
  }
}

/** The end of the word at `start`; `start` itself where no word begins. */
function wordEnd(text: string, start: number): number | WordProblem {
  let at = start;
  while (true) {
    while (plainByte[text.charCodeAt(at)] === 1) at += 1;
    const end = specialEnd(text, start, at);
    if (typeof end !== 'number') return end;
    if (end === at) break;
    at = end;
  }
  return at - start >= tokenLimit ? { code: 'token-too-long', at: start } : at;
}

/** Turns offsets in the lines into offsets in the file; to be asked in ascending order. */
function createOriginFinder(lines: ScriptLines, fileLength: number): (offset: number) => number {
  let run = 0;
  return (offset) => {
    while ((lines.starts[run + 1] ?? Number.POSITIVE_INFINITY) <= offset) run += 1;
    const origin = (lines.origins[run] ?? 0) + offset - (lines.starts[run] ?? 0);
    return Math.min(origin, fileLength);
  };
}

interface Lexeme {
  readonly kind: TokenKind | 'blank' | 'comment';
  readonly end: number;
  readonly problem?: WordProblem;
}

function refused(at: number, code: GrubScriptProblemCode): Lexeme {
  return { kind: 'refused', end: at + 1, problem: { code, at } };
}

function blankLexeme(text: string, start: number): Lexeme {
  let end = start + 1;
  while (text.charCodeAt(end) === character.blank || text.charCodeAt(end) === character.tab) end += 1;
  return end - start >= tokenLimit ? refused(start, 'token-too-long') : { kind: 'blank', end };
}

function commentLexeme(text: string, start: number): Lexeme {
  const end = text.indexOf('\n', start);
  return end - start >= commentLimit ? refused(start, 'token-too-long') : { kind: 'comment', end };
}

function wordLexeme(text: string, start: number): Lexeme {
  const end = wordEnd(text, start);
  if (typeof end !== 'number') return { kind: 'refused', end: start + 1, problem: end };
  if (end === start) {
    const stray = text.charCodeAt(start) === character.dollar;
    return refused(start, stray ? 'stray-dollar' : 'unsupported-operator');
  }
  if (end - start === 2 && (text.startsWith('[[', start) || text.startsWith(']]', start))) {
    return refused(start, 'unsupported-operator');
  }
  return { kind: 'word', end };
}

function nextLexeme(text: string, start: number): Lexeme {
  switch (text.charCodeAt(start)) {
    case character.blank:
    case character.tab:
      return blankLexeme(text, start);
    case character.newline:
      return { kind: 'newline', end: start + 1 };
    case character.numberSign:
      return commentLexeme(text, start);
    case character.semicolon:
      if (text.charCodeAt(start + 1) === character.semicolon) return refused(start, 'unexpected-semicolon');
      return { kind: ';', end: start + 1 };
    case character.openBrace:
      return { kind: '{', end: start + 1 };
    case character.closeBrace:
      return { kind: '}', end: start + 1 };
    default:
      return wordLexeme(text, start);
  }
}

/**
 * Cuts a script into tokens as GRUB 2.06 does (grub-core/script/yylex.l).
 *
 * @param lines the script as a reader hands it on
 * @param fileLength bytes of the file they were read from
 */
export function lexGrubScript(lines: ScriptLines, fileLength: number): LexedScript {
  const { text } = lines;
  const originOf = createOriginFinder(lines, fileLength);
  const tokens: Token[] = [];
  let at = 0;
  let covered = 0;
  let afterWord = false;
  let checkerMayDiffer = false;
  let problem: LexedScript['problem'];
  while (at < text.length && problem === undefined) {
    const { kind, end, problem: found } = nextLexeme(text, at);
    const start = originOf(at);
    if (start > covered) checkerMayDiffer ||= afterWord || start - covered >= commentLimit;
    covered = Math.min(originOf(end - 1) + 1, fileLength);
    const isSeen = kind !== 'blank' && kind !== 'comment';
    if (isSeen && covered > start) tokens.push({ kind, start, end: covered });
    afterWord = kind === 'word';
    checkerMayDiffer ||= afterWord && covered - start !== end - at;
    if (found !== undefined) problem = { code: found.code, offset: originOf(found.at) };
    at = end;
  }
  checkerMayDiffer ||= problem === undefined && fileLength - covered >= commentLimit;
  return { tokens, problem, checkerMayDiffer };
}
