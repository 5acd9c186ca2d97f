/** `e_machine` values of the ELF specification that Linux kernels carry. */
export const elfMachine = {
  x86: 3,
  mips: 8,
  ppc: 20,
  ppc64: 21,
  s390: 22,
  arm: 40,
  x86_64: 62,
  arm64: 183,
  riscv: 243,
  loongarch: 258,
} as const;

/** A program header of type PT_LOAD or PT_DYNAMIC. 64-bit addresses are two 32-bit halves: a double can't hold them. */
export interface ElfSegment {
  readonly kind: 'load' | 'dynamic';
  readonly offset: number;
  readonly addressHigh: number;
  readonly addressLow: number;
  readonly fileBytes: number;
  readonly memoryBytes: number;
}

/** A section header of an ELF file; offsets and sizes in bytes of the file. */
export interface ElfSection {
  readonly name: string;
  /** `sh_type`, and the sections that `sh_link` and `sh_info` name by their index. */
  readonly type: number;
  readonly link: number;
  readonly info: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** What the headers of an ELF file say. */
export interface ElfFile {
  readonly machine: number;
  readonly wordBytes: 4 | 8;
  readonly isLittleEndian: boolean;
  readonly segments: readonly ElfSegment[];
  readonly sections: readonly ElfSection[];
}

/** Whether the bytes begin with ELF's magic. */
export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/**
 * Headers of an ELF file, 32- or 64-bit, either byte order.
 *
 * @returns undefined where it is no ELF file, or where a header table lies outside of the bytes
 *
 * Source: the ELF object file format, "ELF header", "Program header", "Section header".
 */
export function parseElf(bytes: Uint8Array): ElfFile | undefined {
  if (!isElf(bytes) || bytes.length < 64) return undefined;
  const wordBytes = bytes[4] === 2 ? 8 : 4;
  const isLittleEndian = bytes[5] === 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u16 = (offset: number): number => view.getUint16(offset, isLittleEndian);
  const word = (offset: number): number => readWord(view, offset, wordBytes, isLittleEndian);
  const counts = wordBytes === 8 ? 54 : 42;
  const programHeaders = { at: word(wordBytes === 8 ? 32 : 28), size: u16(counts), count: u16(counts + 2) };
  const sectionHeaders = {
    at: word(wordBytes === 8 ? 40 : 32),
    size: u16(counts + 4),
    count: u16(counts + 6),
  };
  if (!fits(programHeaders, wordBytes === 8 ? 56 : 32, bytes.length)) return undefined;
  if (!fits(sectionHeaders, wordBytes === 8 ? 64 : 40, bytes.length)) return undefined;
  const segments: ElfSegment[] = [];
  for (let i = 0; i < programHeaders.count; i += 1) {
    const segment = readSegment(view, programHeaders.at + i * programHeaders.size, wordBytes, isLittleEndian);
    if (segment !== undefined) segments.push(segment);
  }
  const sections = readSections(view, sectionHeaders, u16(counts + 8), wordBytes, isLittleEndian);
  return { machine: u16(18), wordBytes, isLittleEndian, segments, sections };
}

interface HeaderTable {
  readonly at: number;
  readonly size: number;
  readonly count: number;
}

function fits(table: HeaderTable, minimumSize: number, fileBytes: number): boolean {
  if (table.count === 0) return true;
  return table.size >= minimumSize && table.at + table.size * table.count <= fileBytes;
}

/** A word as a number; exact below 2^53, which every file offset and size is. */
function readWord(view: DataView, offset: number, wordBytes: 4 | 8, isLittleEndian: boolean): number {
  if (wordBytes === 4) return view.getUint32(offset, isLittleEndian);
  return Number(view.getBigUint64(offset, isLittleEndian));
}

const segmentKinds: Readonly<Record<number, ElfSegment['kind']>> = { 1: 'load', 2: 'dynamic' };

function readSegment(
  view: DataView,
  at: number,
  wordBytes: 4 | 8,
  isLittleEndian: boolean,
): ElfSegment | undefined {
  const kind = segmentKinds[view.getUint32(at, isLittleEndian)];
  if (kind === undefined) return undefined;
  const is64 = wordBytes === 8;
  const addressAt = at + (is64 ? 16 : 8);
  const [highAt, lowAt] = isLittleEndian ? [addressAt + 4, addressAt] : [addressAt, addressAt + 4];
  return {
    kind,
    offset: readWord(view, at + (is64 ? 8 : 4), wordBytes, isLittleEndian),
    addressHigh: is64 ? view.getUint32(highAt, isLittleEndian) : 0,
    addressLow: view.getUint32(is64 ? lowAt : addressAt, isLittleEndian),
    fileBytes: readWord(view, at + (is64 ? 32 : 16), wordBytes, isLittleEndian),
    memoryBytes: readWord(view, at + (is64 ? 40 : 20), wordBytes, isLittleEndian),
  };
}

function readSections(
  view: DataView,
  table: HeaderTable,
  namesIndex: number,
  wordBytes: 4 | 8,
  isLittleEndian: boolean,
): readonly ElfSection[] {
  const offsetAt = wordBytes === 8 ? 24 : 16;
  const word = (offset: number): number => readWord(view, offset, wordBytes, isLittleEndian);
  if (namesIndex >= table.count) return [];
  const names = word(table.at + namesIndex * table.size + offsetAt);
  const sections: ElfSection[] = [];
  for (let i = 0; i < table.count; i += 1) {
    const at = table.at + i * table.size;
    sections.push({
      name: readName(view, names + view.getUint32(at, isLittleEndian)),
      type: view.getUint32(at + 4, isLittleEndian),
      link: view.getUint32(at + offsetAt + 2 * wordBytes, isLittleEndian),
      info: view.getUint32(at + offsetAt + 2 * wordBytes + 4, isLittleEndian),
      offset: word(at + offsetAt),
      sizeBytes: word(at + offsetAt + wordBytes),
    });
  }
  return sections;
}

function readName(view: DataView, start: number): string {
  let name = '';
  for (let at = start; at < view.byteLength && name.length < 64; at += 1) {
    const byte = view.getUint8(at);
    if (byte === 0) break;
    name += String.fromCharCode(byte);
  }
  return name;
}
