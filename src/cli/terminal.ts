import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { styleText } from 'node:util';
import type { Paint } from '../report/text-options.ts';

/** Who is at the other end of our output. */
export interface Terminal {
  readonly paint: Paint;
  /** A person reads what is printed. */
  readonly isTerminal: boolean;
  /** A person can be asked: both ends are a terminal. */
  readonly canAsk: boolean;
  /** What a report is laid out for; as wide as the window, within what is good to read. */
  readonly columns: number;
  /** Lines of the window; undefined where it is none. */
  readonly rows: number | undefined;
}

const MOST_COLUMNS = 100;
/** Of a report that goes into a pipe or a file. */
const USUAL_COLUMNS = 80;

/** Node loads its network code to answer for a pipe or a file. */
function isTerminalAt(descriptor: number): boolean {
  return fstatSync(descriptor).isCharacterDevice() && isatty(descriptor);
}

/** What help is wrapped to. The stream of a terminal knows its width; loading it for anything else would take time for nothing. */
export function outputColumns(): number {
  return Math.min((isTerminalAt(1) && process.stdout.columns) || MOST_COLUMNS, MOST_COLUMNS);
}

/** What is asked for on the command line. */
interface ColorChoice {
  readonly color: string | undefined;
  readonly 'no-color': boolean;
}

/** Questions only where a person sees them, and colour there or where it is asked for. */
export function openTerminal(choice: ColorChoice): Terminal {
  const isTerminal = isTerminalAt(1);
  const isColored = isColorWanted(choice, process.env, isTerminal);
  return {
    paint: isColored
      ? (style, text) => styleText(style, text, { validateStream: false })
      : (_style, text) => text,
    isTerminal,
    canAsk: isTerminal && isTerminalAt(0),
    columns: isTerminal ? outputColumns() : USUAL_COLUMNS,
    rows: isTerminal ? process.stdout.rows : undefined,
  };
}

/**
 * Whether output is coloured: the options decide, else NO_COLOR (no-color.org), else FORCE_COLOR (force-color.org) and CLICOLOR_FORCE,
 * else CLICOLOR=0 (bixense.com/clicolors), else whether a terminal that has colours reads it.
 */
export function isColorWanted(
  { color, 'no-color': isRefused }: ColorChoice,
  environment: NodeJS.ProcessEnv,
  isTerminal: boolean,
): boolean {
  if (isRefused || color === 'never') return false;
  if (color === 'always') return true;
  if (environment['NO_COLOR']) return false;
  for (const name of ['FORCE_COLOR', 'CLICOLOR_FORCE']) {
    const forced = environment[name];
    if (forced) return forced !== '0' && forced !== 'false';
  }
  return isTerminal && environment['CLICOLOR'] !== '0' && environment['TERM'] !== 'dumb';
}
