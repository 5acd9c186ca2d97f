import { type DefaultsWords, piecesWords, type ValueByte } from '../grub/defaults/defaults-words.ts';
import type { ValuePiece } from '../grub/defaults/value.ts';
import { positionAt } from '../grub/text-position.ts';
import type { LaterLine, LaterWord, LostText, UnknownPart } from './later-line.ts';

/** A script's text into which values are put: `root=${device} ro ${GRUB_CMDLINE_LINUX}`. */
export interface LineTemplate {
  readonly text: string;
  /** The script. */
  readonly path: string;
}

/** The pieces of a shell variable's value; undefined for a name whose value is decided when the script runs. */
export type PiecesOf = (name: string) => readonly ValuePiece[] | undefined;

/** Texts of the files that words come from, by path. */
export type FileTexts = ReadonlyMap<string, string>;

/**
 * A template with its variables replaced, as the shell prints it: `\$name` is left to GRUB.
 *
 * Source: POSIX.1-2017, 2.7.4 Here-Document: a backslash there keeps `$`, a backquote or a backslash from its meaning.
 */
export function fillTemplate({ text, path }: LineTemplate, piecesOf: PiecesOf): readonly ValuePiece[] {
  const pieces: ValuePiece[] = [];
  const literal = (own: string, at: number): void => {
    if (own === '') return;
    pieces.push({
      kind: 'literal',
      text: own,
      path,
      offset: at,
      length: own.length,
      quoting: 'fixed',
      step: undefined,
    });
  };
  let end = 0;
  for (const found of text.matchAll(/\\([$`\\])|\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?/g)) {
    literal(text.slice(end, found.index), end);
    end = found.index + found[0].length;
    const [, escaped, name] = found;
    if (escaped !== undefined) literal(escaped, found.index);
    if (name === undefined) continue;
    const value = piecesOf(name);
    pieces.push(
      ...(value ?? [{ kind: 'unknown' as const, because: 'command' as const, path, offset: found.index }]),
    );
  }
  literal(text.slice(end), end);
  return pieces;
}

/**
 * The words of a line as GRUB reads them, each with where it comes from, and what of it is not known or lost.
 *
 * @param texts to tell the lines of places
 */
export function readLine(
  pieces: readonly ValuePiece[],
  texts: FileTexts,
): Pick<LaterLine, 'words' | 'unknown' | 'lost'> {
  const { words, bytes, ending } = piecesWords(pieces);
  const from = (byte: ValueByte | undefined): string => placeOf(byte?.piece, byte?.index ?? 0, texts);
  const read = words.map(({ kind, text, start }): LaterWord => {
    const { piece } = bytes[start] ?? {};
    const step = piece?.kind === 'literal' ? piece.step : undefined;
    const isFixed = kind === 'plain' && piece?.kind === 'literal' && step === undefined;
    return { text, kind: isFixed ? 'fixed' : kind, from: from(bytes[start]), variable: step?.name };
  });
  const unknown = pieces.flatMap((piece): readonly UnknownPart[] =>
    piece.kind === 'unknown' ? [{ because: piece.because, from: placeOf(piece, 0, texts) }] : [],
  );
  return { words: read, unknown, lost: lostText(words, bytes, ending, from) };
}

function lostText(
  words: DefaultsWords['words'],
  bytes: readonly ValueByte[],
  ending: DefaultsWords['ending'],
  from: (byte: ValueByte | undefined) => string,
): LostText | undefined {
  if (ending === 'text') return undefined;
  let start = words.at(-1)?.end ?? 0;
  while (/^[ \t]$/.test(bytes[start]?.byte ?? '')) start += 1;
  const text = bytes.slice(start).map(({ byte }) => byte);
  return { text: text.join('').trimEnd(), from: from(bytes[start] ?? bytes.at(-1)), because: ending };
}

function placeOf(piece: ValuePiece | undefined, index: number, texts: FileTexts): string {
  if (piece === undefined) return '';
  const text = texts.get(piece.path);
  return text === undefined ? piece.path : `${piece.path}:${positionAt(text, piece.offset + index).line}`;
}
