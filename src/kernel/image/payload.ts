import { bannerStart } from './banner.ts';
import { type Compression, findStreams, streamAt } from './compression.ts';
import { isElf } from './elf.ts';
import { findPeSection, isPeTruncated } from './pe.ts';
import { findText } from './text-places.ts';

/** What a kernel file is on the outside. */
export type Container =
  | 'bzimage'
  | 'arm64-image'
  | 'riscv-image'
  | 'loongarch-image'
  | 'efi-zboot'
  | 'arm-zimage'
  | 'elf'
  | 's390-image'
  | 'uki'
  | 'compressed-image'
  | 'unknown';

/** One place where the kernel proper may be. */
export interface PayloadCandidate {
  readonly compression: Compression;
  /** A view of the file, not a copy; the compressed stream without what follows it where its end is known. */
  readonly bytes: Buffer;
  /** The unpacked size in bytes that the container states. */
  readonly expectedBytes: number | undefined;
}

/** Why a file has no kernel to unpack. */
export type PayloadProblem = 'no-kernel-image' | 'truncated';

/** Where in a file the kernel is packed, or why none is. */
export type Payload =
  | {
      readonly ok: true;
      readonly container: Container;
      /** To be tried in order; a scan for magic numbers gives several. */
      readonly candidates: readonly PayloadCandidate[];
    }
  | { readonly ok: false; readonly reason: PayloadProblem };

const mostCandidates = 8;

/**
 * Where the kernel proper is in a kernel file, and how it is packed; nothing is unpacked.
 *
 * Sources: Documentation/arch/x86/boot.rst (bzImage), arch/arm64/booting.rst and riscv/boot-image-header.rst (Image),
 * arch/loongarch/kernel/head.S, drivers/firmware/efi/libstub/zboot-header.S, arch/arm/boot/compressed/head.S (zImage),
 * arch/s390/boot/head.S (EP_STRING), the UAPI group's Unified Kernel Image specification (section .linux).
 */
export function findPayload(bytes: Buffer): Payload {
  const whole = streamAt(bytes, 0);
  if (whole !== undefined) return found('compressed-image', [candidate(bytes, whole)]);
  if (isPeTruncated(bytes)) return { ok: false, reason: 'truncated' };
  const unified = findPeSection(bytes, '.linux');
  if (unified !== undefined) {
    const inner = findPayload(bytes.subarray(unified.start, unified.end));
    return inner.ok ? { ...inner, container: 'uki' } : inner;
  }
  if (isBzImage(bytes)) return bzImagePayload(bytes);
  if (hasText(bytes, 0, 'MZ') && hasText(bytes, 4, 'zimg')) return zbootPayload(bytes);
  const raw = rawContainer(bytes);
  if (raw !== undefined) return found(raw, [uncompressed(bytes)]);
  return scannedPayload(bytes);
}

/** Whether the bytes begin with the boot sector of x86's boot protocol 2.00 or later. */
export function isBzImage(bytes: Buffer): boolean {
  return bytes.length >= 0x264 && bytes.readUInt16LE(0x1fe) === 0xaa55 && hasText(bytes, 0x202, 'HdrS');
}

function rawContainer(bytes: Buffer): Container | undefined {
  if (hasText(bytes, 0x38, 'ARM\x64')) return 'arm64-image';
  if (hasText(bytes, 0x38, 'RSC\x05')) return 'riscv-image';
  if (hasText(bytes, 0x38, '\xcd\x23\x82\x81')) return 'loongarch-image';
  return undefined;
}

function bzImagePayload(bytes: Buffer): Payload {
  const setupSectors = bytes[0x1f1] ?? 0;
  const protectedMode = ((setupSectors === 0 ? 4 : setupSectors) + 1) * 512;
  const isOffsetStated = bytes.readUInt16LE(0x206) >= 0x0208;
  if (!isOffsetStated) return found('bzimage', scan(bytes, protectedMode));
  const start = protectedMode + bytes.readUInt32LE(0x248);
  const end = start + bytes.readUInt32LE(0x24c);
  if (end > bytes.length) return { ok: false, reason: 'truncated' };
  const payload = bytes.subarray(start, end);
  if (isElf(payload)) return found('bzimage', [uncompressed(payload)]);
  const stream = streamAt(payload, 0);
  if (stream === undefined) return { ok: false, reason: 'no-kernel-image' };
  return found('bzimage', [withTrailingSize(payload, stream.compression)]);
}

function zbootPayload(bytes: Buffer): Payload {
  if (bytes.length < 16) return { ok: false, reason: 'truncated' };
  const start = bytes.readUInt32LE(8);
  const stated = bytes.readUInt32LE(12);
  const stream = start + stated <= bytes.length ? streamAt(bytes, start) : undefined;
  if (stream === undefined) return { ok: false, reason: 'truncated' };
  // The stated size leaves out the 4 bytes that hold the unpacked size; gzip has them in the stream itself.
  const end = start + stated + (stream.compression === 'gzip' ? 0 : 4);
  if (end > bytes.length) return { ok: false, reason: 'truncated' };
  return found('efi-zboot', [withTrailingSize(bytes.subarray(start, end), stream.compression)]);
}

/** The kernel's build appends the unpacked size, u32 little-endian, to every stream (scripts/Makefile.lib, size_append). */
function withTrailingSize(payload: Buffer, compression: Compression): PayloadCandidate {
  if (payload.length < 8) return { compression, bytes: payload, expectedBytes: undefined };
  const expectedBytes = payload.readUInt32LE(payload.length - 4);
  const streamEnd = compression === 'gzip' ? payload.length : payload.length - 4;
  return { compression, bytes: payload.subarray(0, streamEnd), expectedBytes };
}

function scannedPayload(bytes: Buffer): Payload {
  if (isElf(bytes) && findText(bytes, bannerStart) !== undefined) return found('elf', [uncompressed(bytes)]);
  const candidates = scan(bytes, 0);
  if (isElf(bytes)) return found('elf', candidates);
  if (candidates.length === 0) return { ok: false, reason: 'no-kernel-image' };
  if (bytes.length > 0x28 && bytes.readUInt32LE(0x24) === 0x016f2818) return found('arm-zimage', candidates);
  if (hasText(bytes, 0x10008, 'S390EP')) return found('s390-image', candidates);
  return found('unknown', candidates);
}

function scan(bytes: Buffer, from: number): readonly PayloadCandidate[] {
  return findStreams(bytes, from, mostCandidates).map((stream) => candidate(bytes, stream));
}

function candidate(bytes: Buffer, stream: { compression: Compression; start: number; end: number }) {
  const { compression, start, end } = stream;
  return { compression, bytes: bytes.subarray(start, end), expectedBytes: undefined };
}

function uncompressed(bytes: Buffer): PayloadCandidate {
  return { compression: 'none', bytes, expectedBytes: bytes.length };
}

function found(container: Container, candidates: readonly PayloadCandidate[]): Payload {
  if (candidates.length === 0) return { ok: false, reason: 'no-kernel-image' };
  return { ok: true, container, candidates };
}

function hasText(bytes: Buffer, at: number, text: string): boolean {
  return bytes.length >= at + text.length && bytes.toString('latin1', at, at + text.length) === text;
}
