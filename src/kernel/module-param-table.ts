import { type ElfFile, type ElfSection, elfMachine } from './image/elf.ts';

/** `SHT_RELA` and `SHT_REL` of the ELF specification. */
const RELA = 4;
const REL = 9;

/**
 * The names of a module's section `__param`: every parameter that it registers, described or not (`module_param_call` and
 * `module_param_cb` leave nothing in .modinfo).
 *
 * A module is not linked to an address: each record's first word, the name, is a relocation against the string.
 *
 * Sources: `struct kernel_param` (include/linux/moduleparam.h): 5 words, 4 before 3.17; the ELF specification, "Relocation" and
 * "Symbol Table".
 *
 * @returns `none` where there is no such section; undefined where its names could not be read
 */
export function moduleParamNames(bytes: Buffer, elf: ElfFile): readonly string[] | 'none' | undefined {
  const index = elf.sections.findIndex(({ name }) => name === '__param');
  const section = elf.sections[index];
  if (section === undefined || section.sizeBytes === 0) return 'none';
  const targets = relocationTargets(bytes, elf, index);
  if (targets === undefined) return undefined;
  for (const words of [5, 4]) {
    const recordBytes = words * elf.wordBytes;
    if (section.sizeBytes % recordBytes !== 0) continue;
    const names = recordNames(bytes, targets, section.sizeBytes, recordBytes);
    if (names !== undefined) return names;
  }
  return undefined;
}

/** Places in the file, by the offset in the section whose word is to lead there. */
type Targets = ReadonlyMap<number, number>;

function recordNames(
  bytes: Buffer,
  targets: Targets,
  sizeBytes: number,
  recordBytes: number,
): readonly string[] | undefined {
  const names: string[] = [];
  for (let at = 0; at < sizeBytes; at += recordBytes) {
    const place = targets.get(at);
    const name = place === undefined ? undefined : nameAt(bytes, place);
    if (name === undefined) return undefined;
    names.push(name);
  }
  return names;
}

function nameAt(bytes: Buffer, place: number): string | undefined {
  const end = bytes.indexOf(0, place);
  const name = end === -1 ? '' : bytes.toString('latin1', place, Math.min(end, place + 64));
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : undefined;
}

function relocationTargets(bytes: Buffer, elf: ElfFile, section: number): Targets | undefined {
  // Its r_info is not the number that other machines have there.
  if (elf.machine === elfMachine.mips && elf.wordBytes === 8) return undefined;
  const relocations = elf.sections.filter(
    ({ type, info }) => info === section && (type === RELA || type === REL),
  );
  const targets = new Map<number, number>();
  for (const relocation of relocations) {
    const symbols = elf.sections[relocation.link];
    if (symbols === undefined || !addTargets(bytes, elf, relocation, symbols, targets)) return undefined;
  }
  return targets;
}

function addTargets(
  bytes: Buffer,
  elf: ElfFile,
  relocation: ElfSection,
  symbols: ElfSection,
  targets: Map<number, number>,
): boolean {
  const { wordBytes, isLittleEndian, sections } = elf;
  const is64 = wordBytes === 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u32 = (at: number): number => view.getUint32(at, isLittleEndian);
  const word = (at: number): number => (is64 ? Number(view.getBigUint64(at, isLittleEndian)) : u32(at));
  const entryBytes = (relocation.type === RELA ? 3 : 2) * wordBytes;
  const symbolBytes = is64 ? 24 : 16;
  const end = relocation.offset + relocation.sizeBytes;
  if (end > bytes.length || symbols.offset + symbols.sizeBytes > bytes.length) return false;
  for (let at = relocation.offset; at + entryBytes <= end; at += entryBytes) {
    const offset = word(at);
    const symbolIndex = is64 ? u32(at + (isLittleEndian ? 12 : 8)) : u32(at + 4) >>> 8;
    const symbol = symbols.offset + symbolIndex * symbolBytes;
    if (symbol + symbolBytes > symbols.offset + symbols.sizeBytes) return false;
    const home = sections[view.getUint16(symbol + (is64 ? 6 : 14), isLittleEndian)];
    const value = word(symbol + (is64 ? 8 : 4));
    const place = sections[relocation.info];
    const addend = relocation.type === RELA ? word(at + 2 * wordBytes) : u32((place?.offset ?? 0) + offset);
    if (home !== undefined && home.offset > 0) targets.set(offset, home.offset + value + addend);
  }
  return true;
}
