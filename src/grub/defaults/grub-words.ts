import { expandWord } from '../script/expand-word.ts';
import { lexGrubScript } from '../script/lexer.ts';
import { readAsBoot, readInsideLine } from '../script/script-lines.ts';
import { tokenKind, tokenStart } from '../script/token.ts';

/** One word of a text as GRUB reads it behind a command. */
export interface GrubWord {
  /** `variable` where the word holds a variable of GRUB's: it may become several words, or none. */
  readonly kind: 'plain' | 'variable';
  /** The quoting undone; `$name` in place of a variable. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface GrubWords {
  readonly words: readonly GrubWord[];
  /**
   * What ends the words before the text does: a comment, the end of the command (`;` or a newline), a brace, or
   * what GRUB's lexer refuses. With the last two the command that holds the text does not run as it is meant.
   */
  readonly ending: 'text' | 'comment' | 'command' | 'brace' | 'syntax';
}

/** The text is read behind a command, where a `#` begins no line. */
const command = 'linux ';

/**
 * Split text that is printed raw behind a `linux` command into the words that GRUB makes of it.
 *
 * Source: grub-core/script/yylex.l.
 *
 * @param text latin1
 * @param keepsHexEscapes whether it is Red Hat's GRUB, which leaves `\\xHH` as it is
 */
export function grubWords(text: string, keepsHexEscapes = false): GrubWords {
  const line = command + text;
  const { tokens, problem } = lexGrubScript(readAsBoot(line), line.length);
  const words: GrubWord[] = [];
  let ending: GrubWords['ending'] = 'text';
  for (let token = 0; token < tokens.count; token += 1) {
    const kind = tokens.kinds[token];
    const start = tokenStart(tokens, token) - command.length;
    const end = (tokens.ends[token] ?? 0) - command.length;
    if (kind === tokenKind.openBrace || kind === tokenKind.closeBrace) ending = 'brace';
    if (ending !== 'text' || start < 0) continue;
    // The lexer is given a newline behind the last line; it is none of the text.
    if (kind === tokenKind.newline && start < text.length) ending = 'command';
    else if (kind === tokenKind.semicolon) ending = 'command';
    else if (kind === tokenKind.comment) ending = 'comment';
    else if (kind === tokenKind.word)
      words.push({ ...readWord(text.slice(start, end), keepsHexEscapes), start, end });
  }
  return { words, ending: problem === undefined ? ending : 'syntax' };
}

function readWord(
  source: string,
  keepsHexEscapes: boolean,
): { readonly kind: GrubWord['kind']; readonly text: string } {
  // In an entry `$1` is its title.
  const title = { text: '$1', known: false, single: false, variables: [], pattern: false };
  const variable = (name: string) => ({
    text: `$${name}`,
    known: false,
    alternatives: undefined,
    assignments: [],
  });
  const context = { variable, parameters: [title], keepsHexEscapes };
  const words = expandWord(readInsideLine(source).text, context, { left: Number.POSITIVE_INFINITY });
  const isPlain = words.length === 1 && words[0]?.known === true;
  return { kind: isPlain ? 'plain' : 'variable', text: words.map(({ text }) => text).join(' ') };
}
