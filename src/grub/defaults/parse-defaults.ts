import { assertBytes } from '../../cmdline/assert-bytes.ts';
import type { Result } from '../problem.ts';
import { cursorAtStart, fail, isAtEnd } from './cursor.ts';
import { parseList } from './parse-command.ts';
import type { DefaultsFile, DefaultsSyntaxCode } from './syntax.ts';

/**
 * Parse /etc/default/grub or one of its drop-ins as the shell that sources it would.
 *
 * @param text the file's bytes as latin1, one character a byte
 * @returns the file, whose `printDefaults` is `text` again; or the first place that dash and bash refuse, or
 *   that they read differently (`shells-differ`), or that is nested deeper than any real file (`too-deep`)
 *
 * Source: grub-mkconfig sources the file with `.`; POSIX.1-2017, Shell Command Language.
 */
export function parseDefaults(text: string): Result<DefaultsFile, DefaultsSyntaxCode> {
  assertBytes(text);
  const cursor = cursorAtStart(text, 0, { parseList });
  const nul = text.indexOf('\0');
  if (nul !== -1) fail(cursor, 'nul-byte', nul);
  const body = parseList(cursor, []);
  if (!isAtEnd(cursor)) fail(cursor, 'syntax');
  for (const { offset } of cursor.pendingHereDocuments) fail(cursor, 'unclosed-here-document', offset);
  if (cursor.problem !== undefined) return { ok: false, problem: cursor.problem };
  return { ok: true, value: { text, body, bashSyntax: cursor.bashSyntax } };
}
