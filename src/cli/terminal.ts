import { styleText } from 'node:util';
import type { Paint } from '../report/text-options.ts';

/** Who is at the other end of our output. */
export interface Terminal {
  readonly paint: Paint;
  /** Help and tables are wrapped to this. */
  readonly columns: number;
  /** A person can be asked: both ends are a terminal. */
  readonly canAsk: boolean;
}

const DEFAULT_COLUMNS = 100;

/** Colour and questions only where a person sees them: a terminal, and neither NO_COLOR nor `--no-color`. */
export function openTerminal(isColorWanted: boolean): Terminal {
  const isTerminal = process.stdout.isTTY === true;
  const isColored = isTerminal && isColorWanted && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  return {
    paint: isColored ? (style, text) => styleText(style, text) : (_style, text) => text,
    columns: Math.min(process.stdout.columns || DEFAULT_COLUMNS, DEFAULT_COLUMNS),
    canAsk: isTerminal && process.stdin.isTTY === true,
  };
}
