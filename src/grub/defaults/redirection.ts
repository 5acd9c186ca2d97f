import { isDigit } from '../word/name-characters.ts';
import { type Cursor, fail, peek, startsWith, takeLeaf, takeMark, takeNode } from './cursor.ts';
import { skipBlanks } from './lines.ts';
import { mayAssign, parseWord } from './parse-word.ts';
import type { Redirection, Word } from './syntax.ts';

/** Longest first. POSIX.1-2017, 2.7; `<<<`, `&>` and `&>>` are bash's. */
const operators = ['<<<', '<<-', '<<', '<&', '<>', '<', '&>>', '&>', '>>', '>&', '>|', '>'];

/** Whether a redirection follows, its number included. */
export function isRedirectionAhead(cursor: Cursor): boolean {
  const next = cursor.text.charAt(digitsEnd(cursor));
  return next === '<' || next === '>' || startsWith(cursor, '&>');
}

function digitsEnd(cursor: Cursor): number {
  let end = cursor.offset;
  while (isDigit(cursor.text.charAt(end))) end += 1;
  return end;
}

/** Read all redirections that follow, blanks between them included. */
export function parseRedirections(cursor: Cursor): readonly Redirection[] {
  const redirections: Redirection[] = [];
  skipBlanks(cursor);
  while (isRedirectionAhead(cursor)) {
    redirections.push(parseRedirection(cursor));
    skipBlanks(cursor);
  }
  return redirections;
}

/** Read one redirection; one that dash and bash take differently fails with `shells-differ`. */
export function parseRedirection(cursor: Cursor): Redirection {
  const start = cursor.offset;
  return takeNode(cursor, () => {
    // For dash a number of two digits is a word.
    if (digitsEnd(cursor) > start + 1) fail(cursor, 'shells-differ');
    takeLeaf(cursor, 'mark', digitsEnd(cursor));
    const operator = operators.find((candidate) => takeMark(cursor, candidate)) ?? '';
    // bash's process substitution, and operators over two lines, which only dash joins.
    if (peek(cursor) === '(' || startsWith(cursor, '\\\n')) fail(cursor, 'shells-differ', start);
    if (operator === '<<<') cursor.bashSyntax.push(start);
    skipBlanks(cursor);
    if (peek(cursor) === '#' || isRedirectionAhead(cursor)) fail(cursor, 'syntax');
    const target = parseWord(cursor);
    if (target.parts.length === 0) fail(cursor, 'syntax');
    if (mayAssign(target.parts)) fail(cursor, 'shells-differ', start);
    if (operator === '<<' || operator === '<<-') expectHereDocument(cursor, operator, target);
    return { kind: 'redirection', operator, target };
  });
}

function expectHereDocument(cursor: Cursor, operator: '<<' | '<<-', target: Word): void {
  let delimiter = '';
  let isQuoted = false;
  for (const part of target.parts) {
    if (part.kind === 'literal') delimiter += part.text;
    else if (part.kind === 'escape') delimiter += part.text.slice(1);
    else if (part.kind === 'single-quoted') delimiter += part.text.slice(1, -1);
    else if (part.kind === 'double-quoted' && !part.hasDollar) delimiter += plainText(cursor, part.parts);
    else fail(cursor, 'shells-differ', target.offset);
    isQuoted ||= part.kind !== 'literal';
  }
  if (delimiter.includes('\n')) fail(cursor, 'shells-differ', target.offset);
  const stripsTabs = operator === '<<-';
  cursor.pendingHereDocuments.push({ delimiter, isQuoted, stripsTabs, offset: target.offset });
}

function plainText(cursor: Cursor, parts: Word['parts']): string {
  let text = '';
  for (const part of parts) {
    if (part.kind === 'literal') text += part.text;
    else fail(cursor, 'shells-differ');
  }
  return text;
}
