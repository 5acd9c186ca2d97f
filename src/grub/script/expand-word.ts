import {
  type Argument,
  type ArgumentDraft,
  appendBare,
  appendEscaped,
  appendQuoted,
  type ExpansionBudget,
  finishArguments,
  forgetArgument,
} from './argument-draft.ts';
import { expandVariable, type WordContext } from './expand-variable.ts';
import { isHexEscape } from './hex-escape.ts';
import { variableEnd } from './lexer.ts';

/** The name in `$name` or `${name}`. */
function variableName(text: string, dollar: number, end: number): string {
  return text[dollar + 1] === '{' ? text.slice(dollar + 2, end - 1) : text.slice(dollar + 1, end);
}

/** The end of the run from `start` on that has no byte in it that means something in double quotes. */
function quotedRunEnd(text: string, start: number): number {
  IN_QUOTES.lastIndex = start;
  IN_QUOTES.test(text);
  return IN_QUOTES.lastIndex;
}

const IN_QUOTES = /[^"$\\]*/y;

/** Expands the variable at a `$`, and gives its end. */
function expandAt(
  draft: ArgumentDraft,
  text: string,
  dollar: number,
  context: WordContext,
  quoted: boolean,
): number {
  const end = variableEnd(text, dollar);
  if (end === dollar) return dollar + 1;
  expandVariable(draft, variableName(text, dollar, end), context, quoted);
  return end;
}

function expandDoubleQuoted(draft: ArgumentDraft, text: string, start: number, context: WordContext): number {
  appendQuoted(draft, '');
  let at = start;
  while (at < text.length && text[at] !== '"') {
    const byte = text.charAt(at);
    if (byte === '$') at = expandAt(draft, text, at, context, true);
    else if (byte === '\\') {
      const escaped = text.charAt(at + 1);
      if (escaped === '$' || escaped === '\\' || escaped === '"') appendQuoted(draft, escaped);
      else if (escaped !== '\n') appendQuoted(draft, byte + escaped);
      at += 2;
    } else {
      const end = quotedRunEnd(text, at);
      appendQuoted(draft, text.slice(at, end));
      at = end;
    }
  }
  return at + 1;
}

function expandSingleQuoted(draft: ArgumentDraft, text: string, start: number): number {
  const close = text.indexOf("'", start);
  appendQuoted(draft, text.slice(start, close));
  return close + 1;
}

function expandBare(draft: ArgumentDraft, text: string, context: WordContext): void {
  let at = 0;
  while (at < text.length) {
    const backslash = text.indexOf('\\', at);
    const end = backslash === -1 ? text.length : backslash;
    if (end > at) {
      appendBare(draft, text.slice(at, end));
      at = end;
    } else if (context.keepsHexEscapes && isHexEscape(text, at)) {
      appendEscaped(draft, text.slice(at, at + 4));
      at += 4;
    } else {
      appendEscaped(draft, text.charAt(at + 1));
      at += 2;
    }
  }
}

/** The end of a run without quotes and variables; `bare` is the run without continuations. */
function bareRun(text: string, start: number): { readonly bare: string; readonly end: number } {
  let bare = '';
  let at = start;
  while (at < text.length) {
    const byte = text.charAt(at);
    if (byte === '"' || byte === "'" || byte === '$') break;
    const taken = byte === '\\' ? 2 : 1;
    if (byte !== '\\' || text[at + 1] !== '\n') bare += text.slice(at, at + taken);
    at += taken;
  }
  return { bare, end: at };
}

/** Expands the quotation or variable at an offset, and gives its end. What `$"…"` is translated to is not known. */
function expandPiece(draft: ArgumentDraft, text: string, at: number, context: WordContext): number {
  if (text[at] === "'") return expandSingleQuoted(draft, text, at + 1);
  if (text[at] === '"') return expandDoubleQuoted(draft, text, at + 1, context);
  if (text.startsWith('$"', at)) {
    const end = expandDoubleQuoted(draft, text, at + 2, context);
    forgetArgument(draft);
    return end;
  }
  return expandAt(draft, text, at, context, false);
}

/**
 * The arguments that one word of a command line becomes: usually one, several or none where an unquoted variable
 * is in it. File name patterns are left as they are.
 *
 * Source: GRUB 2.06, grub-core/script/yylex.l (states SPLIT, DQUOTE, SQUOTE, VAR) and
 * grub-core/script/execute.c `grub_script_arglist_to_argv`.
 *
 * @param text the word as GRUB's lexer gets it (`readSpan`)
 * @param budget ends the growth of a value that keeps doubling; what does not fit is unknown
 */
export function expandWord(text: string, context: WordContext, budget: ExpansionBudget): Argument[] {
  const draft: ArgumentDraft = { complete: [], current: undefined, named: [], budget };
  let at = 0;
  while (at < text.length) {
    const { bare, end } = bareRun(text, at);
    expandBare(draft, bare, context);
    at = end < text.length ? expandPiece(draft, text, end, context) : end;
  }
  return finishArguments(draft);
}
