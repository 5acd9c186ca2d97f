import { nameEnd } from '../word/name-characters.ts';
import {
  type Cursor,
  endsWord,
  fail,
  isAtEnd,
  peek,
  startsWith,
  takeLeaf,
  takeMark,
  takeNode,
} from './cursor.ts';
import { skipBlanks, skipLines, wordAhead } from './lines.ts';
import { parseCompoundBody, parseCompoundCommand } from './parse-compound.ts';
import { parseWord } from './parse-word.ts';
import { isRedirectionAhead, parseRedirection } from './redirection.ts';
import type {
  AndOr,
  ArrayValue,
  Assignment,
  Command,
  FunctionDefinition,
  List,
  Pipeline,
  Redirection,
  SimpleCommand,
  Word,
} from './syntax.ts';

/**
 * Commands until one of the keywords `until`, `)`, `;;` or the end of the text; may be empty.
 * POSIX.1-2017, 2.10.2: program and compound_list.
 */
export function parseList(cursor: Cursor, until: readonly string[]): List {
  return takeNode(cursor, () => {
    const items: AndOr[] = [];
    skipLines(cursor);
    while (!isListEnd(cursor, until)) {
      const item = parseAndOr(cursor);
      items.push(item);
      const isSeparated = item.separator !== undefined || peek(cursor) === '\n' || peek(cursor) === '#';
      if (!isSeparated && !isListEnd(cursor, until)) fail(cursor, 'syntax');
      skipLines(cursor);
    }
    return { kind: 'list', items };
  });
}

function isListEnd(cursor: Cursor, until: readonly string[]): boolean {
  if (isAtEnd(cursor) || peek(cursor) === ')') return true;
  if (startsWith(cursor, ';;') || startsWith(cursor, ';&')) return true;
  const word = wordAhead(cursor);
  return word !== '' && until.includes(word);
}

function parseAndOr(cursor: Cursor): AndOr {
  return takeNode(cursor, () => {
    const first = parsePipeline(cursor);
    const rest: { operator: '&&' | '||'; pipeline: Pipeline }[] = [];
    while (!isAtEnd(cursor)) {
      const operator = takeMark(cursor, '&&') ? '&&' : takeMark(cursor, '||') ? '||' : undefined;
      if (operator === undefined) break;
      skipLines(cursor);
      rest.push({ operator, pipeline: parsePipeline(cursor) });
    }
    return { kind: 'and-or', first, rest, separator: takeSeparator(cursor) };
  });
}

function takeSeparator(cursor: Cursor): ';' | '&' | undefined {
  if (startsWith(cursor, ';;') || startsWith(cursor, ';&')) return undefined;
  if (takeMark(cursor, ';')) {
    skipBlanks(cursor);
    return ';';
  }
  if (!takeMark(cursor, '&')) return undefined;
  skipBlanks(cursor);
  return '&';
}

function parsePipeline(cursor: Cursor): Pipeline {
  return takeNode(cursor, () => {
    const isNegated = wordAhead(cursor) === '!' && takeMark(cursor, '!');
    if (isNegated) skipBlanks(cursor);
    const commands = [parseCommand(cursor)];
    while (peek(cursor) === '|' && peek(cursor, 1) !== '|') {
      const start = cursor.offset;
      takeMark(cursor, '|');
      if (takeMark(cursor, '&')) cursor.bashSyntax.push(start);
      skipLines(cursor);
      commands.push(parseCommand(cursor));
    }
    return { kind: 'pipeline', isNegated, commands };
  });
}

/** One command with the blanks behind it. */
function parseCommand(cursor: Cursor): Command {
  const command = parseCompoundCommand(cursor) ?? parseSimpleCommand(cursor);
  skipBlanks(cursor);
  return command;
}

