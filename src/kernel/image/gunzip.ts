import { crc32, inflateRawSync } from 'node:zlib';
import { type Decompressed, mostImageBytes } from './decompress.ts';

const flag = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

/**
 * Unpack the gzip stream that begins the bytes, whatever follows it, checksum and length tested.
 *
 * Node's own gunzip takes any other byte behind the stream for a damaged second member; a kernel has code there.
 *
 * Source: RFC 1952 §2.3.
 */
export function gunzip(bytes: Buffer): Decompressed {
  const damaged: Decompressed = { ok: false, reason: 'damaged', program: 'gzip' };
  const start = endOfHeader(bytes);
  if (start > bytes.length) return damaged;
  try {
    const options = { maxOutputLength: mostImageBytes, info: true };
    // With `info` the result has another shape (Node's zlib documentation), which the types do not know.
    const { buffer, engine } = inflateRawSync(bytes.subarray(start), options) as unknown as Inflated;
    const trailer = start + engine.bytesWritten;
    if (trailer + 8 > bytes.length) return damaged;
    const isWhole =
      bytes.readUInt32LE(trailer) === crc32(buffer) && bytes.readUInt32LE(trailer + 4) === buffer.length;
    return isWhole ? { ok: true, bytes: buffer, isClean: true } : damaged;
  } catch (error) {
    return error instanceof RangeError ? { ...damaged, reason: 'too-large' } : damaged;
  }
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function endOfHeader(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & flag.extra) !== 0) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const text of [flag.name, flag.comment]) {
    if ((flags & text) === 0) continue;
    const end = bytes.indexOf(0, at);
    at = end === -1 ? bytes.length + 1 : end + 1;
  }
  return (flags & flag.headerCrc) === 0 ? at : at + 2;
}
