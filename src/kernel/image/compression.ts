import { textPlaces } from './text-places.ts';

/** How a kernel image is packed; the names are those of the kernel's CONFIG_KERNEL_* choices. */
export type Compression = 'none' | 'gzip' | 'xz' | 'lzma' | 'zstd' | 'lz4' | 'bzip2' | 'lzo';

/** A compressed stream inside a file. `end` is exact where the format tells it, else the end of the file. */
export interface CompressedStream {
  readonly compression: Exclude<Compression, 'none'>;
  readonly start: number;
  readonly end: number;
}

type StreamEnd = (bytes: Uint8Array, start: number) => number | undefined;

interface Format {
  readonly compression: CompressedStream['compression'];
  readonly magic: readonly number[];
  /** The stream's end, or undefined where what follows the magic can't be a stream of this format. */
  readonly findEnd: StreamEnd;
}

/**
 * Sources: RFC 1952 (gzip), the .xz file format 1.2, RFC 8878 (zstd), LZ4's "Legacy frame", bzip2 and lzop sources,
 * the LZMA_Alone header in xz's doc/lzma-file-format.txt; the kernel's lib/decompress.c lists the same magics.
 */
const formats: readonly Format[] = [
  { compression: 'gzip', magic: [0x1f, 0x8b, 0x08], findEnd: gzipEnd },
  { compression: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00], findEnd: xzEnd },
  { compression: 'lzma', magic: [0x5d, 0x00, 0x00], findEnd: lzmaEnd },
  { compression: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], findEnd: zstdEnd },
  { compression: 'lz4', magic: [0x02, 0x21, 0x4c, 0x18], findEnd: lz4End },
  {
    compression: 'bzip2',
    magic: [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
    findEnd: toEndOfFile,
  },
  {
    compression: 'lzo',
    magic: [0x89, 0x4c, 0x5a, 0x4f, 0x00, 0x0d, 0x0a, 0x1a, 0x0a],
    findEnd: toEndOfFile,
  },
];

/** A kernel's own code has some ten false ones. */
const mostHits = 1000;

/** The stream that begins at an offset, or undefined where none does. */
export function streamAt(bytes: Uint8Array, start: number): CompressedStream | undefined {
  for (const { compression, magic, findEnd } of formats) {
    if (!magic.every((byte, i) => bytes[start + i] === byte)) continue;
    const end = findEnd(bytes, start);
    if (end !== undefined) return { compression, start, end };
  }
  return undefined;
}

/**
 * Every stream that may be a packed kernel, in the order of their offsets.
 *
 * A magic number also stands as a constant in the decompressor's own code, so each hit's header must hold too.
 *
 * @param most no more than this many are looked for
 */
export function findStreams(bytes: Buffer, from: number, most: number): readonly CompressedStream[] {
  const streams: CompressedStream[] = [];
  for (const { compression, magic, findEnd } of formats) {
    let hits = 0;
    for (const at of textPlaces(bytes, String.fromCharCode(...magic), from)) {
      hits += 1;
      if (hits > mostHits) break;
      const end = findEnd(bytes, at);
      if (end === undefined) continue;
      streams.push({ compression, start: at, end });
    }
  }
  return streams.sort((a, b) => a.start - b.start).slice(0, most);
}

function toEndOfFile(bytes: Uint8Array): number {
  return bytes.length;
}

function gzipEnd(bytes: Uint8Array, start: number): number | undefined {
  const flags = bytes[start + 3] ?? 0xff;
  const extraFlags = bytes[start + 8] ?? 0xff;
  return (flags & 0xe0) === 0 && [0, 2, 4].includes(extraFlags) ? bytes.length : undefined;
}

/** The header's CRC32 for each kind of check that xz writes: none, CRC32 (the kernel's), CRC64, SHA-256. */
const xzHeaderChecks: Readonly<Record<number, number>> = {
  0: 0x41d912ff,
  1: 0x36de2269,
  4: 0x46b4d6e6,
  10: 0xa10cfbe1,
};

function xzEnd(bytes: Uint8Array, start: number): number | undefined {
  const check = bytes[start + 7] ?? 0xff;
  return u32(bytes, start + 8) === xzHeaderChecks[check] ? bytes.length : undefined;
}

function lzmaEnd(bytes: Uint8Array, start: number): number | undefined {
  if (start + 18 > bytes.length) return undefined;
  const dictionaryBytes = u32(bytes, start + 1);
  const sizeLow = u32(bytes, start + 5);
  const sizeHigh = u32(bytes, start + 9);
  const isSizeUnknown = sizeLow === 0xffffffff && sizeHigh === 0xffffffff;
  const isSizeSane = isSizeUnknown || (sizeHigh === 0 && sizeLow < 0x10000000);
  // LZMA_Alone as xz accepts it: dictionary 2^n or 2^n + 2^(n-1), range coder's first byte 0.
  const isDictionarySane = [1, 3].includes(dictionaryBytes / 2 ** Math.max(0, lowestBit(dictionaryBytes)));
  return isSizeSane && isDictionarySane && bytes[start + 13] === 0 ? bytes.length : undefined;
}

function lowestBit(value: number): number {
  return 31 - Math.clz32(value & -value);
}

/** Far more than an image of 256 MiB has, whose blocks hold 128 KiB each. */
const mostZstdBlocks = 0x10000;

/** Walk the frame's blocks (RFC 8878 §3.1.1): their headers alone tell where the frame ends. */
function zstdEnd(bytes: Uint8Array, start: number): number | undefined {
  const descriptor = bytes[start + 4] ?? 0xff;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const hasReservedBit = (descriptor & 0x08) !== 0;
  if (hasReservedBit) return undefined;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const contentSizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const checksumBytes = (descriptor & 0x04) !== 0 ? 4 : 0;
  let at = start + 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + contentSizeBytes;
  for (let blocks = 0; blocks < mostZstdBlocks && at + 3 <= bytes.length; blocks += 1) {
    const header = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    const type = (header >> 1) & 3;
    const size = header >> 3;
    if (type === 3 || size > 0x20000) return undefined;
    at += 3 + (type === 1 ? 1 : size);
    if ((header & 1) === 1) return at + checksumBytes <= bytes.length ? at + checksumBytes : undefined;
  }
  return undefined;
}

/** What LZ4 can make of an incompressible block of 8 MiB, the legacy frame's block size (LZ4_COMPRESSBOUND). */
const largestLz4Block = 0x800000 + Math.floor(0x800000 / 255) + 16;

const mostLz4Blocks = 0x400;

/** Walk the legacy frame's blocks: sizes until one that can't be a block's, which is not part of the stream. */
function lz4End(bytes: Uint8Array, start: number): number | undefined {
  let at = start + 4;
  for (let blocks = 0; blocks < mostLz4Blocks && at + 4 <= bytes.length; blocks += 1) {
    const size = u32(bytes, at);
    if (size === 0 || size > largestLz4Block || at + 4 + size > bytes.length) break;
    at += 4 + size;
  }
  return at > start + 4 ? at : undefined;
}

function u32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) |
      ((bytes[at + 1] ?? 0) << 8) |
      ((bytes[at + 2] ?? 0) << 16) |
      ((bytes[at + 3] ?? 0) << 24)) >>>
    0
  );
}
