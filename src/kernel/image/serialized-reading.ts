import { createHash } from 'node:crypto';
import type { ImageReading } from './image-reading.ts';

/** Grows whenever the same image would give another reading, so that older texts are not taken for it. */
const version = 2;

/** A reading as text, for a cache: a SHA-256 of the rest, then JSON. */
export function serializeReading(reading: ImageReading): string {
  const json = JSON.stringify({ version, reading });
  return `${sha256(json)}\n${json}\n`;
}

/** The reading that `serializeReading` wrote, or undefined where the text is damaged or of another version. */
export function parseReading(text: string): ImageReading | undefined {
  const [sum, json, end] = text.split('\n');
  if (sum === undefined || json === undefined || end !== '' || sha256(json) !== sum) return undefined;
  const stored: { readonly version: number; readonly reading: ImageReading } = JSON.parse(json);
  return stored.version === version ? stored.reading : undefined;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
