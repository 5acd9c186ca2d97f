import type { ByteRange } from './address-space.ts';

interface PeSection extends ByteRange {
  readonly name: string;
}

/**
 * The bytes of a named section of a PE file (an EFI program), or undefined where there is none.
 *
 * A section's raw data is padded to the file alignment; the virtual size is the content's where it is smaller.
 *
 * Source: Microsoft's PE format, "Section Table".
 */
export function findPeSection(bytes: Buffer, name: string): ByteRange | undefined {
  return readSections(bytes).find((section) => section.name === name && section.end <= bytes.length);
}

/** Whether a PE file's section table promises more bytes than there are. */
export function isPeTruncated(bytes: Buffer): boolean {
  return readSections(bytes).some((section) => section.end > bytes.length);
}

function readSections(bytes: Buffer): readonly PeSection[] {
  if (bytes.length < 0x40 || bytes.toString('latin1', 0, 2) !== 'MZ') return [];
  const header = bytes.readUInt32LE(0x3c);
  if (header + 24 > bytes.length || bytes.toString('latin1', header, header + 4) !== 'PE\0\0') return [];
  const count = bytes.readUInt16LE(header + 6);
  const table = header + 24 + bytes.readUInt16LE(header + 20);
  const sections: PeSection[] = [];
  for (let i = 0; i < count && table + (i + 1) * 40 <= bytes.length; i += 1) {
    const at = table + i * 40;
    const [name = ''] = bytes.toString('latin1', at, at + 8).split('\0', 1);
    const virtualBytes = bytes.readUInt32LE(at + 8);
    const rawBytes = bytes.readUInt32LE(at + 16);
    const start = bytes.readUInt32LE(at + 20);
    const size = virtualBytes > 0 && virtualBytes < rawBytes ? virtualBytes : rawBytes;
    sections.push({ name, start, end: start + size });
  }
  return sections;
}
