import { readFileSync } from 'node:fs';
import { hasShared, sharedPath } from './available.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\\': '\\' };

/** The bytes that a column of a recorded table stands for, latin1. */
export function unescapeColumn(column: string): string {
  let text = '';
  for (let at = 0; at < column.length; at += 1) {
    const next = column.charAt(at + 1);
    if (column[at] !== '\\') {
      text += Buffer.from(String.fromCodePoint(column.codePointAt(at) ?? 0)).toString('latin1');
      if ((column.codePointAt(at) ?? 0) > 0xffff) at += 1;
    } else if (next === 'x') {
      text += String.fromCharCode(Number.parseInt(column.slice(at + 2, at + 4), 16));
      at += 3;
    } else {
      text += escapes[next] ?? '';
      at += 1;
    }
  }
  return text;
}

/** The rows of a recorded table, without its header; none where it is missing and may be. */
export function recordedRows(name: string): string[][] {
  if (!hasShared(`facts/oracle/${name}`)) return [];
  const lines = readFileSync(sharedPath(`facts/oracle/${name}`), 'utf8')
    .split('\n')
    .slice(1, -1);
  return lines.map((line) => line.split('\t'));
}
