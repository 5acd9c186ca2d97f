import { isGrubName, type LexedScript } from './lexer.ts';
import type { GrubScriptProblemCode } from './script-problem.ts';
import { type FunctionDefinition, readSpan, type Statement, type StatementList } from './syntax-tree.ts';
import type { Span, Token, TokenKind } from './token.ts';

/**
 * Bounds that no real file comes near. The stack of GRUB's own grammar holds 9,999 symbols (YYMAXDEPTH of bison), at
 * most nine a level and one a word, so that whatever stays within these fits.
 */
const deepestNesting = 500;
const mostWords = 5000;

/** What a list of commands is a part of, and what may end it. */
const listEnds = {
  script: [],
  block: ['}'],
  function: ['}'],
  condition: ['then'],
  'if-body': ['elif', 'else', 'fi'],
  'else-body': ['fi'],
  'loop-condition': ['do'],
  'loop-body': ['done'],
} as const satisfies Record<string, readonly string[]>;

type ListName = keyof typeof listEnds;

const reservedWords = new Set(
  'case do done elif else esac fi for if in select then until while function'.split(' '),
);

/** Where the parser stands. The first problem moves it to the end of the script, so that every loop ends there. */
interface Parser {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly lexicalProblem: LexedScript['problem'];
  token: number;
  depth: number;
  problem: LexedScript['problem'];
}

/** A list that is being read. */
interface OpenList {
  readonly name: ListName;
  /** Where the compound command or the block begins. */
  readonly opener: number;
  readonly statements: Statement[];
  expect: 'first-command' | 'command' | 'delimiter';
  /** What ended it. */
  ender: string | undefined;
}

function fail(parser: Parser, problem: LexedScript['problem']): void {
  parser.problem ??= problem;
  parser.token = parser.tokens.length;
}

function refuse(parser: Parser, code: GrubScriptProblemCode, offset = offsetHere(parser)): void {
  fail(parser, { code, offset });
}

function offsetHere({ tokens, token, text }: Parser): number {
  return tokens[token]?.start ?? text.length;
}

/** The kind of the current token, undefined at the end. */
function nextKind(parser: Parser): TokenKind | undefined {
  const kind = parser.tokens[parser.token]?.kind;
  if (kind !== 'refused') return kind;
  fail(parser, parser.lexicalProblem);
  return undefined;
}

/** The end of the last token that was taken. */
function endBehind({ tokens, token }: Parser): number {
  return tokens[token - 1]?.end ?? 0;
}

/** The word at the current token as GRUB's lexer gets it. */
function wordText({ text, tokens, token }: Parser): string {
  const span = tokens[token];
  return span === undefined ? '' : readSpan(text, span);
}

/** The reserved word at the current token, which is in command position. */
function reservedWord(parser: Parser): string | undefined {
  const first = parser.text.charCodeAt(offsetHere(parser));
  if (first < 97 || first > 119) return undefined;
  const word = wordText(parser);
  return reservedWords.has(word) ? word : undefined;
}

function readWords(parser: Parser): Span[] {
  const words: Span[] = [];
  while (nextKind(parser) === 'word') {
    const word = parser.tokens[parser.token];
    if (words.length === mostWords) refuse(parser, 'too-many-words');
    else if (word !== undefined) {
      words.push(word);
      parser.token += 1;
    }
  }
  return words;
}

/** Reads the NAME that `for` and `function` ask for. */
function readName(parser: Parser): string {
  const name = nextKind(parser) === 'word' && reservedWord(parser) === undefined ? wordText(parser) : '';
  if (isGrubName(name)) parser.token += 1;
  else refuse(parser, 'expected-name');
  return name;
}

/** Passes the reserved word that must stand here. */
function readReservedWord(parser: Parser, word: string, code: GrubScriptProblemCode): void {
  if (nextKind(parser) === 'word' && reservedWord(parser) === word) parser.token += 1;
  else refuse(parser, code);
}

function readCommand(parser: Parser): Statement {
  const start = offsetHere(parser);
  const words = readWords(parser);
  const opener = offsetHere(parser);
  const hasBlock = nextKind(parser) === '{';
  if (hasBlock) parser.token += 1;
  const block = hasBlock ? readList(parser, 'block', opener).statements : undefined;
  return { kind: 'command', words, block, start, end: endBehind(parser) };
}

function readIf(parser: Parser, start: number): Statement {
  const branches: { condition: StatementList; body: StatementList }[] = [];
  const { depth } = parser;
  let ender: string | undefined;
  do {
    const condition = readList(parser, 'condition', start).statements;
    const body = readList(parser, 'if-body', start);
    branches.push({ condition, body: body.statements });
    ender = body.ender;
    // To GRUB's grammar an `elif` is an `if` inside the one before it.
    parser.depth += 1;
  } while (ender === 'elif');
  const otherwise = ender === 'else' ? readList(parser, 'else-body', start).statements : undefined;
  parser.depth = depth;
  return { kind: 'if', branches, otherwise, start, end: endBehind(parser) };
}

