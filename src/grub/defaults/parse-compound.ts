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
import { skipBlanks, skipLines, takeKeyword, wordAhead } from './lines.ts';
import { parseWord } from './parse-word.ts';
import { parseRedirections } from './redirection.ts';
import type {
  BashTest,
  CaseCommand,
  Command,
  ForCommand,
  FunctionDefinition,
  GroupCommand,
  IfCommand,
  List,
  LoopCommand,
  Word,
} from './syntax.ts';

/** The compound command at the cursor, undefined where none starts: POSIX.1-2017, 2.9.4, and bash's. */
export function parseCompoundCommand(cursor: Cursor): Command | undefined {
  if (startsWith(cursor, '((')) return parseArithmeticCommand(cursor);
  if (peek(cursor) === '(') return parseGroup(cursor, 'subshell');
  switch (wordAhead(cursor)) {
    case '{':
      return parseGroup(cursor, 'group');
    case 'if':
      return parseIf(cursor);
    case 'case':
      return parseCase(cursor);
    case 'for':
    case 'select':
      return parseFor(cursor);
    case 'while':
      return parseLoop(cursor, 'while');
    case 'until':
      return parseLoop(cursor, 'until');
    case 'function':
      return parseFunctionKeyword(cursor);
    case '[[':
      return parseBashTest(cursor);
    case '!':
    case '}':
    case 'then':
    case 'elif':
    case 'else':
    case 'fi':
    case 'do':
    case 'done':
    case 'esac':
    case 'in':
    case 'coproc':
      fail(cursor, 'syntax');
      return undefined;
    default:
      return undefined;
  }
}

function parseGroup(cursor: Cursor, kind: 'group' | 'subshell'): GroupCommand {
  return takeNode(cursor, () => {
    takeMark(cursor, kind === 'group' ? '{' : '(');
    const body = parseBody(cursor, kind === 'group' ? ['}'] : []);
    if (!takeMark(cursor, kind === 'group' ? '}' : ')')) fail(cursor, 'syntax');
    return { kind, body, redirections: parseRedirections(cursor) };
  });
}

function parseIf(cursor: Cursor): IfCommand {
  return takeNode(cursor, () => {
    const branches: { condition: List; body: List }[] = [];
    for (let keyword = 'if'; keyword !== ''; keyword = wordAhead(cursor) === 'elif' ? 'elif' : '') {
      takeKeyword(cursor, keyword);
      const condition = parseBody(cursor, ['then']);
      takeKeyword(cursor, 'then');
      branches.push({ condition, body: parseBody(cursor, ['elif', 'else', 'fi']) });
    }
    const hasElse = wordAhead(cursor) === 'else' && takeMark(cursor, 'else');
    const otherwise = hasElse ? parseBody(cursor, ['fi']) : undefined;
    takeKeyword(cursor, 'fi');
    return { kind: 'if', branches, otherwise, redirections: parseRedirections(cursor) };
  });
}

function parseDoGroup(cursor: Cursor): List {
  takeKeyword(cursor, 'do');
  const body = parseBody(cursor, ['done']);
  takeKeyword(cursor, 'done');
  return body;
}

function parseLoop(cursor: Cursor, kind: 'while' | 'until'): LoopCommand {
  return takeNode(cursor, () => {
    takeKeyword(cursor, kind);
    const condition = parseBody(cursor, ['do']);
    const body = parseDoGroup(cursor);
    return { kind, condition, body, redirections: parseRedirections(cursor) };
  });
}

function parseFor(cursor: Cursor): ForCommand {
  return takeNode(cursor, () => {
    if (takeMark(cursor, 'select')) cursor.bashSyntax.push(cursor.offset - 'select'.length);
    else takeMark(cursor, 'for');
    skipBlanks(cursor);
    const name = takeLeaf(cursor, 'mark', nameEnd(cursor.text, cursor.offset)).text;
    if (name === '' || !endsWord(peek(cursor)) || peek(cursor) === '(') fail(cursor, 'syntax');
    skipLines(cursor);
    const words = wordAhead(cursor) === 'in' ? parseForWords(cursor) : [];
    takeMark(cursor, ';');
    const body = parseDoGroup(cursor);
    return { kind: 'for', name, words, body, redirections: parseRedirections(cursor) };
  });
}

function parseForWords(cursor: Cursor): readonly Word[] {
  const words: Word[] = [];
  takeMark(cursor, 'in');
  skipBlanks(cursor);
  while (!endsWord(peek(cursor)) && peek(cursor) !== '#') {
    words.push(parseWord(cursor));
    skipBlanks(cursor);
  }
  if (!';\n#'.includes(peek(cursor)) || startsWith(cursor, ';;')) fail(cursor, 'syntax');
  return words;
}

