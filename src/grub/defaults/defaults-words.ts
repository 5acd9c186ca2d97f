import { type GrubWords, grubWords } from '../word/grub-words.ts';
import type { DefaultsValue } from './evaluate-defaults.ts';
import type { ValuePiece } from './value.ts';

/**
 * One word of a variable's value as GRUB reads it when the value stands on a `linux` line.
 *
 * `variable` words hold a variable of GRUB's, `unknown` ones a part that the shell decides when it runs; of both
 * the text is only what is known of it.
 */
export interface DefaultsWord {
  readonly kind: 'plain' | 'variable' | 'unknown';
  /** GRUB's quoting undone; `$name` in place of a variable, nothing in place of an unknown part. */
  readonly text: string;
  /** Its bytes in the flat value: from `start` up to `end`. */
  readonly start: number;
  readonly end: number;
}

/** One byte of a value, with the piece that it comes from; an unknown piece counts as one byte. */
export interface ValueByte {
  readonly byte: string;
  readonly piece: ValuePiece;
  /** Its index in a literal piece's text. */
  readonly index: number;
}

/** The words that GRUB makes of a variable's value, and what ends them. */
export interface DefaultsWords {
  readonly words: readonly DefaultsWord[];
  readonly bytes: readonly ValueByte[];
  readonly ending: GrubWords['ending'];
}

/** Stands for an unknown piece: a byte without meaning to GRUB's lexer. */
const placeholder = '?';

/**
 * Split a value into the words that GRUB makes of it: the mkconfig scripts print it raw into grub.cfg.
 *
 * Source: util/grub.d/10_linux.in (`linux … ${args}` in a here-document).
 */
export function defaultsWords(value: DefaultsValue): DefaultsWords {
  return piecesWords(value.kind === 'unset' ? [] : value.expansion.pieces);
}

/** The words of a text that is put together from pieces, of one value or of several. */
export function piecesWords(pieces: readonly ValuePiece[]): DefaultsWords {
  const bytes = flatten(pieces);
  const { words, ending } = grubWords(bytes.map(({ byte }) => byte).join(''));
  return { words: words.map((word) => withUnknown(word, bytes)), bytes, ending };
}

function flatten(pieces: readonly ValuePiece[]): readonly ValueByte[] {
  const bytes: ValueByte[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'unknown') bytes.push({ byte: placeholder, piece, index: 0 });
    else for (const [index, byte] of [...piece.text].entries()) bytes.push({ byte, piece, index });
  }
  return bytes;
}

function withUnknown(word: GrubWords['words'][number], bytes: readonly ValueByte[]): DefaultsWord {
  const own = bytes.slice(word.start, word.end);
  const known = own.filter(({ piece }) => piece.kind === 'literal').map(({ byte }) => byte);
  if (known.length === own.length) return word;
  return { ...word, kind: 'unknown', text: known.join('') };
}
