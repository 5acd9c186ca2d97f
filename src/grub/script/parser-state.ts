import type { LexedScript } from './lexer.ts';
import type { NodeWriter } from './node.ts';
import { readInsideLine } from './script-lines.ts';
import type { GrubScriptProblemCode } from './script-problem.ts';
import { isTrivia, tokenKind, tokenStart } from './token.ts';

/** What a list of commands is a part of. */
export type ListName =
  | 'script'
  | 'block'
  | 'function'
  | 'condition'
  | 'then'
  | 'else'
  | 'loop-condition'
  | 'loop-body';

/** A list of commands that is not complete yet. */
export interface Frame {
  readonly name: ListName;
  readonly node: number;
  /** The compound command that the list is a part of and that its last list completes. */
  readonly compound: number;
  /** The token that opened the compound command or the block. */
  readonly opener: number;
  /** How many symbols GRUB's grammar has on its stack when the list begins. */
  readonly depth: number;
  expect: 'first-command' | 'command' | 'delimiter';
}

/** A script while it is parsed. */
export interface Parser {
  readonly text: string;
  readonly lexed: LexedScript;
  readonly nodes: NodeWriter;
  readonly frames: Frame[];
  token: number;
  problem: { readonly code: GrubScriptProblemCode; readonly offset: number } | undefined;
}

const reservedWords = new Set(
  'case do done elif else esac fi for if in select then until while function'.split(' '),
);
const longestReservedWord = 8;

/** Notes the first problem, at a token. */
export function refuse(parser: Parser, code: GrubScriptProblemCode, token = parser.token): void {
  parser.problem ??= { code, offset: tokenStart(parser.lexed.tokens, token) };
}

/** The kind of a token, undefined at the end. */
export function kindAt(parser: Parser, token: number): number | undefined {
  return token < parser.lexed.tokens.count ? parser.lexed.tokens.kinds[token] : undefined;
}

/** Moves to the next token that the grammar sees and gives its kind, undefined at the end. */
export function nextKind(parser: Parser): number | undefined {
  let kind = kindAt(parser, parser.token);
  while (isTrivia(kind)) {
    parser.token += 1;
    kind = kindAt(parser, parser.token);
  }
  if (kind === tokenKind.refused) parser.problem ??= parser.lexed.problem;
  return kind;
}

/** The word at the current token as GRUB's lexer gets it. */
export function wordText(parser: Parser): string {
  const { tokens } = parser.lexed;
  const start = tokenStart(tokens, parser.token);
  return readInsideLine(parser.text.slice(start, tokens.ends[parser.token])).text;
}

/** The reserved word at the current token, which is in command position. */
export function reservedWord(parser: Parser): string | undefined {
  const { tokens } = parser.lexed;
  const first = parser.text.charCodeAt(tokenStart(tokens, parser.token));
  if (first < 97 || first > 119) return undefined;
  const end = tokens.ends[parser.token] ?? 0;
  const bytes = parser.text.slice(tokenStart(tokens, parser.token), end);
  const word = bytes.includes('\r') ? readInsideLine(bytes).text : bytes;
  return word.length <= longestReservedWord && reservedWords.has(word) ? word : undefined;
}
