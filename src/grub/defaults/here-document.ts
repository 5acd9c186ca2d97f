import { type Cursor, fail, isAtEnd, type PendingHereDocument, takeLeaf, takeNode } from './cursor.ts';
import { parseHereDocumentText } from './parse-word.ts';

/** The end of a line, and the here-documents that it asked for: POSIX.1-2017, 2.7.4. */
export function takeNewline(cursor: Cursor): void {
  takeLeaf(cursor, 'newline', cursor.offset + 1);
  const pending = cursor.pendingHereDocuments;
  cursor.pendingHereDocuments = [];
  for (const hereDocument of pending) takeHereDocument(cursor, hereDocument);
}

function takeHereDocument(cursor: Cursor, hereDocument: PendingHereDocument): void {
  if (cursor.problem !== undefined) return;
  const delimiterAt = findDelimiter(cursor, hereDocument);
  if (delimiterAt === undefined) {
    fail(cursor, 'unclosed-here-document', hereDocument.offset);
    return;
  }
  takeNode(cursor, () => {
    if (hereDocument.isQuoted) takeLeaf(cursor, 'literal', delimiterAt);
    const parts = hereDocument.isQuoted ? [] : parseHereDocumentText(cursor, delimiterAt);
    takeLeaf(cursor, 'mark', lineEnd(cursor.text, cursor.offset));
    if (!isAtEnd(cursor)) takeLeaf(cursor, 'newline', cursor.offset + 1);
    return { kind: 'here-document', parts };
  });
}

/** The offset of the line that is the delimiter; a line that a backslash joins to the one before is none. */
function findDelimiter(cursor: Cursor, hereDocument: PendingHereDocument): number | undefined {
  let isJoined = false;
  for (let start = cursor.offset; start < cursor.text.length; ) {
    const end = lineEnd(cursor.text, start);
    let content = start;
    if (hereDocument.stripsTabs) while (cursor.text.charAt(content) === '\t') content += 1;
    if (!isJoined && cursor.text.slice(content, end) === hereDocument.delimiter) return start;
    isJoined = !hereDocument.isQuoted && endsInBackslash(cursor.text, start, end);
    start = end + 1;
  }
  return undefined;
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline;
}

function endsInBackslash(text: string, start: number, end: number): boolean {
  let backslashes = 0;
  while (end - 1 - backslashes >= start && text.charAt(end - 1 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
