/** Bytes of a file, from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a run of bytes is to GRUB's lexer; `refused` is a byte that no rule of the grammar takes. */
export type TokenKind = 'newline' | ';' | '{' | '}' | 'word' | 'refused';

/** A leaf of a script. */
export interface Token extends Span {
  readonly kind: TokenKind;
}
