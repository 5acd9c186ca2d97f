import { loaderWord } from '../script/loader-cmdline.ts';
import { quoteGrubWord } from '../script/quote-word.ts';
import type { Quoting } from './value.ts';

/**
 * A word in GRUB's quoting, with backslashes and double quotes only, so that it also fits between the shell's
 * single quotes; undefined where the kernel would not get it as it is.
 *
 * Source: grub-core/script/yylex.l; what cannot be written is decided by `quoteGrubWord` and `loaderWord`.
 */
export function writeGrubWord(word: string): string | undefined {
  if (word === '' || !quoteGrubWord(word).ok || loaderWord(word).replaceAll('"', '') !== word)
    return undefined;
  const text = word.replaceAll('$', '\\$');
  if (isBare(word.replaceAll('$', ''))) return text;
  // `name="a b"` is how people write it; GRUB joins the pieces of a word.
  const value = word.indexOf('=') + 1;
  if (!isBare(word.slice(0, value).replaceAll('$', ''))) return `"${text}"`;
  return `${word.slice(0, value).replaceAll('$', '\\$')}"${word.slice(value).replaceAll('$', '\\$')}"`;
}

function isBare(word: string): boolean {
  const quoted = quoteGrubWord(word);
  return word === '' || (quoted.ok && quoted.value === word);
}

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
