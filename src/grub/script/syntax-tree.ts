import { readInsideLine } from './script-lines.ts';
import type { Span, Token } from './token.ts';

/** A script that GRUB accepts, with every byte of it. */
export interface GrubScript {
  /** latin1, one character a byte. */
  readonly text: string;
  /** The leaves in order. Between them stand blanks, comments and what GRUB skips: `#` lines, carriage returns. */
  readonly tokens: readonly Token[];
  readonly statements: StatementList;
}

/** Commands that stand together, in the order of the file: the script, a block in braces, the body of a loop. */
export type StatementList = readonly Statement[];

/** A command line, `menuentry` and `submenu` included. */
export interface Command extends Span {
  readonly kind: 'command';
  readonly words: readonly Span[];
  /** What stands in braces behind the words. */
  readonly block: StatementList | undefined;
}

/** `if … then … elif … then … else … fi` */
export interface IfStatement extends Span {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: StatementList; readonly body: StatementList }[];
  readonly otherwise: StatementList | undefined;
}

/** `for name in words; do … done` */
export interface ForStatement extends Span {
  readonly kind: 'for';
  readonly name: string;
  readonly words: readonly Span[];
  readonly body: StatementList;
}

/** `while … do … done` and `until … do … done` */
export interface LoopStatement extends Span {
  readonly kind: 'while' | 'until';
  readonly condition: StatementList;
  readonly body: StatementList;
}

/** `function name { … }` */
export interface FunctionDefinition extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly body: StatementList;
}

/** One statement of the language; `kind` tells which. */
export type Statement = Command | IfStatement | ForStatement | LoopStatement | FunctionDefinition;

/** The bytes of a span as GRUB's lexer gets them: without carriage returns and lines that begin with `#`. */
export function readSpan(text: string, span: Span): string {
  const bytes = text.slice(span.start, span.end);
  return bytes.includes('\n') || bytes.includes('\r') ? readInsideLine(bytes).text : bytes;
}

/** The text of a script, put together from its leaves: the very text that `parseGrubScript` was given. */
export function printGrubScript({ text, tokens }: GrubScript): string {
  let printed = '';
  let done = 0;
  for (const { end } of tokens) {
    printed += text.slice(done, end);
    done = end;
  }
  return printed + text.slice(done);
}
