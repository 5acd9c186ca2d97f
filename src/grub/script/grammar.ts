import { isGrubName } from './lexer.ts';
import { type NodeKind, nodeKind } from './node.ts';
import {
  type Frame,
  kindAt,
  type ListName,
  nextKind,
  type Parser,
  refuse,
  reservedWord,
  wordText,
} from './parser-state.ts';
import type { GrubScriptProblemCode } from './script-problem.ts';
import { isTrivia, tokenKind } from './token.ts';

/** The grammar of GRUB stops where its stack would hold this many symbols (YYMAXDEPTH of bison). */
const stackLimit = 9999;

const compoundKinds: ReadonlyMap<string, NodeKind> = new Map([
  ['if', nodeKind.if],
  ['for', nodeKind.for],
  ['while', nodeKind.while],
  ['until', nodeKind.until],
  ['function', nodeKind.function],
]);

/** Which list a reserved word begins behind which list, or that it ends the compound command. */
const transitions: readonly (readonly [ListName, string, ListName | 'end'])[] = [
  ['condition', 'then', 'then'],
  ['then', 'else', 'else'],
  ['then', 'elif', 'condition'],
  ['then', 'fi', 'end'],
  ['else', 'fi', 'end'],
  ['loop-condition', 'do', 'loop-body'],
  ['loop-body', 'done', 'end'],
];

function nextList(name: ListName, word: string): ListName | 'end' | undefined {
  return transitions.find(([from, reserved]) => from === name && reserved === word)?.[2];
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
  const kind = compoundKinds.get(word);
  if (kind === undefined || (kind === nodeKind.function && frame.name !== 'script')) {
    refuseReserved(parser, frame);
    return;
  }
  const node = parser.nodes.open(kind, opener);
  parser.token += 1;
  if (kind === nodeKind.function) readFunction(parser, depth, opener, node);
  else if (kind === nodeKind.for) readFor(parser, depth, opener, node);
  else openList(parser, kind === nodeKind.if ? 'condition' : 'loop-condition', node, opener, depth + 2);
}

function refuseReserved(parser: Parser, frame: Frame): void {
  const endsList = nextList(frame.name, wordText(parser)) !== undefined;
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
  const next = frame.expect === 'command' ? nextList(frame.name, word) : undefined;
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
export function readDelimiter(parser: Parser, frame: Frame, kind: number): void {
  if (kind === tokenKind.newline || kind === tokenKind.semicolon) {
    frame.expect = 'command';
    parser.token += 1;
  } else if (kind === tokenKind.closeBrace) readCloseBrace(parser, frame);
  else refuseAfterCommand(parser);
}

/** Reads where a command may begin. */
export function readStatement(parser: Parser, frame: Frame, kind: number): void {
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
