/** A place in a file. Lines and columns are counted from 1, columns and offsets in bytes. */
export interface TextPosition {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A place in one of several files. */
export interface Place extends TextPosition {
  readonly path: string;
}

const longestExcerpt = 80;

/** What a problem quotes of a file: the text from an offset to the end of its line, at most 80 bytes of it. */
export function excerpt(text: string, offset: number): string {
  return wordExcerpt(text.slice(offset, offset + longestExcerpt).split('\n', 1)[0] ?? '');
}

/** What a problem quotes of a word: at most 80 bytes of it. */
export function wordExcerpt(word: string): string {
  return word.slice(0, longestExcerpt);
}

/**
 * The place of a byte offset.
 *
 * @param text latin1 text, one character a byte
 */
export function positionAt(text: string, offset: number): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (
    let newline = text.indexOf('\n');
    newline !== -1 && newline < offset;
    newline = text.indexOf('\n', newline + 1)
  ) {
    line += 1;
    lineStart = newline + 1;
  }
  return { offset, line, column: offset - lineStart + 1 };
}

/** The lines of offsets that are asked for in rising order, all in one pass over the text. */
export function risingLines(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (offset) => {
    for (; next !== -1 && next < offset; next = text.indexOf('\n', next + 1)) line += 1;
    return line;
  };
}
