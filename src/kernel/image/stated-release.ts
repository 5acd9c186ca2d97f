import { findBanner } from './banner.ts';
import { headerRelease } from './setup-header.ts';

/**
 * The release that a kernel file states without being unpacked: in the setup header of a bzImage, or in the banner of an
 * uncompressed image; undefined where only unpacking would tell.
 */
export function readImageRelease(file: Buffer): string | undefined {
  const header = headerRelease(file);
  if (header !== undefined) return header;
  return findBanner(file)?.release;
}
