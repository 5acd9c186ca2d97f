/**
 * What a run of bytes is to GRUB's lexer. `skipped` bytes never reach it (a line beginning with `#`, a carriage
 * return, what follows a NUL); `refused` is a byte that no rule of the grammar takes.
 */
export const tokenKind = {
  blank: 0,
  comment: 1,
  skipped: 2,
  newline: 3,
  semicolon: 4,
  openBrace: 5,
  closeBrace: 6,
  word: 7,
  refused: 8,
} as const;

/** One of `tokenKind`. */
export type TokenKind = (typeof tokenKind)[keyof typeof tokenKind];

/**
 * The leaves of a script, in order, without gaps: token `i` spans from `ends[i - 1]` (0 for the first) to
 * `ends[i]`, offsets in bytes. Kept in typed arrays so that a large file costs a few bytes a token.
 */
export interface TokenTable {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly ends: Int32Array;
}

/** Where token `index` begins. */
export function tokenStart(tokens: TokenTable, index: number): number {
  return index === 0 ? 0 : (tokens.ends[index - 1] ?? 0);
}

/** Whether the grammar does not see the token: a blank, a comment or skipped bytes. */
export function isTrivia(kind: number | undefined): boolean {
  return kind === tokenKind.blank || kind === tokenKind.comment || kind === tokenKind.skipped;
}

/** Collects tokens. */
export interface TokenWriter {
  readonly add: (kind: TokenKind, end: number) => void;
  readonly finish: () => TokenTable;
}

/** Collects tokens; `add` takes each token's end, which is where the next one begins. */
export function createTokenWriter(textLength: number): TokenWriter {
  let capacity = Math.max(64, textLength >> 2);
  let kinds = new Uint8Array(capacity);
  let ends = new Int32Array(capacity);
  let count = 0;
  const grow = () => {
    capacity += capacity >> 1;
    const widerKinds = new Uint8Array(capacity);
    widerKinds.set(kinds);
    kinds = widerKinds;
    const widerEnds = new Int32Array(capacity);
    widerEnds.set(ends);
    ends = widerEnds;
  };
  return {
    add: (kind, end) => {
      if (count === capacity) grow();
      kinds[count] = kind;
      ends[count] = end;
      count += 1;
    },
    finish: () => ({ count, kinds, ends }),
  };
}
