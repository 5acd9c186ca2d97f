import { nameEnd } from '../word/name-characters.ts';
import { type Cursor, endsWord, fail, peek, startsWith, takeLeaf, takeMark } from './cursor.ts';
import { takeNewline } from './here-document.ts';

/** Blanks and continued lines. */
export function skipBlanks(cursor: Cursor): void {
  while (true) {
    let end = cursor.offset;
    while (cursor.text.charAt(end) === ' ' || cursor.text.charAt(end) === '\t') end += 1;
    if (end > cursor.offset) takeLeaf(cursor, 'blank', end);
    else if (startsWith(cursor, '\\\n')) takeLeaf(cursor, 'continuation', cursor.offset + 2);
    else return;
  }
}

/** Blanks, comments, empty lines, and the here-documents that start after a line. */
export function skipLines(cursor: Cursor): void {
  while (true) {
    skipBlanks(cursor);
    if (peek(cursor) === '#') {
      const newline = cursor.text.indexOf('\n', cursor.offset);
      takeLeaf(cursor, 'comment', newline === -1 ? cursor.text.length : newline);
    }
    if (peek(cursor) !== '\n') return;
    takeNewline(cursor);
  }
}

/** The name, `{`, `}`, `!` or `[[` at the cursor if it is a whole word; '' otherwise. */
export function wordAhead(cursor: Cursor): string {
  for (const mark of ['{', '}', '!', '[[']) {
    if (startsWith(cursor, mark) && endsWord(peek(cursor, mark.length))) return mark;
  }
  const end = nameEnd(cursor.text, cursor.offset);
  return endsWord(cursor.text.charAt(end)) ? cursor.text.slice(cursor.offset, end) : '';
}

/** Read a keyword that has to follow, newlines and comments in front of it included; else fail. */
export function takeKeyword(cursor: Cursor, keyword: string): void {
  skipLines(cursor);
  if (wordAhead(cursor) !== keyword || !takeMark(cursor, keyword)) fail(cursor, 'syntax');
}
