import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Say } from '../report/messages/catalogue.ts';
import { writeMessages } from './write-output.ts';

const CELLS = 24;
const ERASE_LINE = '\r\x1b[K';

/** Shows on a terminal how much of the artefact was sent, in a line that goes when all of it was. */
export function sendingProgress(say: Say): (host: string, sent: number, total: number) => void {
  if (!fstatSync(2).isCharacterDevice() || !isatty(2)) return () => undefined;
  let shown = '';
  return (host, sent, total) => {
    const full = Math.round((sent / total) * CELLS);
    const bar = `${'#'.repeat(full)}${'.'.repeat(CELLS - full)}`;
    const line = `${say('progress.sending', { host, sent: inMegabytes(sent), total: inMegabytes(total) })} [${bar}]`;
    if (line !== shown) writeMessages(sent === total ? ERASE_LINE : `${ERASE_LINE}${line}`);
    shown = line;
  };
}

function inMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
