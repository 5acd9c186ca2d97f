/** A run of bytes of the image with the address the kernel has them at; addresses are two 32-bit halves. */
export interface Segment {
  readonly offset: number;
  readonly fileBytes: number;
  /** At least `fileBytes`: .bss takes no bytes in the file. */
  readonly memoryBytes: number;
  readonly addressHigh: number;
  readonly addressLow: number;
}

/** Size and byte order of a machine's words. */
export interface WordFormat {
  readonly wordBytes: 4 | 8;
  readonly isLittleEndian: boolean;
}

/** Bytes with the size and order of the words in them. */
export interface Words extends WordFormat {
  readonly view: DataView;
}

/** An unpacked kernel as its own pointers see it. */
export interface AddressSpace extends Words {
  readonly bytes: Buffer;
  readonly segments: readonly Segment[];
  /** The stretch from the first segment to the last: one comparison turns away most words that are no pointers. */
  readonly envelope: Envelope;
}

interface Envelope {
  readonly addressHigh: number;
  readonly addressLow: number;
  readonly sizeBytes: number;
}

/** @param segments none of them for an image whose base address is yet to be found */
export function addressSpace(
  bytes: Buffer,
  { wordBytes, isLittleEndian }: WordFormat,
  segments: readonly Segment[],
): AddressSpace {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view, wordBytes, isLittleEndian, segments, envelope: envelopeOf(segments) };
}

function envelopeOf(segments: readonly Segment[]): Envelope {
  const [first] = segments;
  if (first === undefined) return { addressHigh: 0, addressLow: 0, sizeBytes: 0 };
  let lowest = first;
  for (const segment of segments) {
    if (distanceInto(lowest, segment.addressHigh, segment.addressLow) < 0) lowest = segment;
  }
  let sizeBytes = 0;
  for (const { addressHigh, addressLow, memoryBytes } of segments) {
    sizeBytes = Math.max(sizeBytes, distanceInto(lowest, addressHigh, addressLow) + memoryBytes);
  }
  return { addressHigh: lowest.addressHigh, addressLow: lowest.addressLow, sizeBytes };
}

/** The lower 32 bits of the pointer that stands at an offset. */
export function lowHalf(words: Words, at: number): number {
  const isLowSecond = words.wordBytes === 8 && !words.isLittleEndian;
  return words.view.getUint32(isLowSecond ? at + 4 : at, words.isLittleEndian);
}

/** The upper 32 bits of the pointer that stands at an offset; 0 with 32-bit pointers. */
export function highHalf(words: Words, at: number): number {
  if (words.wordBytes === 4) return 0;
  return words.view.getUint32(words.isLittleEndian ? at + 4 : at, words.isLittleEndian);
}

/** Whether the word at a file offset is zero, of the size that the space has. */
export function isZeroWord(space: AddressSpace, at: number): boolean {
  return lowHalf(space, at) === 0 && highHalf(space, at) === 0;
}

/** The file offset that an address leads to, or -1 where it leads nowhere or into .bss. */
export function offsetOfAddress(space: AddressSpace, high: number, low: number): number {
  for (const segment of space.segments) {
    const distance = distanceInto(segment, high, low);
    if (distance >= 0 && distance < segment.fileBytes) return segment.offset + distance;
  }
  return -1;
}

/** The file offset that the pointer at `at` leads to, or -1 where it leads nowhere or into .bss. */
export function offsetOfPointer(space: AddressSpace, at: number): number {
  return offsetOfAddress(space, highHalf(space, at), lowHalf(space, at));
}

/** Whether the word at an offset is an address of the kernel's own memory, .bss included. */
export function isPointer(space: AddressSpace, at: number): boolean {
  const high = highHalf(space, at);
  const low = lowHalf(space, at);
  const distance = distanceInto(space.envelope, high, low);
  if (distance < 0 || distance >= space.envelope.sizeBytes) return false;
  return space.segments.some((segment) => isInside(segment, high, low));
}

function isInside(segment: Segment, high: number, low: number): boolean {
  const distance = distanceInto(segment, high, low);
  return distance >= 0 && distance < segment.memoryBytes;
}

/**
 * Exact wherever it matters: the halves' difference times 2^32 is exact in a double, and the sum is once it is below 2^53.
 */
function distanceInto(start: Pick<Segment, 'addressHigh' | 'addressLow'>, high: number, low: number): number {
  return (high - start.addressHigh) * 0x1_0000_0000 + (low - start.addressLow);
}

/** The address of a file offset, or undefined where no segment holds it. */
export function addressOfOffset(space: AddressSpace, offset: number): bigint | undefined {
  for (const segment of space.segments) {
    const distance = offset - segment.offset;
    if (distance < 0 || distance >= segment.fileBytes) continue;
    return (BigInt(segment.addressHigh) << 32n) + BigInt(segment.addressLow) + BigInt(distance);
  }
  return undefined;
}

const longestName = 63;

/**
 * The NUL-terminated string of 1 to 63 printable characters without blanks at an offset: what a parameter's name can be.
 */
export function nameAt(bytes: Buffer, offset: number): string | undefined {
  if (offset < 0) return undefined;
  let end = offset;
  for (; end < bytes.length && end - offset <= longestName; end += 1) {
    const byte = bytes[end] ?? 0;
    if (byte === 0) return end === offset ? undefined : bytes.toString('latin1', offset, end);
    if (byte < 0x21 || byte > 0x7e) return undefined;
  }
  return undefined;
}

/** A part of a file, `end` exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}
