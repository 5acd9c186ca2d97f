import type { Quoting } from './value.ts';

/**
 * A word in GRUB's quoting; undefined where GRUB cannot hand it to the kernel as it is, because it puts a
 * backslash in front of quotes and backslashes and leaves other white space than blanks to split the word.
 *
 * Source: grub-core/lib/cmdline.c (grub_create_loader_cmdline), grub-core/script/yylex.l.
 */
export function quoteForGrub(word: string): string | undefined {
  if (word === '' || hasAny(word, '\'"\\\x7f') || [...word].some((byte) => byte < ' ')) return undefined;
  const text = word.replaceAll('$', '\\$');
  if (!isSpecial(word)) return text;
  // `name="a b"` is how people write it; GRUB joins the pieces of a word.
  const value = text.indexOf('=') + 1;
  return isSpecial(text.slice(0, value)) ? `"${text}"` : `${text.slice(0, value)}"${text.slice(value)}"`;
}

function isSpecial(word: string): boolean {
  return hasAny(word, ' ;{}|&<>*?') || word.startsWith('#') || word === '[[' || word === ']]';
}

function hasAny(text: string, bytes: string): boolean {
  return [...text].some((byte) => bytes.includes(byte));
}

/** Text as the shell must find it in that quoting; undefined where it cannot be written there. */
export function quoteForShell(text: string, quoting: Quoting): string | undefined {
  switch (quoting) {
    case 'double': {
      let quoted = '';
      for (const byte of text) quoted += '"\\$`'.includes(byte) ? `\\${byte}` : byte;
      return quoted;
    }
    case 'single':
      return text.includes("'") ? undefined : text;
    case 'unquoted':
      return isSafeUnquoted(text) ? text : `"${quoteForShell(text, 'double')}"`;
    case 'fixed':
      return undefined;
  }
}

/** Whether the shell takes every byte for itself outside quotes. */
export function isSafeUnquoted(text: string): boolean {
  return [...text].every((byte) => isAlphanumeric(byte) || '_./:=,+-@%'.includes(byte) || byte > '\x7f');
}

function isAlphanumeric(byte: string): boolean {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
