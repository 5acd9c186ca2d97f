import { isBzImage } from './payload.ts';
import { findPeSection } from './pe.ts';

const longestVersion = 256;

/**
 * The release in a bzImage's setup header, also of one inside a unified image; undefined where there is none.
 *
 * Source: Documentation/arch/x86/boot.rst, `kernel_version`: a NUL-terminated string at the stated place + 0x200, which
 * begins with the release and a blank.
 */
export function headerRelease(file: Buffer): string | undefined {
  const kernel = bzImageIn(file);
  if (kernel === undefined) return undefined;
  const place = kernel.readUInt16LE(0x20e);
  if (place === 0) return undefined;
  const [text = ''] = kernel.toString('latin1', place + 0x200, place + 0x200 + longestVersion).split('\0', 1);
  return /^([0-9][\x21-\x7e]*) /.exec(text)?.[1];
}

/**
 * The longest command line, in bytes without its NUL, that a bzImage takes; undefined where its header doesn't tell.
 *
 * Source: Documentation/arch/x86/boot.rst, `cmdline_size` (protocol 2.06 and later).
 */
export function headerCmdlineBytes(file: Buffer): number | undefined {
  const kernel = bzImageIn(file);
  if (kernel === undefined || kernel.readUInt16LE(0x206) < 0x0206) return undefined;
  return kernel.readUInt32LE(0x238);
}

function bzImageIn(file: Buffer): Buffer | undefined {
  const unified = findPeSection(file, '.linux');
  const kernel = unified === undefined ? file : file.subarray(unified.start, unified.end);
  return isBzImage(kernel) ? kernel : undefined;
}
