import type { Result } from '../problem.ts';
import { positionAt } from '../text-position.ts';
import { isGrubName, type LexedScript, lexGrubScript } from './lexer.ts';
import { createNodeWriter, type NodeKind, type NodeWriter, nodeKind } from './node.ts';
import { readAsBoot, readAsChecker, readInsideLine } from './script-lines.ts';
import type { GrubScriptProblemCode } from './script-problem.ts';
import type { GrubScript } from './syntax-tree.ts';
import { isTrivia, tokenKind, tokenStart } from './token.ts';

/** The grammar of GRUB stops where its stack would hold this many symbols (YYMAXDEPTH of bison). */
const stackLimit = 9999;

type ListName =
  | 'script'
  | 'block'
  | 'function'
  | 'condition'
  | 'then'
  | 'else'
  | 'loop-condition'
  | 'loop-body';

/** A list of commands that is not complete yet. */
interface Frame {
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

interface Parser {
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

function refuse(parser: Parser, code: GrubScriptProblemCode, token = parser.token): void {
  parser.problem ??= { code, offset: tokenStart(parser.lexed.tokens, token) };
}

function kindAt(parser: Parser, token: number): number | undefined {
  return token < parser.lexed.tokens.count ? parser.lexed.tokens.kinds[token] : undefined;
}

/** Moves to the next token that the grammar sees and gives its kind, undefined at the end. */
function nextKind(parser: Parser): number | undefined {
  let kind = kindAt(parser, parser.token);
  while (isTrivia(kind)) {
    parser.token += 1;
    kind = kindAt(parser, parser.token);
  }
  if (kind === tokenKind.refused) parser.problem ??= parser.lexed.problem;
  return kind;
}

function wordText(parser: Parser): string {
  const { tokens } = parser.lexed;
  const start = tokenStart(tokens, parser.token);
  return readInsideLine(parser.text.slice(start, tokens.ends[parser.token])).text;
}

/** The reserved word at the current token, which is in command position. */
function reservedWord(parser: Parser): string | undefined {
  const { tokens } = parser.lexed;
  const first = parser.text.charCodeAt(tokenStart(tokens, parser.token));
  if (first < 97 || first > 119) return undefined;
  const end = tokens.ends[parser.token] ?? 0;
  const bytes = parser.text.slice(tokenStart(tokens, parser.token), end);
  const word = bytes.includes('\r') ? readInsideLine(bytes).text : bytes;
  return word.length <= longestReservedWord && reservedWords.has(word) ? word : undefined;
}

/** The symbols on the grammar's stack when a command begins; the least command needs three more. */
function commandDepth(parser: Parser, frame: Frame): number {
  const between = frame.name === 'script' ? 0 : frame.expect === 'first-command' ? 1 : 2;
  const depth = frame.depth + between;
  if (depth + 3 >= stackLimit) refuse(parser, 'nesting-too-deep');
  return depth;
}

function openList(parser: Parser, name: ListName, compound: number, opener: number, depth: number): void {
  const kind: NodeKind = name === 'block' ? nodeKind.block : nodeKind.list;
  const node = parser.nodes.open(kind, name === 'block' ? opener : parser.token);
  parser.frames.push({ name, node, compound, opener, depth, expect: 'first-command' });
}

/** Completes the innermost list before the current token, and its compound command behind that token. */
function closeList(parser: Parser, frame: Frame): void {
  parser.frames.pop();
  const end = parser.token + 1;
  parser.nodes.close(frame.node, frame.name === 'block' ? end : parser.token);
  parser.nodes.close(frame.compound, end);
  parser.token = end;
  const outer = parser.frames.at(-1);
  if (outer !== undefined) outer.expect = 'delimiter';
}

/** Goes on from one list of a compound command to its next one, behind the current token. */
function continueWith(parser: Parser, frame: Frame, name: ListName): void {
  parser.frames.pop();
  parser.nodes.close(frame.node, parser.token);
  parser.token += 1;
  openList(parser, name, frame.compound, frame.opener, frame.depth + 3);
}

/** Reads words up to something else; GRUB's grammar keeps them all on its stack. */
function readWords(parser: Parser, depth: number): void {
  let words = 0;
  while (nextKind(parser) === tokenKind.word) {
    words += 1;
    if (depth + words >= stackLimit) {
      refuse(parser, 'too-many-words');
      return;
    }
    parser.token += 1;
  }
}

function readCommand(parser: Parser, frame: Frame): void {
  const depth = commandDepth(parser, frame);
  const opener = parser.token;
  const node = parser.nodes.open(nodeKind.command, opener);
  readWords(parser, depth + 1);
  let end = parser.token;
  while (isTrivia(kindAt(parser, end - 1))) end -= 1;
  parser.nodes.close(node, end);
  frame.expect = 'delimiter';
  if (kindAt(parser, parser.token) !== tokenKind.openBrace) return;
  const brace = parser.token;
  parser.token += 1;
  openList(parser, 'block', node, brace, depth + 4);
}

/** Reads the NAME that `for` and `function` ask for. */
function readName(parser: Parser): boolean {
  const isName =
    nextKind(parser) === tokenKind.word && isGrubName(wordText(parser)) && reservedWord(parser) === undefined;
  if (isName) parser.token += 1;
  else refuse(parser, 'expected-name');
  return isName;
}

/** Passes the reserved word that must stand here. */
function readReservedWord(parser: Parser, word: string, code: GrubScriptProblemCode): boolean {
  const found = nextKind(parser) === tokenKind.word && reservedWord(parser) === word;
  if (found) parser.token += 1;
  else refuse(parser, code);
  return found;
}

/** Passes the newline or semicolon that must stand here, and the newlines behind it. */
function readDelimiters(parser: Parser): boolean {
  const kind = nextKind(parser);
  const found = kind === tokenKind.newline || kind === tokenKind.semicolon;
  if (found) parser.token += 1;
  else refuseAfterCommand(parser);
  while (found && nextKind(parser) === tokenKind.newline) parser.token += 1;
  return found;
}

function readFor(parser: Parser, depth: number, opener: number, node: number): void {
  if (!readName(parser) || !readReservedWord(parser, 'in', 'expected-in')) return;
  readWords(parser, depth + 5);
  if (!readDelimiters(parser)) return;
  if (nextKind(parser) === undefined) refuse(parser, 'unclosed-statement', opener);
  else if (readReservedWord(parser, 'do', 'unexpected-word')) {
    openList(parser, 'loop-body', node, opener, depth + 7);
  }
}

function readFunction(parser: Parser, depth: number, opener: number, node: number): void {
  if (!readName(parser)) return;
  while (nextKind(parser) === tokenKind.newline) parser.token += 1;
  if (kindAt(parser, parser.token) !== tokenKind.openBrace) {
    refuse(parser, 'expected-opening-brace');
    return;
  }
  parser.token += 1;
  openList(parser, 'function', node, opener, depth + 5);
}

function readCompound(parser: Parser, frame: Frame, word: string): void {
  const depth = commandDepth(parser, frame);
  const opener = parser.token;
  if (word === 'function' && frame.name !== 'script') {
    refuse(parser, 'unexpected-reserved-word');
    return;
  }
  const kind = compoundKinds.get(word);
  if (kind === undefined) {
    refuseReserved(parser, frame);
    return;
  }
  const node = parser.nodes.open(kind, opener);
  parser.token += 1;
  if (kind === nodeKind.function) {
    readFunction(parser, depth, opener, node);
    return;
  }
  if (kind === nodeKind.for) {
    readFor(parser, depth, opener, node);
    return;
  }
  openList(parser, kind === nodeKind.if ? 'condition' : 'loop-condition', node, opener, depth + 2);
}

const compoundKinds: ReadonlyMap<string, NodeKind> = new Map([
  ['if', nodeKind.if],
  ['for', nodeKind.for],
  ['while', nodeKind.while],
  ['until', nodeKind.until],
  ['function', nodeKind.function],
]);

/** Which list a reserved word begins behind which list, or that it ends the compound command. */
const transitions: ReadonlyMap<ListName, ReadonlyMap<string, ListName | 'end'>> = new Map([
  ['condition', new Map<string, ListName | 'end'>([['then', 'then']])],
  [
    'then',
    new Map<string, ListName | 'end'>([
      ['else', 'else'],
      ['elif', 'condition'],
      ['fi', 'end'],
    ]),
  ],
  ['else', new Map<string, ListName | 'end'>([['fi', 'end']])],
  ['loop-condition', new Map<string, ListName | 'end'>([['do', 'loop-body']])],
  ['loop-body', new Map<string, ListName | 'end'>([['done', 'end']])],
]);

function refuseReserved(parser: Parser, frame: Frame): void {
  const endsList = transitions.get(frame.name)?.get(wordText(parser)) !== undefined;
  refuse(parser, endsList ? 'empty-body' : 'unexpected-reserved-word');
}

function refuseAfterCommand(parser: Parser): void {
  const kind = kindAt(parser, parser.token);
  if (kind === undefined) {
    refuse(parser, 'unclosed-statement', parser.frames.at(-1)?.opener);
    return;
  }
  const brace = kind === tokenKind.openBrace || kind === tokenKind.closeBrace;
  refuse(parser, brace ? 'unexpected-brace' : 'unexpected-word');
}

function readReserved(parser: Parser, frame: Frame, word: string): void {
  const next = frame.expect === 'command' ? transitions.get(frame.name)?.get(word) : undefined;
  if (next === undefined) readCompound(parser, frame, word);
  else if (next === 'end') closeList(parser, frame);
  else continueWith(parser, frame, next);
}

function readCloseBrace(parser: Parser, frame: Frame): void {
  const closes =
    (frame.name === 'block' && frame.expect !== 'first-command') ||
    (frame.name === 'function' && frame.expect === 'command');
  if (closes) {
    closeList(parser, frame);
    return;
  }
  const empty = (frame.name === 'block' || frame.name === 'function') && frame.expect === 'first-command';
  refuse(parser, empty ? 'empty-body' : 'unexpected-brace');
}

/** Reads on behind a complete command. */
function readDelimiter(parser: Parser, frame: Frame, kind: number): void {
  if (kind === tokenKind.newline || kind === tokenKind.semicolon) {
    frame.expect = 'command';
    parser.token += 1;
  } else if (kind === tokenKind.closeBrace) readCloseBrace(parser, frame);
  else refuseAfterCommand(parser);
}

/** Reads where a command may begin. */
function readStatement(parser: Parser, frame: Frame, kind: number): void {
  if (kind === tokenKind.newline) parser.token += 1;
  else if (kind === tokenKind.semicolon) refuse(parser, 'unexpected-semicolon');
  else if (kind === tokenKind.openBrace) refuse(parser, 'unexpected-brace');
  else if (kind === tokenKind.closeBrace) readCloseBrace(parser, frame);
  else {
    const word = reservedWord(parser);
    if (word === undefined) readCommand(parser, frame);
    else readReserved(parser, frame, word);
  }
}

function parseLexed(text: string, lexed: LexedScript): Parser {
  const nodes = createNodeWriter(lexed.tokens.count);
  const parser: Parser = { text, lexed, nodes, frames: [], token: 0, problem: undefined };
  const script = nodes.open(nodeKind.script, 0);
  parser.frames.push({
    name: 'script',
    node: script,
    compound: script,
    opener: 0,
    depth: 2,
    expect: 'command',
  });
  while (parser.problem === undefined) {
    const kind = nextKind(parser);
    const frame = parser.frames.at(-1);
    if (kind === undefined || frame === undefined || parser.problem !== undefined) break;
    if (frame.expect === 'delimiter') readDelimiter(parser, frame, kind);
    else readStatement(parser, frame, kind);
  }
  const open = parser.frames.at(-1);
  if (parser.problem === undefined && open !== undefined && open.name !== 'script') {
    const braces = open.name === 'block' || open.name === 'function';
    refuse(parser, braces ? 'unclosed-block' : 'unclosed-statement', open.opener);
  }
  nodes.close(script, lexed.tokens.count);
  return parser;
}

/** Where grub-script-check, which reads some files otherwise, stops. */
function checkerProblem(text: string, lexed: LexedScript): Parser['problem'] {
  if (!lexed.checkerMayDiffer && !text.includes('\r')) return undefined;
  return parseLexed(text, lexGrubScript(readAsChecker(text), text.length)).problem;
}

/**
 * Parses a GRUB script as GRUB reads it at boot. What grub-script-check would not accept is refused as well;
 * docs/grub-script.md lists where the two differ.
 *
 * Takes time and memory linear in the size of the text, at any depth of nesting.
 *
 * Source of the grammar: GRUB 2.06, grub-core/script/parser.y.
 *
 * @param text the file, latin1, one character a byte
 */
export function parseGrubScript(text: string): Result<GrubScript, GrubScriptProblemCode> {
  const lexed = lexGrubScript(readAsBoot(text), text.length);
  const parser = parseLexed(text, lexed);
  let problem = parser.problem;
  if (problem === undefined) {
    const found = checkerProblem(text, lexed);
    if (found !== undefined) problem = { code: 'checker-rejects', offset: found.offset };
  }
  if (problem === undefined) {
    return { ok: true, value: { text, tokens: lexed.tokens, nodes: parser.nodes.finish() } };
  }
  const { code, offset } = problem;
  const found = text.slice(offset, Math.min(offset + 80, text.length)).split('\n')[0] ?? '';
  return { ok: false, problem: { code, at: positionAt(text, offset), found } };
}
