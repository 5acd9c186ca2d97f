import type { Result } from '../problem.ts';
import { wordExcerpt } from '../text-position.ts';

/** Why a word cannot be written so that it reaches the kernel as it is. */
export type QuoteProblemCode =
  /** A tab, newline, NUL or another control byte: GRUB or the kernel would cut the word there. */
  | 'control-character'
  /** The kernel has no way to write a literal double quote. */
  | 'double-quote'
  /** A byte A0, which is a blank to the kernel (lib/ctype.c), in a word that the loader would not put in quotes. */
  | 'no-break-space'
  /** A character that is not one byte. */
  | 'not-a-byte'
  /** Longer than a token of GRUB's lexer may be. */
  | 'too-long';

const mostBytes = 8000;
const bareBytes = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_=,:/.@%+^~!()[]-#');

function problemAt(word: string, at: number): QuoteProblemCode | undefined {
  const byte = word.charCodeAt(at);
  if (byte < 32 || byte === 127) return 'control-character';
  if (byte === 34) return 'double-quote';
  if (byte === 160 && !word.includes(' ')) return 'no-break-space';
  return byte > 255 ? 'not-a-byte' : undefined;
}

function isBare(word: string): boolean {
  if (word === '' || word.startsWith('#') || word === '[[' || word === ']]') return false;
  for (const byte of word) if (!bareBytes.has(byte) && byte < '\u0080') return false;
  return true;
}

/** With double quotes and backslashes only, where there is a way. */
function quote(word: string): string {
  if (word === '' || word.includes('\\')) return `'${word.replaceAll("'", "'\\''")}'`;
  const text = word.replaceAll('$', '\\$');
  const isBareBetween = (part: string) => part === '' || isBare(part);
  if (isBareBetween(word.replaceAll('$', ''))) return text;
  // `name="a b"` is how people write it; GRUB joins the pieces of a word.
  const equals = text.indexOf('=') + 1;
  const name = text.slice(0, equals);
  if (!isBareBetween(name.replaceAll('\\$', ''))) return `"${text}"`;
  return `${name}"${text.slice(equals)}"`;
}

/**
 * How to write a word as an argument in a grub.cfg so that GRUB reads exactly that word: bare where no byte of it
 * means anything to GRUB, else as the defaults file can hold it too, so that grub-mkconfig makes the same text: with
 * double quotes, and a backslash before `$`. A word with a backslash, which that file can't hold, and an empty one
 * stand in single quotes, with `'\''` for a single quote.
 *
 * Source: GRUB 2.06, grub-core/script/yylex.l; grub-core/commands/wildcard.c for `*` and `?`.
 *
 * @param word latin1, one character a byte
 */
export function quoteGrubWord(word: string): Result<string, QuoteProblemCode> {
  for (let at = 0; at < word.length; at += 1) {
    const code = problemAt(word, at);
    if (code !== undefined) {
      const position = { offset: at, line: 1, column: at + 1 };
      return { ok: false, problem: { code, at: position, found: wordExcerpt(word.slice(at)) } };
    }
  }
  const quoted = quote(word);
  if (quoted.length <= mostBytes) return { ok: true, value: quoted };
  const start = { offset: 0, line: 1, column: 1 };
  return { ok: false, problem: { code: 'too-long', at: start, found: wordExcerpt(word) } };
}