function parseSimpleCommand(cursor: Cursor): SimpleCommand | FunctionDefinition {
  const start = cursor.offset;
  return takeNode(cursor, () => {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const declarations: Assignment[] = [];
    const redirections: Redirection[] = [];
    while (true) {
      skipBlanks(cursor);
      if (isRedirectionAhead(cursor)) redirections.push(parseRedirection(cursor));
      else if (endsWord(peek(cursor)) || peek(cursor) === '#') break;
      else if (words.length === 0 && isSubscriptAhead(cursor)) fail(cursor, 'shells-differ');
      else if (words.length === 0 && assignmentOperatorAhead(cursor) !== undefined) {
        assignments.push(parseAssignment(cursor));
      } else if (isDeclaration(words[0]) && assignmentOperatorAhead(cursor) !== undefined) {
        declarations.push(parseAssignment(cursor));
      } else {
        words.push(parseWord(cursor));
        if (words.length === 1) refuseJoinedName(cursor, words[0]);
      }
    }
    if (peek(cursor) === '(' && words.length === 1 && assignments.length + redirections.length === 0) {
      return parseFunctionBody(cursor, start);
    }
    const isEmpty = assignments.length + words.length + redirections.length === 0;
    if (isEmpty || peek(cursor) === '(') fail(cursor, 'syntax');
    return { kind: 'simple-command', assignments, words, declarations, redirections };
  });
}

/** Whether the command takes `name=value` arguments without splitting them: POSIX.1-2024, 2.9.1.1. */
function isDeclaration(word: Word | undefined): boolean {
  const part = word?.parts.length === 1 ? word.parts[0] : undefined;
  if (part?.kind !== 'literal') return false;
  return ['export', 'readonly', 'local', 'declare', 'typeset'].includes(part.text);
}

/** A name that goes on behind a continued line may be a keyword or an assignment for one of the shells. */
function refuseJoinedName(cursor: Cursor, word: Word | undefined): void {
  if (word?.parts.some((part) => part.kind === 'continuation')) fail(cursor, 'shells-differ', word.offset);
}

function parseFunctionBody(
  cursor: Cursor,
  start: number,
): { readonly kind: 'function'; readonly name: string; readonly body: Command } {
  const end = nameEnd(cursor.text, start);
  takeMark(cursor, '(');
  skipBlanks(cursor);
  // dash wants a name here, bash takes almost anything.
  if (end === start || !' \t\\('.includes(cursor.text.charAt(end))) fail(cursor, 'shells-differ', start);
  if (!takeMark(cursor, ')')) fail(cursor, 'syntax');
  return { kind: 'function', name: cursor.text.slice(start, end), body: parseCompoundBody(cursor) };
}

function assignmentOperatorAhead(cursor: Cursor): '=' | '+=' | undefined {
  const end = nameEnd(cursor.text, cursor.offset);
  if (end === cursor.offset) return undefined;
  if (cursor.text.charAt(end) === '=') return '=';
  return cursor.text.startsWith('+=', end) ? '+=' : undefined;
}

/** bash reads `name[` in front of a command up to the `]`, over blanks and lines. */
function isSubscriptAhead(cursor: Cursor): boolean {
  const end = nameEnd(cursor.text, cursor.offset);
  return end > cursor.offset && cursor.text.charAt(end) === '[';
}

function parseAssignment(cursor: Cursor): Assignment {
  return takeNode(cursor, () => {
    const name = takeLeaf(cursor, 'mark', nameEnd(cursor.text, cursor.offset)).text;
    const operator = takeMark(cursor, '+=') ? '+=' : '=';
    if (operator === '=') takeMark(cursor, '=');
    const value = peek(cursor) === '(' ? parseArray(cursor) : parseWord(cursor);
    return { kind: 'assignment', name, operator, value };
  });
}

function parseArray(cursor: Cursor): ArrayValue {
  cursor.bashSyntax.push(cursor.offset);
  return takeNode(cursor, () => {
    takeMark(cursor, '(');
    skipLines(cursor);
    while (!isAtEnd(cursor) && peek(cursor) !== ')') {
      if (endsWord(peek(cursor))) fail(cursor, 'syntax');
      if (peek(cursor) === '[') fail(cursor, 'shells-differ');
      parseWord(cursor);
      skipLines(cursor);
    }
    if (!takeMark(cursor, ')') || !endsWord(peek(cursor))) fail(cursor, 'syntax');
    return { kind: 'array' };
  });
}
