import { assertBytes } from './assert-bytes.ts';
import { type Parameter, parseParameter } from './parameter.ts';

/** A kernel command line: its parameters in order, with every byte between them. */
export interface Cmdline {
  readonly parameters: readonly PlacedParameter[];
  /** The white space after the last parameter. */
  readonly tail: string;
}

/** A parameter with its place in the command line it was read from. */
export interface PlacedParameter extends Parameter {
  /** The white space in front of the word. */
  readonly gap: string;
  /** Offset of the word's first byte. */
  readonly offset: number;
  /** A double quote was opened in the word and runs to the end of the line. */
  readonly hasUnclosedQuote: boolean;
}

/**
 * Split a kernel command line the way the kernel does, keeping every byte.
 *
 * Source: next_arg() and skip_spaces() in the kernel; a double quote toggles quoting anywhere in a word and there
 * is no escape character. A NUL ends the line for the kernel; text with one is the caller's to refuse.
 *
 * @param text one line, latin1 (one character a byte)
 * @returns parameters in order; joining `gap + source` of each, then `tail`, gives `text` again
 */
export function parseCmdline(text: string): Cmdline {
  assertBytes(text);
  const parameters: PlacedParameter[] = [];
  let position = 0;
  for (;;) {
    const start = endOfSpaces(text, position);
    const gap = text.slice(position, start);
    if (start === text.length) return { parameters, tail: gap };
    const { end, isInQuote } = endOfWord(text, start);
    const parameter = parseParameter(text.slice(start, end));
    parameters.push({ ...parameter, gap, offset: start, hasUnclosedQuote: isInQuote });
    position = end;
  }
}

/** The exact text that was parsed. */
export function printCmdline(cmdline: Cmdline): string {
  return cmdline.parameters.map((parameter) => parameter.gap + parameter.source).join('') + cmdline.tail;
}

/**
 * The words of a kernel command line without the spacing, quotes kept.
 *
 * @param text latin1
 */
export function cmdlineWords(text: string): readonly string[] {
  return parseCmdline(text).parameters.map((parameter) => parameter.source);
}

/**
 * How many of the words are the kernel's own: those before the first `--`, all of them where there is none. `"--"` in
 * quotes is one too.
 *
 * Source: parse_args() in kernel/params.c, from v3.15 on, in quotes from v4.10 on; older kernels read on after it, so
 * that a word placed in front of it counts for all of them.
 */
export function kernelWordCount(words: readonly string[]): number {
  const end = words.findIndex((word) => {
    const { name, value } = parseParameter(word);
    return name === '--' && value === undefined;
  });
  return end === -1 ? words.length : end;
}

function endOfSpaces(text: string, from: number): number {
  let end = from;
  while (end < text.length && isKernelSpace(text.charCodeAt(end))) end += 1;
  return end;
}

function endOfWord(text: string, from: number): { end: number; isInQuote: boolean } {
  let isInQuote = false;
  let end = from;
  while (end < text.length && (isInQuote || !isKernelSpace(text.charCodeAt(end)))) {
    if (text[end] === '"') isInQuote = !isInQuote;
    end += 1;
  }
  return { end, isInQuote };
}

/** isspace() of the kernel's lib/ctype.c: tab to carriage return, blank, and the latin1 no-break space. */
function isKernelSpace(code: number): boolean {
  return (code >= 0x09 && code <= 0x0d) || code === 0x20 || code === 0xa0;
}
