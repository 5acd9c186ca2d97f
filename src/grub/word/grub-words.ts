import { expandWord } from '../script/expand-word.ts';
import { lexGrubScript } from '../script/lexer.ts';
import { readAsBoot } from '../script/script-lines.ts';
import { readSpan } from '../script/syntax-tree.ts';
import type { Span } from '../script/token.ts';

/** One word of a text as GRUB reads it behind a command. */
export interface GrubWord {
  /** `variable` where the word holds a variable of GRUB's: it may become several words, or none. */
  readonly kind: 'plain' | 'variable';
  /** The quoting undone; `$name` in place of a variable. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The words that GRUB's lexer makes of a text, and what ends them. */
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
  let done = command.length;
  // Between the tokens stand blanks and comments.
  const passTo = (offset: number) => {
    if (ending === 'text' && line.slice(done, offset).includes('#')) ending = 'comment';
  };
  for (const { kind, start, end } of tokens.slice(1)) {
    passTo(start);
    done = end;
    if (kind === '{' || kind === '}') ending = 'brace';
    else if (ending !== 'text') continue;
    else if (kind === 'newline' || kind === ';') ending = 'command';
    else if (kind === 'word') words.push(readWord(line, { start, end }, keepsHexEscapes));
  }
  passTo(line.length);
  return { words, ending: problem === undefined ? ending : 'syntax' };
}

function readWord(line: string, { start, end }: Span, keepsHexEscapes: boolean): GrubWord {
  // In an entry `$1` is its title.
  const title = { text: '$1', known: false, single: false, variables: [], pattern: false };
  const variable = (name: string) => ({
    text: `$${name}`,
    known: false,
    alternatives: undefined,
    assignments: [],
  });
  const context = { variable, parameters: [title], keepsHexEscapes };
  const words = expandWord(readSpan(line, { start, end }), context, { left: Number.POSITIVE_INFINITY });
  const isPlain = words.length === 1 && words[0]?.known === true;
  return {
    kind: isPlain ? 'plain' : 'variable',
    text: words.map(({ text }) => text).join(' '),
    start: start - command.length,
    end: end - command.length,
  };
}
