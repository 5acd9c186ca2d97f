/**
 * Text from a file or another host made safe to show: bytes are read as UTF-8, a byte that isn't valid becomes
 * `\xHH`, and what could move a cursor, set a title or reorder a line becomes its code.
 *
 * @param latin1 one character a byte; text that holds wider characters is taken as decoded already
 */
export function visibleText(latin1: string): string {
  const text = decodeText(latin1).replaceAll(C0, (control) => hexByte(control.charCodeAt(0)));
  return text.replaceAll(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? hexByte(code) : `\\u{${code.toString(16)}}`;
  });
}

/** The control characters of ASCII: tab, newline, escape … */
const C0 = /[\0-\x1f]/g;

/**
 * What acts on a terminal or changes how a line reads but isn't seen, beside C0: DEL and the C1 controls, Unicode's format
 * characters (bidirectional controls, zero-width ones …), line and paragraph separators.
 */
export const INVISIBLE = /[\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Bytes as UTF-8; each byte of an invalid sequence as `\xHH`. Control characters stay. */
export function decodeText(latin1: string): string {
  if (isAscii(latin1) || hasWideCharacter(latin1)) return latin1;
  return latin1.replaceAll(UTF_8, (bytes, isValid?: string) =>
    isValid === undefined ? hexByte(bytes.charCodeAt(0)) : Buffer.from(bytes, 'latin1').toString('utf8'),
  );
}

/** Valid sequences, captured, or one byte of another (Unicode 15, table 3-7 "Well-Formed UTF-8 Byte Sequences"). */
const UTF_8 = new RegExp(
  `((?:${[
    '[\\xc2-\\xdf][\\x80-\\xbf]',
    '\\xe0[\\xa0-\\xbf][\\x80-\\xbf]',
    '[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}',
    '\\xed[\\x80-\\x9f][\\x80-\\xbf]',
    '\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}',
    '[\\xf1-\\xf3][\\x80-\\xbf]{3}',
    '\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}',
  ].join('|')})+)|[\\x80-\\xff]`,
  'g',
);

function hexByte(code: number): string {
  return `\\x${code.toString(16).padStart(2, '0')}`;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

function hasWideCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0xff) return true;
  return false;
}
