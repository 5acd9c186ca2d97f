import { excerpt, positionAt } from '../text-position.ts';
import type {
  DefaultsSyntaxCode,
  DefaultsSyntaxProblem,
  Leaf,
  LeafKind,
  List,
  Span,
  SyntaxElement,
  SyntaxNode,
} from './syntax.ts';

/** Nodes inside nodes: some sixty levels of commands, which a file of settings never reaches and the stack holds. */
const deepestNesting = 500;

/** A here-document that was asked for and whose lines follow the line that is being read. */
export interface PendingHereDocument {
  readonly delimiter: string;
  readonly isQuoted: boolean;
  readonly stripsTabs: boolean;
  readonly offset: number;
}

/**
 * Where the parser stands. The first problem is kept and moves the cursor to the end of the text, so that every
 * loop of the parser ends by itself and no function needs to hand a failure up.
 */
export interface Cursor {
  readonly text: string;
  offset: number;
  depth: number;
  problem: DefaultsSyntaxProblem | undefined;
  /** The children of the node that is being read. */
  children: SyntaxElement[];
  pendingHereDocuments: PendingHereDocument[];
  /** Offsets of what only bash parses. */
  readonly bashSyntax: number[];
  /** The grammar's lists, which words hold in `$(…)` and compound commands as bodies. */
  readonly grammar: Grammar;
}

/** What the parts of the grammar need of one another, so that their files need not import each other. */
export interface Grammar {
  /** Commands until one of the keywords, `)`, `;;` or the end of the text. */
  readonly parseList: (cursor: Cursor, until: readonly string[]) => List;
}

/** A cursor in front of a text's first byte; `depth` counts the nesting around it. */
export function cursorAtStart(text: string, depth: number, grammar: Grammar): Cursor {
  return {
    text,
    offset: 0,
    depth,
    problem: undefined,
    children: [],
    pendingHereDocuments: [],
    bashSyntax: [],
    grammar,
  };
}

/** Whether nothing is left to read. */
export function isAtEnd(cursor: Cursor): boolean {
  return cursor.offset >= cursor.text.length;
}

/** The character at the cursor, or so many behind it; '' past the end. */
export function peek(cursor: Cursor, ahead = 0): string {
  return cursor.text.charAt(cursor.offset + ahead);
}

/** Whether the text goes on like this at the cursor. */
export function startsWith(cursor: Cursor, text: string): boolean {
  return cursor.text.startsWith(text, cursor.offset);
}

/** Note a problem, unless there is one already, and stop reading. */
export function fail(cursor: Cursor, code: DefaultsSyntaxCode, offset = cursor.offset): void {
  if (cursor.problem === undefined) {
    cursor.problem = { code, at: positionAt(cursor.text, offset), found: excerpt(cursor.text, offset) };
  }
  cursor.offset = cursor.text.length;
}

/** Make the bytes up to `end` a leaf of the node that is being read. */
export function takeLeaf<Kind extends LeafKind>(cursor: Cursor, kind: Kind, end: number): Leaf<Kind> {
  const leaf = { kind, offset: cursor.offset, text: cursor.text.slice(cursor.offset, end) };
  if (leaf.text !== '') cursor.children.push(leaf);
  // Never back: a problem has moved the cursor to the end of the text.
  cursor.offset = Math.max(cursor.offset, end);
  return leaf;
}

/** Take an operator, bracket or keyword if it stands here. */
export function takeMark(cursor: Cursor, text: string): boolean {
  if (!startsWith(cursor, text)) return false;
  takeLeaf(cursor, 'mark', cursor.offset + text.length);
  return true;
}

/** Read one node: everything that `read` takes becomes its children. */
export function takeNode<Node extends SyntaxNode>(
  cursor: Cursor,
  read: () => Omit<Node, Exclude<keyof Span, 'kind'>>,
): Node {
  const outer = cursor.children;
  const offset = cursor.offset;
  const children: SyntaxElement[] = [];
  cursor.children = children;
  cursor.depth += 1;
  if (cursor.depth > deepestNesting) fail(cursor, 'too-deep');
  const fields = read();
  cursor.depth -= 1;
  cursor.children = outer;
  const node = { ...fields, offset, end: cursor.offset, children } as unknown as Node;
  outer.push(node);
  return node;
}

/** Whether an unquoted word ends here: POSIX.1-2017, 2.3 Token Recognition. '' stands for the end of the text. */
export function endsWord(character: string): boolean {
  return character === '' || ' \t\n;&|<>()'.includes(character);
}
