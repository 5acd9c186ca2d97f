import type { ByteRange } from './address-space.ts';
import { textPlaces } from './text-places.ts';

const headerBytes = 24;
/** Magic, version 1, no flags, and the header's length, as the machine writes them. */
const start = { little: '\x9f\xeb\x01\x00\x18\x00\x00\x00', big: '\xeb\x9f\x01\x00\x00\x00\x00\x18' };

/**
 * Where the kernel's own type information lies (BTF), in order: names of functions, types and their members, which are there for
 * debuggers and BPF programs; no code compares the command line with them.
 *
 * Source: Documentation/bpf/btf.rst, `struct btf_header`: magic, version 1, flags, hdr_len of 24, then place and length of the
 * types and of the strings, counted from the header's end.
 */
export function findTypeInformation(bytes: Buffer, isLittleEndian: boolean): readonly ByteRange[] {
  const ranges: ByteRange[] = [];
  for (const at of textPlaces(bytes, isLittleEndian ? start.little : start.big)) {
    if (at + headerBytes > bytes.length) continue;
    const u32 = (field: number): number =>
      isLittleEndian ? bytes.readUInt32LE(at + field) : bytes.readUInt32BE(at + field);
    const [typesAt, typesBytes, stringsAt, stringsBytes] = [u32(8), u32(12), u32(16), u32(20)];
    const strings = at + headerBytes + stringsAt;
    const end = strings + stringsBytes;
    // The strings follow the types, begin with an empty one and end in a NUL.
    if (typesAt !== 0 || stringsAt !== typesBytes || end > bytes.length) continue;
    if (bytes[strings] === 0 && bytes[end - 1] === 0) ranges.push({ start: at, end });
  }
  return ranges;
}
