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
  const quoted = quoteGrubWord(word);
  if (word === '' || !quoted.ok || loaderWord(word).replaceAll('"', '') !== word) return undefined;
  return quoted.value;
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
