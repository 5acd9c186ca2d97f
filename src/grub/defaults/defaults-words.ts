import { expandWord } from '../script/expand-word.ts';
import { lexGrubScript } from '../script/lexer.ts';
import { readAsBoot, readInsideLine } from '../script/script-lines.ts';
import { tokenKind, tokenStart } from '../script/token.ts';
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

export interface DefaultsWords {
  readonly words: readonly DefaultsWord[];
  readonly bytes: readonly ValueByte[];
  /**
   * What ends GRUB's reading of the words before the value does: a comment, the end of the command (`;` or a
   * newline), a brace, or what GRUB's lexer refuses. With the last two no word of the value can be relied on.
   */
  readonly ending: 'value' | 'comment' | 'command' | 'brace' | 'syntax';
}

/** Stands for an unknown piece: a byte without meaning to the lexer. */
const placeholder = 'X';

/** The value is read behind a command, where a `#` begins no line. */
const command = 'linux ';

/**
 * Split a value into the words that GRUB makes of it: the mkconfig scripts print it raw into grub.cfg.
 *
 * Source: util/grub.d/10_linux.in (`linux … ${args}` in a here-document), grub-core/script/yylex.l.
 */
export function defaultsWords(value: DefaultsValue): DefaultsWords {
  const bytes = value.kind === 'unset' ? [] : flatten(value.expansion.pieces);
  const text = command + bytes.map(({ byte }) => byte).join('');
  const { tokens, problem } = lexGrubScript(readAsBoot(text), text.length);
  const words: DefaultsWord[] = [];
  let ending: DefaultsWords['ending'] = 'value';
  for (let token = 0; token < tokens.count; token += 1) {
    const kind = tokens.kinds[token];
    const start = tokenStart(tokens, token) - command.length;
    if (kind === tokenKind.openBrace || kind === tokenKind.closeBrace) ending = 'brace';
    if (ending !== 'value') continue;
    if (kind === tokenKind.newline || kind === tokenKind.semicolon) ending = 'command';
    else if (kind === tokenKind.comment) ending = 'comment';
    else if (kind === tokenKind.word && start >= 0) {
      words.push(readWord(bytes, start, (tokens.ends[token] ?? 0) - command.length));
    }
  }
  return { words, bytes, ending: problem === undefined ? ending : 'syntax' };
}

function flatten(pieces: readonly ValuePiece[]): readonly ValueByte[] {
  const bytes: ValueByte[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'unknown') bytes.push({ byte: placeholder, piece, index: 0 });
    else for (const [index, byte] of [...piece.text].entries()) bytes.push({ byte, piece, index });
  }
  return bytes;
}

function readWord(bytes: readonly ValueByte[], start: number, end: number): DefaultsWord {
  const own = bytes.slice(start, end);
  const known = own.filter(({ piece }) => piece.kind === 'literal');
  const title = { text: '$1', known: false, variables: [], pattern: false };
  const unknownVariable = (name: string) => ({
    text: `$${name}`,
    known: false,
    alternatives: undefined,
    assignments: [],
  });
  const source = readInsideLine(known.map(({ byte }) => byte).join('')).text;
  const words = expandWord(source, { variable: unknownVariable, parameters: [title] }, { left: bytes.length + 1024 });
  const isPlain = words.length === 1 && words[0]?.known === true;
  const kind = known.length < own.length ? 'unknown' : isPlain ? 'plain' : 'variable';
  return { kind, text: words.map(({ text }) => text).join(' '), start, end };
}
