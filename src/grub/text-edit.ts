/** Replace `length` bytes at `offset` of the original text. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly replacement: string;
}

/**
 * The text with all edits made; every byte outside them is kept.
 *
 * @param text the original, latin1 (one character a byte)
 * @param edits in any order; inserts at one offset are made in the order given, in front of a replacement there
 * @throws RangeError where two edits overlap: a bug of the caller
 */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  // At one offset what is inserted comes in front of what is replaced.
  const ordered = edits.toSorted((a, b) => a.offset - b.offset || Math.sign(a.length) - Math.sign(b.length));
  let result = '';
  let done = 0;
  for (const edit of ordered) {
    if (edit.offset < done) throw new RangeError(`overlapping text edits at offset ${edit.offset}`);
    result += text.slice(done, edit.offset) + edit.replacement;
    done = edit.offset + edit.length;
  }
  return result + text.slice(done);
}
