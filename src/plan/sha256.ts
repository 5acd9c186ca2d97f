import { createHash } from 'node:crypto';

/** The sha256 of a file's bytes in hexadecimal. @param text latin1, one character a byte */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
