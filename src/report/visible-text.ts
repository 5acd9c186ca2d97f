/**
 * Text from a file or another host made safe to show: bytes are read as UTF-8, a byte that isn't valid becomes
 * `\xHH`, and what could move a cursor, set a title or reorder a line becomes its code.
 *
 * @param latin1 one character a byte; text that holds wider characters is taken as decoded already
 */
export function visibleText(latin1: string): string {
  return escapeControls(decodeText(latin1));
}

/** Bytes as UTF-8; each byte of an invalid sequence as `\xHH`. Control characters stay. */
export function decodeText(latin1: string): string {
  if (isAscii(latin1) || hasWideCharacter(latin1)) return latin1;
  const bytes = Buffer.from(latin1, 'latin1');
  const whole = bytes.toString('utf8');
  if (!whole.includes('\ufffd')) return whole;
  let result = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) result += hexByte(bytes[at] ?? 0);
    else result += bytes.toString('utf8', at, at + length);
    at += Math.max(length, 1);
  }
  return result;
}

/** How many bytes from `at` are one valid UTF-8 character; 0 where none is. */
function sequenceLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    const text = bytes.toString('utf8', at, at + length);
    if (!text.includes('\ufffd')) return length;
    if (bytes.compare(REPLACEMENT, 0, 3, at, at + 3) === 0) return 3;
  }
  return 0;
}

const REPLACEMENT = Buffer.from('\ufffd');

function escapeControls(text: string): string {
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) result += hexByte(code);
    else if (isDirectional(code)) result += `\\u{${code.toString(16)}}`;
    else result += character;
  }
  return result;
}

/** Unicode's bidirectional and zero-width controls, line and paragraph separators: they change how a line reads. */
function isDirectional(code: number): boolean {
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069) ||
    code === 0xfeff ||
    code === 0x061c
  );
}

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