function parseCase(cursor: Cursor): CaseCommand {
  return takeNode(cursor, () => {
    takeMark(cursor, 'case');
    skipBlanks(cursor);
    const subject = parseWord(cursor);
    if (subject.parts.length === 0) fail(cursor, 'syntax');
    takeKeyword(cursor, 'in');
    skipLines(cursor);
    const branches: { patterns: readonly Word[]; body: List }[] = [];
    let fallsThrough = false;
    while (!isAtEnd(cursor) && wordAhead(cursor) !== 'esac') {
      const patterns = parsePatterns(cursor);
      branches.push({ patterns, body: cursor.grammar.parseList(cursor, ['esac']) });
      const end = takeBranchEnd(cursor);
      fallsThrough ||= end === 'bash';
      skipLines(cursor);
      if (end === undefined) break;
    }
    takeKeyword(cursor, 'esac');
    return { kind: 'case', subject, branches, fallsThrough, redirections: parseRedirections(cursor) };
  });
}

function takeBranchEnd(cursor: Cursor): 'posix' | 'bash' | undefined {
  const start = cursor.offset;
  if (takeMark(cursor, ';;&') || takeMark(cursor, ';&')) {
    cursor.bashSyntax.push(start);
    return 'bash';
  }
  return takeMark(cursor, ';;') ? 'posix' : undefined;
}

function parsePatterns(cursor: Cursor): readonly Word[] {
  const patterns: Word[] = [];
  takeMark(cursor, '(');
  do {
    skipBlanks(cursor);
    if (peek(cursor) === '#') fail(cursor, 'syntax');
    const pattern = parseWord(cursor);
    if (pattern.parts.length === 0) fail(cursor, 'syntax');
    patterns.push(pattern);
    skipBlanks(cursor);
  } while (takeMark(cursor, '|'));
  if (!takeMark(cursor, ')')) fail(cursor, 'syntax');
  return patterns;
}

function parseFunctionKeyword(cursor: Cursor): FunctionDefinition {
  cursor.bashSyntax.push(cursor.offset);
  return takeNode(cursor, () => {
    takeMark(cursor, 'function');
    skipBlanks(cursor);
    const name = takeLeaf(cursor, 'mark', nameEnd(cursor.text, cursor.offset)).text;
    if (name === '' || !endsWord(peek(cursor))) fail(cursor, 'shells-differ');
    skipBlanks(cursor);
    if (takeMark(cursor, '(')) {
      skipBlanks(cursor);
      if (!takeMark(cursor, ')')) fail(cursor, 'syntax');
    }
    return { kind: 'function', name, body: parseCompoundBody(cursor) };
  });
}

/**
 * bash's `[[ … ]]`, in which brackets, bars, `<`, `>` and `&&` belong to the test; what the test says is not asked
 * for. For dash `[[` is the name of a command, so that brackets behind it are an error.
 */
function parseBashTest(cursor: Cursor): BashTest {
  return takeNode(cursor, () => {
    takeMark(cursor, '[[');
    const words: Word[] = [];
    skipLines(cursor);
    while (!isAtEnd(cursor) && !(startsWith(cursor, ']]') && endsWord(peek(cursor, 2)))) {
      if (peek(cursor) === '(') cursor.bashSyntax.push(cursor.offset);
      if (['&&', '||', '(', ')', '|', '<', '>'].some((mark) => takeMark(cursor, mark))) skipLines(cursor);
      else if (endsWord(peek(cursor))) fail(cursor, 'syntax');
      else words.push(parseWord(cursor));
      skipLines(cursor);
    }
    if (!takeMark(cursor, ']]')) fail(cursor, 'syntax');
    return { kind: 'bash-test', words, redirections: parseRedirections(cursor) };
  });
}

/** bash's `(( … ))`; for dash two subshells, so it is refused where the brackets close apart. */
function parseArithmeticCommand(cursor: Cursor): BashTest {
  const start = cursor.offset;
  return takeNode(cursor, () => {
    takeMark(cursor, '((');
    let depth = 0;
    while (!isAtEnd(cursor) && !(depth === 0 && startsWith(cursor, '))'))) {
      const character = peek(cursor);
      if (character === '(') depth += 1;
      if (character === ')') depth -= 1;
      if (depth < 0 || '\'"\\`#'.includes(character)) fail(cursor, 'shells-differ', start);
      else takeLeaf(cursor, 'mark', cursor.offset + 1);
    }
    if (!takeMark(cursor, '))')) fail(cursor, 'shells-differ', start);
    return { kind: 'arithmetic-command', words: [], redirections: parseRedirections(cursor) };
  });
}

/** A list that must not be empty, as between `then` and `fi`. */
function parseBody(cursor: Cursor, until: readonly string[]): List {
  const list = cursor.grammar.parseList(cursor, until);
  if (list.items.length === 0) fail(cursor, 'syntax');
  return list;
}

/** The command of a function: a compound one in both shells. */
export function parseCompoundBody(cursor: Cursor): Command {
  skipLines(cursor);
  const body = parseCompoundCommand(cursor);
  if (body !== undefined) return body;
  fail(cursor, 'syntax');
  return parseGroup(cursor, 'group');
}
