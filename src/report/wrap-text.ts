/**
 * Break text into lines of at most that many columns, at blanks and between Chinese characters, never before a closing
 * mark or behind an opening one, nor within a command that is to be pasted. A longer word stays whole.
 *
 * @param columns of a terminal, where Chinese characters take two
 */
export function wrapText(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    const isFull = line !== '' && displayWidth(line + piece.trimEnd()) > columns;
    if (isFull) lines.push(line.trimEnd());
    line = isFull ? piece : line + piece;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** Text filled up with blanks to that many columns. */
export function padText(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}

/** How many columns text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character) ? 2 : 1;
  return width;
}

/** A command of ours as sentences hold it: behind a quote or a colon, up to the next quote or semicolon. */
const COMMAND = /(?<=["“:：;；]\s?)(bootmend [^"”;；]*)/;

/** The pieces that may stand on lines of their own, each with the blanks behind it. */
function piecesOf(text: string): readonly string[] {
  return text.split(COMMAND).flatMap((part, index) => {
    if (index % 2 === 1) return [part];
    return part === '' ? [] : wordsOf(part);
  });
}

function wordsOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    const previous = piece.at(-1) ?? '';
    const isBreak =
      (previous === ' ' && character !== ' ') ||
      ((isWide(previous) || isWide(character)) &&
        !CLOSING.includes(character) &&
        !OPENING.includes(previous));
    if (piece !== '' && isBreak && character !== ' ') {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return piece === '' ? pieces : [...pieces, piece];
}

const CLOSING = '，。；：、！？）】》”’…';
const OPENING = '（【《“‘';

/** East Asian wide and fullwidth characters, as far as our sentences hold any (Unicode's EastAsianWidth.txt). */
function isWide(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe4f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}
