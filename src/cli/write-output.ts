import { writeSync } from 'node:fs';

/** Print a report on stdout. */
export function writeOutput(text: string): void {
  writeAll(1, text, () => process.stdout);
}

/** Print messages for people on stderr. */
export function writeMessages(text: string): void {
  writeAll(2, text, () => process.stderr);
}

/**
 * Straight to the descriptor, since loading Node's streams takes a tenth of its own start; they get what the descriptor
 * doesn't take at once. A reader that has gone away wants no more.
 */
function writeAll(descriptor: number, text: string, stream: () => NodeJS.WritableStream): void {
  let rest: Uint8Array = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EPIPE') return;
    if (code !== 'EAGAIN') throw error;
    const later = stream();
    later.on('error', () => undefined);
    later.write(rest);
  }
}
