import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { styleText } from 'node:util';
import type { Paint } from '../report/text-options.ts';

/** Who is at the other end of our output. */
export interface Terminal {
  readonly paint: Paint;
  /** A person can be asked: both ends are a terminal. */
  readonly canAsk: boolean;
}

const MOST_COLUMNS = 100;

/** Node loads its network code to answer for a pipe or a file. */
function isTerminalAt(descriptor: number): boolean {
  return fstatSync(descriptor).isCharacterDevice() && isatty(descriptor);
}

/** What help is wrapped to. The stream of a terminal knows its width; loading it for anything else would take time for nothing. */
export function outputColumns(): number {
  return Math.min((isTerminalAt(1) && process.stdout.columns) || MOST_COLUMNS, MOST_COLUMNS);
}

/** Colour and questions only where a person sees them: a terminal, and neither NO_COLOR nor `--no-color`. */
export function openTerminal(isColorWanted: boolean): Terminal {
  const isTerminal = isTerminalAt(1);
  const isColored = isTerminal && isColorWanted && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  return {
    paint: isColored ? (style, text) => styleText(style, text) : (_style, text) => text,
    canAsk: isTerminal && isTerminalAt(0),
  };
}
