import type { Quoting } from './value.ts';

/** Text as the shell must find it in that quoting; undefined where it cannot be written there. */
export function quoteForShell(text: string, quoting: Quoting): string | undefined {
  switch (quoting) {
    case 'double':
      return escapeInDoubleQuotes(text);
    case 'single':
      return text.includes("'") ? undefined : text;
    case 'unquoted':
      return isSafeUnquoted(text) ? text : `"${escapeInDoubleQuotes(text)}"`;
    case 'fixed':
      return undefined;
  }
}

/** POSIX.1-2017, 2.2.3: what a backslash keeps from its meaning between double quotes. */
function escapeInDoubleQuotes(text: string): string {
  let quoted = '';
  for (const byte of text) quoted += '"\\$`'.includes(byte) ? `\\${byte}` : byte;
  return quoted;
}

/** Whether the shell takes every byte for itself outside quotes. */
export function isSafeUnquoted(text: string): boolean {
  return [...text].every((byte) => isAlphanumeric(byte) || '_./:=,+-@%'.includes(byte) || byte > '\x7f');
}

function isAlphanumeric(byte: string): boolean {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
