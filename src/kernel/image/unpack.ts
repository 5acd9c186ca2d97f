import type { ByteRange } from './address-space.ts';
import { type Banner, findBanner } from './banner.ts';
import type { Compression } from './compression.ts';
import type { Decompress, Decompressed } from './decompress.ts';
import { gunzip } from './gunzip.ts';
import { type Container, findPayload, type PayloadCandidate, type PayloadProblem } from './payload.ts';

/** Why no kernel came out of a file; `no-banner`: what came out does not name itself as Linux. */
export type UnpackProblem =
  | PayloadProblem
  | 'no-decompressor'
  | 'no-room'
  | 'damaged'
  | 'too-large'
  | 'no-banner';

/** The kernel of a file as it lies in memory, or why there is none. */
export type UnpackedKernel =
  | {
      readonly ok: true;
      readonly image: Buffer;
      readonly banner: Banner;
      readonly container: Container;
      readonly compression: Compression;
      /** Where it is in the file, as far as its end is known; without it, nothing of the file is known to be packed. */
      readonly packed: ByteRange | undefined;
    }
  | { readonly ok: false; readonly reason: UnpackProblem; readonly program?: string };

/**
 * The kernel proper out of a kernel file: the first candidate that unpacks and holds `linux_banner`.
 *
 * The result may be a view of `file` where nothing is packed.
 */
export async function unpackKernel(file: Buffer, decompress: Decompress): Promise<UnpackedKernel> {
  const payload = findPayload(file);
  if (!payload.ok) return payload;
  let failure: UnpackedKernel = { ok: false, reason: 'no-banner' };
  for (const candidate of payload.candidates) {
    const unpacked = await unpackCandidate(candidate, decompress);
    if (!unpacked.ok) {
      failure = unpacked;
      continue;
    }
    const banner = findBanner(unpacked.bytes);
    if (banner === undefined) continue;
    const { compression } = candidate;
    const packed = packedRange(file, candidate);
    return { ok: true, image: unpacked.bytes, banner, container: payload.container, compression, packed };
  }
  return failure;
}

/** What a scan found ends where the file does, unless its format tells the end (zstd, lz4). */
function packedRange(
  file: Buffer,
  { bytes, compression, expectedBytes }: PayloadCandidate,
): ByteRange | undefined {
  const isEndKnown = expectedBytes !== undefined || compression === 'zstd' || compression === 'lz4';
  const start = bytes.byteOffset - file.byteOffset;
  return isEndKnown ? { start, end: start + bytes.length } : undefined;
}

async function unpackCandidate(candidate: PayloadCandidate, decompress: Decompress): Promise<Decompressed> {
  const { compression, bytes } = candidate;
  if (compression === 'none') return { ok: true, bytes, isClean: true };
  const unpacked = compression === 'gzip' ? gunzip(bytes) : await decompress(compression, bytes);
  if (!unpacked.ok || isWhole(unpacked, candidate)) return unpacked;
  return { ok: false, reason: 'damaged', program: compression };
}

/**
 * Whether the stream was unpacked to its end. What the bytes show comes first, because programs also complain of what
 * follows a stream: a wrong length is always damage, and lzma and lzo, whose end a scan can't know, are whole if the
 * length of the result stands behind the stream, where the kernel's build puts it.
 */
function isWhole(
  { bytes, isClean }: { readonly bytes: Buffer; readonly isClean: boolean },
  { compression, bytes: packed, expectedBytes }: PayloadCandidate,
): boolean {
  if (expectedBytes !== undefined && expectedBytes !== bytes.length) return false;
  if (isClean) return true;
  if (compression !== 'lzma' && compression !== 'lzo') return false;
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  return expectedBytes !== undefined || packed.includes(size);
}
