import type { ByteRange, Words } from './address-space.ts';

const isHostLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The bytes as numbers, without a copy where they are aligned; every large buffer of its own is. */
function nativeNumbers({ buffer, byteOffset, byteLength }: DataView): Int32Array {
  const count = byteLength >> 2;
  if (byteOffset % 4 === 0) return new Int32Array(buffer, byteOffset, count);
  return new Int32Array(buffer.slice(byteOffset, byteOffset + 4 * count));
}

function turnedRound(value: number): number {
  return (value << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24);
}

/**
 * Visit every word of a range whose lowest 15 bits are marked in `marks`, which has 2^15 entries.
 *
 * 32-bit numbers are read in this machine's own byte order, which is three times faster than asking a DataView, and only
 * those of an image of the other order are turned round.
 */
export function visitMarkedWords(
  words: Words,
  range: ByteRange,
  marks: Uint8Array,
  visit: (at: number) => void,
): void {
  const numbers = nativeNumbers(words.view);
  const step = words.wordBytes >> 2;
  const isTurned = words.isLittleEndian !== isHostLittleEndian;
  const lowAt = words.isLittleEndian ? 0 : step - 1;
  const start = Math.ceil(range.start / words.wordBytes) * step;
  const end = Math.min(Math.floor(range.end / 4), numbers.length) - step;
  for (let i = start; i <= end; i += step) {
    const number = numbers[i + lowAt] ?? 0;
    const low = isTurned ? turnedRound(number) : number;
    if (marks[low & 0x7fff] === 1) visit(4 * i);
  }
}
