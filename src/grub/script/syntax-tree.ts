import { type NodeTable, nodeKind } from './node.ts';
import { readInsideLine } from './script-lines.ts';
import { type TokenTable, tokenKind, tokenStart } from './token.ts';

/**
 * A script that GRUB accepts, with every byte of it.
 *
 * `tokens` are the leaves; they cover `text` without a gap. `nodes` are the commands and their parts above them.
 * Both are tables, so that a file of megabytes costs little more than its bytes; `statementsOf` gives them as
 * typed values.
 */
export interface GrubScript {
  /** latin1, one character a byte. */
  readonly text: string;
  readonly tokens: TokenTable;
  readonly nodes: NodeTable;
}

/** Bytes of the script's text, from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Commands that stand together: the script, a block in braces, the body of a loop. */
export interface StatementList {
  readonly node: number;
}

/** A command line, `menuentry` and `submenu` included. */
export interface Command extends Span {
  readonly kind: 'command';
  readonly words: readonly Span[];
  /** What stands in braces behind the words. */
  readonly block: StatementList | undefined;
}

/** `if … then … elif … then … else … fi` */
export interface IfStatement extends Span {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: StatementList; readonly body: StatementList }[];
  readonly otherwise: StatementList | undefined;
}

/** `for name in words; do … done` */
export interface ForStatement extends Span {
  readonly kind: 'for';
  readonly name: string;
  readonly words: readonly Span[];
  readonly body: StatementList;
}

/** `while … do … done` and `until … do … done` */
export interface LoopStatement extends Span {
  readonly kind: 'while' | 'until';
  readonly condition: StatementList;
  readonly body: StatementList;
}

/** `function name { … }` */
export interface FunctionDefinition extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly body: StatementList;
}

export type Statement = Command | IfStatement | ForStatement | LoopStatement | FunctionDefinition;

/** The list of the whole script. */
export const wholeScript: StatementList = { node: 0 };

/** The bytes of a span as GRUB's lexer gets them: without carriage returns and lines that begin with `#`. */
export function readSpan(script: GrubScript, span: Span): string {
  const bytes = script.text.slice(span.start, span.end);
  return bytes.includes('\n') || bytes.includes('\r') ? readInsideLine(bytes).text : bytes;
}

function childrenOf(nodes: NodeTable, node: number): number[] {
  const children: number[] = [];
  const end = nodes.nextNodes[node] ?? 0;
  for (let child = node + 1; child < end; child = nodes.nextNodes[child] ?? end) children.push(child);
  return children;
}

/** The words of a node's own command line: up to its first child, or to the end of the line. */
function wordsOf(script: GrubScript, node: number): Span[] {
  const { tokens, nodes } = script;
  const hasChild = (nodes.nextNodes[node] ?? 0) > node + 1;
  const end = (hasChild ? nodes.firstTokens[node + 1] : nodes.endTokens[node]) ?? 0;
  const words: Span[] = [];
  for (let token = nodes.firstTokens[node] ?? 0; token < end; token += 1) {
    const kind = tokens.kinds[token];
    if (kind === tokenKind.newline || kind === tokenKind.semicolon) break;
    if (kind === tokenKind.word)
      words.push({ start: tokenStart(tokens, token), end: tokens.ends[token] ?? 0 });
  }
  return words;
}

function nameOf(script: GrubScript, words: readonly Span[]): string {
  const name = words[1];
  return name === undefined ? '' : readSpan(script, name);
}

function listAt(children: readonly number[], index: number): StatementList {
  return { node: children[index] ?? 0 };
}

function ifStatement(children: readonly number[], span: Span): IfStatement {
  const branches: { condition: StatementList; body: StatementList }[] = [];
  for (let index = 0; index + 1 < children.length; index += 2) {
    branches.push({ condition: listAt(children, index), body: listAt(children, index + 1) });
  }
  const last = children.length - 1;
  const otherwise = children.length % 2 === 1 ? listAt(children, last) : undefined;
  return { kind: 'if', branches, otherwise, ...span };
}

function statementAt(script: GrubScript, node: number): Statement {
  const { tokens, nodes } = script;
  const start = tokenStart(tokens, nodes.firstTokens[node] ?? 0);
  const end = tokens.ends[(nodes.endTokens[node] ?? 0) - 1] ?? start;
  const children = childrenOf(nodes, node);
  const first = listAt(children, 0);
  switch (nodes.kinds[node]) {
    case nodeKind.if:
      return ifStatement(children, { start, end });
    case nodeKind.for: {
      const words = wordsOf(script, node);
      return { kind: 'for', name: nameOf(script, words), words: words.slice(3), body: first, start, end };
    }
    case nodeKind.while:
      return { kind: 'while', condition: first, body: listAt(children, 1), start, end };
    case nodeKind.until:
      return { kind: 'until', condition: first, body: listAt(children, 1), start, end };
    case nodeKind.function:
      return { kind: 'function', name: nameOf(script, wordsOf(script, node)), body: first, start, end };
    default: {
      const block = children.length === 0 ? undefined : first;
      return { kind: 'command', words: wordsOf(script, node), block, start, end };
    }
  }
}

/** The commands of a list, in the order of the file. */
export function statementsOf(script: GrubScript, list: StatementList = wholeScript): Statement[] {
  return childrenOf(script.nodes, list.node).map((node) => statementAt(script, node));
}

/**
 * The text of a script, put together from its leaves: for what `parseGrubScript` gave, the very text it was
 * given.
 */
export function printGrubScript(script: GrubScript): string {
  const { tokens, text } = script;
  const pieces: string[] = [];
  let start = 0;
  for (let token = 0; token < tokens.count; token += 1) {
    const end = tokens.ends[token] ?? start;
    if (end - start < 65_536 && token + 1 < tokens.count) continue;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces.join('');
}