function readFor(parser: Parser, start: number): Statement {
  const name = readName(parser);
  readReservedWord(parser, 'in', 'expected-in');
  const words = readWords(parser);
  const delimiter = nextKind(parser);
  if (delimiter === 'newline' || delimiter === ';') parser.token += 1;
  else refuseAfterCommand(parser, start);
  while (nextKind(parser) === 'newline') parser.token += 1;
  if (nextKind(parser) === undefined) refuse(parser, 'unclosed-statement', start);
  readReservedWord(parser, 'do', 'unexpected-word');
  const body = readList(parser, 'loop-body', start).statements;
  return { kind: 'for', name, words, body, start, end: endBehind(parser) };
}

function readLoop(parser: Parser, start: number, kind: 'while' | 'until'): Statement {
  const condition = readList(parser, 'loop-condition', start).statements;
  const body = readList(parser, 'loop-body', start).statements;
  return { kind, condition, body, start, end: endBehind(parser) };
}

function readFunction(parser: Parser, start: number): FunctionDefinition {
  const name = readName(parser);
  while (nextKind(parser) === 'newline') parser.token += 1;
  if (nextKind(parser) === '{') parser.token += 1;
  else refuse(parser, 'expected-opening-brace');
  const body = readList(parser, 'function', start).statements;
  return { kind: 'function', name, body, start, end: endBehind(parser) };
}

function readCompound(parser: Parser, list: OpenList, word: string): Statement | undefined {
  const start = offsetHere(parser);
  const { token } = parser;
  parser.token += 1;
  if (word === 'if') return readIf(parser, start);
  if (word === 'for') return readFor(parser, start);
  if (word === 'while' || word === 'until') return readLoop(parser, start, word);
  if (word === 'function' && list.name === 'script') return readFunction(parser, start);
  parser.token = token;
  refuse(parser, ends(list, word) ? 'empty-body' : 'unexpected-reserved-word');
  return undefined;
}

function ends(list: OpenList, word: string): boolean {
  return listEnds[list.name].some((end) => end === word);
}

function refuseAfterCommand(parser: Parser, opener: number): void {
  const kind = nextKind(parser);
  if (kind === undefined) refuse(parser, 'unclosed-statement', opener);
  else refuse(parser, kind === '{' || kind === '}' ? 'unexpected-brace' : 'unexpected-word');
}

function closeList(parser: Parser, list: OpenList, ender: string): void {
  list.ender = ender;
  parser.token += 1;
}

/** A function's brace must stand where a command may begin, a block's may stand right behind one. */
function readCloseBrace(parser: Parser, list: OpenList): void {
  const { expect } = list;
  if (!ends(list, '}')) refuse(parser, 'unexpected-brace');
  else if (expect === 'first-command') refuse(parser, 'empty-body');
  else if (expect === 'command' || list.name === 'block') closeList(parser, list, '}');
  else refuse(parser, 'unexpected-brace');
}

/** Reads on behind a complete command. */
function readDelimiter(parser: Parser, list: OpenList, kind: TokenKind): void {
  if (kind === 'newline' || kind === ';') {
    list.expect = 'command';
    parser.token += 1;
  } else if (kind === '}') readCloseBrace(parser, list);
  else refuseAfterCommand(parser, list.opener);
}

/** Reads where a command may begin. */
function readStatement(parser: Parser, list: OpenList, kind: TokenKind): void {
  if (kind === 'newline') parser.token += 1;
  else if (kind === ';') refuse(parser, 'unexpected-semicolon');
  else if (kind === '{') refuse(parser, 'unexpected-brace');
  else if (kind === '}') readCloseBrace(parser, list);
  else {
    const word = reservedWord(parser);
    if (word !== undefined && list.expect === 'command' && ends(list, word)) {
      closeList(parser, list, word);
      return;
    }
    const statement = word === undefined ? readCommand(parser) : readCompound(parser, list, word);
    if (statement !== undefined) list.statements.push(statement);
    list.expect = 'delimiter';
  }
}

function readList(parser: Parser, name: ListName, opener: number): OpenList {
  const expect = name === 'script' ? 'command' : 'first-command';
  const list: OpenList = { name, opener, statements: [], expect, ender: undefined };
  parser.depth += 1;
  if (parser.depth > deepestNesting) refuse(parser, 'nesting-too-deep', opener);
  while (list.ender === undefined) {
    const kind = nextKind(parser);
    if (kind === undefined) break;
    if (list.expect === 'delimiter') readDelimiter(parser, list, kind);
    else readStatement(parser, list, kind);
  }
  if (list.ender === undefined && name !== 'script') {
    refuse(parser, ends(list, '}') ? 'unclosed-block' : 'unclosed-statement', opener);
  }
  parser.depth -= 1;
  return list;
}

/** What the grammar makes of a script's leaves. */
export interface ReadScript {
  readonly statements: StatementList;
  readonly problem: LexedScript['problem'];
}

/**
 * Reads the commands of a script up to its end or its first problem.
 *
 * Source of the grammar: GRUB 2.06, grub-core/script/parser.y.
 */
export function readScript(text: string, lexed: LexedScript): ReadScript {
  const { tokens, problem: lexicalProblem } = lexed;
  const parser: Parser = { text, tokens, lexicalProblem, token: 0, depth: 0, problem: undefined };
  const { statements } = readList(parser, 'script', 0);
  return { statements, problem: parser.problem };
}
