import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { writeMessages } from './write-output.ts';

/** What is over sooner needs no word. */
const PATIENCE_MS = 500;
const ERASE_LINE = '\r\x1b[K';

/**
 * Say on a terminal what is being done where it takes long, in a line that goes when it is over.
 *
 * @returns what ends it; it may be called more than once
 */
export function waitingNote(text: string): () => void {
  if (!fstatSync(2).isCharacterDevice() || !isatty(2)) return () => undefined;
  let isShown = false;
  const timer = setTimeout(() => {
    isShown = true;
    writeMessages(text);
  }, PATIENCE_MS);
  timer.unref();
  return () => {
    clearTimeout(timer);
    if (isShown) writeMessages(ERASE_LINE);
    isShown = false;
  };
}
