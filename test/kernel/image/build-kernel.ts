/**
 * Tiny kernels made from nothing: the bytes that the reader looks for, where a real kernel has them. A few tens of
 * kilobytes stand for sixty megabytes, so that every layout, byte order and defect has its test.
 */

export interface SetupEntry {
  readonly name: string;
  readonly isEarly?: boolean;
  /** Strings that the handler's code refers to. */
  readonly tokens?: readonly string[];
  /** A NULL handler, as `__setup_null_param` leaves it. */
  readonly isObsolete?: boolean;
}

export interface KernelSpec {
  readonly machine?: number;
  readonly wordBytes?: 4 | 8;
  readonly isLittleEndian?: boolean;
  readonly base?: bigint;
  readonly release?: string;
  readonly setup?: readonly SetupEntry[];
  readonly params?: readonly string[];
  /** `struct kernel_param` without its module pointer, as before 4.2. */
  readonly isLegacyParam?: boolean;
  /** Further strings of .rodata. */
  readonly strings?: readonly string[];
  /** Leave the pointers to a list of relative relocations of this type, and zeros in their places. */
  readonly relativeType?: number;
  /** How x86 code names a string: by its address or from the instruction pointer. */
  readonly operand?: 'absolute' | 'relative';
}

export const knownSetup: readonly string[] =
  `rdinit= init= loglevel quiet debug reset_devices rootdelay= rootfstype= rootflags= rootwait root= rw ro lpj=
  noinitrd retain_initrd coredump_filter= oops reserve= reboot= relax_domain_level= isolcpus= console=
  no_console_suspend ignore_loglevel log_buf_len irqpoll irqfixup noirqdebug threadirqs profile= highres= nohz=`
    .split(/\s+/)
    .filter((name) => name !== '');

export const knownParams: readonly string[] = (
  'panic pause_on_oops initcall_debug nomodule printk.time printk.ignore_loglevel ' +
  'spurious.irqfixup rcutree.blimit sysrq.reset_seq vt.color'
).split(' ');

/** The default kernel's tables: the well-known names, some of this test's own, and the handlers in question. */
export const defaultSetup: readonly SetupEntry[] = [
  ...knownSetup.map((name) => ({ name })),
  ...Array.from({ length: 20 }, (_, i) => ({ name: `filler${i}=` })),
  { name: 'mem', isEarly: true },
  { name: 'cgroup_disable=' },
  { name: 'swapaccount=' },
  { name: 'cgroup.memory=', tokens: ['nosocket', 'nokmem'] },
  { name: 'last=' },
];

export const defaultParams: readonly string[] = [
  ...knownParams,
  ...Array.from({ length: 50 }, (_, i) => `driver.option${i}`),
];

export interface BuiltKernel {
  readonly bytes: Buffer;
  readonly base: bigint;
  /** File offsets of both tables, to damage them. */
  readonly setupAt: number;
  readonly paramAt: number;
}

export const defaultRelease = '6.1.0-test-amd64';
const headerBytes = 0x1000;

interface Fixup {
  readonly at: number;
  readonly target: number;
}

/** The memory image: header space, strings, code, tables; pointers as the machine would have them. */
export function buildImage(spec: KernelSpec = {}): BuiltKernel {
  const { wordBytes = 8, isLittleEndian = true, base = 0xffffffff81000000n } = spec;
  const bytes = Buffer.alloc(0x30000);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = headerBytes;
  const places = new Map<string, number>();
  const fixups: Fixup[] = [];

  const text = (value: string): number => {
    const known = places.get(value);
    if (known !== undefined) return known;
    const at = end;
    bytes.write(`${value}\0`, at, 'latin1');
    end += value.length + 1;
    places.set(value, at);
    return at;
  };
  const align = (to: number): void => {
    end = Math.ceil(end / to) * to;
  };
  const pointer = (at: number, target: number): void => {
    fixups.push({ at, target });
  };

  end += 1;
  const setup = spec.setup ?? defaultSetup;
  const params = spec.params ?? defaultParams;
  text(`Linux version ${spec.release ?? defaultRelease} (builder@test) (gcc 12) #1 SMP`);
  for (const { name } of setup) text(name);
  end += 1;
  for (const value of [...params, ...(spec.strings ?? []), ...setup.flatMap(({ tokens }) => tokens ?? [])]) {
    text(value);
  }
  align(64);
  const handlers = setup.map(({ tokens = [] }) => {
    align(16);
    const start = end;
    for (const token of tokens) end += writeReference(view, spec, end, text(token), base);
    end += 16;
    return start;
  });
  // Room behind the last handler, so that no handler's 512 bytes run into the tables.
  end += 1024;
  const variable = end;
  end += 256;
  align(64);
  const setupAt = end;
  setup.forEach(({ name, isEarly = false, isObsolete = false }, i) => {
    pointer(end, text(name));
    if (!isObsolete) pointer(end + wordBytes, handlers[i] ?? 0);
    view.setUint32(end + 2 * wordBytes, isEarly ? 1 : 0, isLittleEndian);
    end += 3 * wordBytes;
  });
  // In a real kernel the tables lie in different sections, far apart.
  end += 0x4000;
  align(64);
  const paramAt = end;
  for (const name of params) {
    const opsAt = end + (spec.isLegacyParam === true ? wordBytes : 2 * wordBytes);
    pointer(end, text(name));
    pointer(opsAt, variable);
    view.setUint16(opsAt + wordBytes, 0o644, isLittleEndian);
    pointer(opsAt + 2 * wordBytes, variable + 64);
    end = opsAt + 3 * wordBytes;
  }
  end += 0x400;
  align(64);
  end = writePointers(view, spec, base, fixups, end);
  return { bytes: bytes.subarray(0, end + 64), base, setupAt, paramAt };
}

function writePointers(
  view: DataView,
  spec: KernelSpec,
  base: bigint,
  fixups: readonly Fixup[],
  end: number,
): number {
  const { wordBytes = 8, isLittleEndian = true, relativeType } = spec;
  const word = (at: number, value: bigint): void => {
    if (wordBytes === 8) view.setBigUint64(at, BigInt.asUintN(64, value), isLittleEndian);
    else view.setUint32(at, Number(BigInt.asUintN(32, value)), isLittleEndian);
  };
  if (relativeType === undefined) {
    for (const { at, target } of fixups) word(at, base + BigInt(target));
    return end;
  }
  // A real list has many thousands; the reader asks for a thousand in a row.
  const filler = Array.from({ length: 1100 }, () => ({ at: 0x100, target: 0x100 }));
  let at = end;
  for (const fixup of [...fixups, ...filler]) {
    word(at, base + BigInt(fixup.at));
    word(at + 8, BigInt(relativeType));
    word(at + 16, base + BigInt(fixup.target));
    at += 24;
  }
  return at;
}

/** Machine code that loads a string's address; its length. Nothing for machines whose code is not decoded. */
function writeReference(
  view: DataView,
  { machine = 62, operand = 'absolute' }: KernelSpec,
  at: number,
  target: number,
  base: bigint,
): number {
  if (machine === 183) {
    const page = (target >> 12) - (at >> 12);
    view.setUint32(at, 0x90000000 | ((page & 3) << 29) | (((page >> 2) & 0x7ffff) << 5), true);
    view.setUint32(at + 4, 0x91000000 | ((target & 0xfff) << 10), true);
    return 8;
  }
  if (machine !== 62 && machine !== 3) return 0;
  if (operand === 'relative') {
    view.setUint32(at, 0x003d8d48, true);
    view.setInt32(at + 3, target - (at + 7), true);
    return 7;
  }
  view.setUint32(at, 0x00c7c748, true);
  view.setInt32(at + 3, Number(BigInt.asIntN(32, base + BigInt(target))), true);
  return 7;
}

/** An ELF kernel: one loadable segment over the image, and a section header for __param. */
export function buildElf(spec: KernelSpec = {}): BuiltKernel {
  const { wordBytes = 8, isLittleEndian = true, machine = 62 } = spec;
  const built = buildImage(spec);
  const paramBytes =
    (spec.params ?? defaultParams).length * wordBytes * (spec.isLegacyParam === true ? 4 : 5);
  const segment = {
    address: built.base,
    fileBytes: built.bytes.length,
    memoryBytes: built.bytes.length + 0x1000,
  };
  const section = { name: '__param', offset: built.paramAt, sizeBytes: paramBytes };
  const bytes = wrapElf({ wordBytes, isLittleEndian }, machine, built.bytes, section, segment);
  return { ...built, bytes };
}

/** A module file (.ko) with the records of its section .modinfo. */
export function buildModule(records: readonly string[], format: Format): Buffer {
  const text = Buffer.from(records.map((record) => `${record}\0`).join(''), 'latin1');
  const section = { name: '.modinfo', offset: 0x100, sizeBytes: text.length };
  return wrapElf(format, 62, Buffer.concat([Buffer.alloc(0x100), text]), section);
}

/**
 * A module with its own table: section __param of 5 words a record, each name a relocation against section .rodata, as modules
 * are before they are loaded. Sections: .modinfo, .rodata, __param, the relocations, the symbols.
 */
export function buildModuleWithTable(
  records: readonly string[],
  names: readonly string[],
  { wordBytes, isLittleEndian }: Format,
): Buffer {
  const is64 = wordBytes === 8;
  const number = (value: number, bytes: number): Buffer => {
    const out = Buffer.alloc(bytes);
    if (isLittleEndian) out.writeUIntLE(value, 0, Math.min(bytes, 6));
    else out.writeUIntBE(value, Math.max(0, bytes - 6), Math.min(bytes, 6));
    return out;
  };
  const word = (value: number): Buffer => number(value, wordBytes);
  const offsets = names.map((_, index) => names.slice(0, index).join('\0').length + (index === 0 ? 0 : 1));
  const recordBytes = 5 * wordBytes;
  const relocation = (index: number): Buffer => {
    const info = is64 ? [number(1, 4), number(1, 4)] : [number(0x101, 4)];
    return Buffer.concat([word(index * recordBytes), ...info, word(offsets[index] ?? 0)]);
  };
  const symbol = is64
    ? Buffer.concat([number(0, 4), Buffer.from([3, 0]), number(2, 2), word(0), word(0)])
    : Buffer.concat([number(0, 4), word(0), word(0), Buffer.from([3, 0]), number(2, 2)]);
  const contents = [
    ['.modinfo', 1, Buffer.from(records.map((record) => `${record}\0`).join(''), 'latin1')],
    ['.rodata', 1, Buffer.from(`${names.join('\0')}\0`, 'latin1')],
    ['__param', 1, Buffer.alloc(names.length * recordBytes)],
    ['.rela__param', 4, Buffer.concat(names.map((_, index) => relocation(index)))],
    ['.symtab', 2, Buffer.concat([Buffer.alloc(symbol.length), symbol])],
  ] as const;
  const strings = `\0${contents.map(([name]) => name).join('\0')}\0`;
  const all = [...contents, ['', 3, Buffer.from(strings, 'latin1')] as const];
  let end = is64 ? 64 : 52;
  const headers = all.map(([name, type, bytes]) => {
    const offset = end;
    end += bytes.length;
    const isRelocation = type === 4;
    return Buffer.concat([
      number(name === '' ? 0 : strings.indexOf(`\0${name}\0`) + 1, 4),
      number(type, 4),
      word(0),
      word(0),
      word(offset),
      word(bytes.length),
      number(isRelocation ? 5 : 0, 4),
      number(isRelocation ? 3 : 0, 4),
      word(1),
      word(0),
    ]);
  });
  const sectionBytes = is64 ? 64 : 40;
  const header = Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, isLittleEndian ? 1 : 2, 1]),
    Buffer.alloc(9),
    ...[1, 62].map((value) => number(value, 2)),
    number(1, 4),
    word(0),
    word(0),
    word(end),
    number(0, 4),
    ...[is64 ? 64 : 52, 0, 0, sectionBytes, all.length + 1, all.length].map((value) => number(value, 2)),
  ]);
  return Buffer.concat([header, ...all.map(([, , bytes]) => bytes), Buffer.alloc(sectionBytes), ...headers]);
}

interface Format {
  readonly wordBytes: 4 | 8;
  readonly isLittleEndian: boolean;
}

/** ELF headers: the file header and one program header go into the first bytes of the content, sections behind it. */
function wrapElf(
  { wordBytes, isLittleEndian }: Format,
  machine: number,
  content: Buffer,
  section: { readonly name: string; readonly offset: number; readonly sizeBytes: number },
  segment?: { readonly address: bigint; readonly fileBytes: number; readonly memoryBytes: number },
): Buffer {
  const is64 = wordBytes === 8;
  const names = Buffer.from(`\0${section.name}\0`, 'latin1');
  const sections = [
    { name: 0, offset: 0, size: 0 },
    { name: 1, offset: section.offset, size: section.sizeBytes },
    { name: 0, offset: content.length, size: names.length },
  ];
  const sectionBytes = is64 ? 64 : 40;
  const bytes = Buffer.concat([content, names, Buffer.alloc(sections.length * sectionBytes)]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const u16 = (at: number, value: number): void => view.setUint16(at, value, isLittleEndian);
  const u32 = (at: number, value: number): void => view.setUint32(at, value, isLittleEndian);
  const word = (at: number, value: bigint | number): void => {
    if (is64) view.setBigUint64(at, BigInt(value), isLittleEndian);
    else u32(at, Number(BigInt.asUintN(32, BigInt(value))));
  };
  const programAt = 0x80;
  const sectionAt = content.length + names.length;
  bytes.write('\x7fELF', 0, 'latin1');
  bytes.set([is64 ? 2 : 1, isLittleEndian ? 1 : 2, 1], 4);
  u16(16, 2);
  u16(18, machine);
  word(is64 ? 32 : 28, programAt);
  word(is64 ? 40 : 32, sectionAt);
  const programCount = segment === undefined ? 0 : 1;
  [is64 ? 56 : 32, programCount, sectionBytes, sections.length, 2].forEach((value, i) => {
    u16((is64 ? 54 : 42) + 2 * i, value);
  });
  if (segment !== undefined) {
    u32(programAt, 1);
    word(programAt + (is64 ? 16 : 8), segment.address);
    word(programAt + (is64 ? 32 : 16), segment.fileBytes);
    word(programAt + (is64 ? 40 : 20), segment.memoryBytes);
  }
  sections.forEach(({ name, offset, size }, i) => {
    const at = sectionAt + i * sectionBytes;
    u32(at, name);
    word(at + (is64 ? 24 : 16), offset);
    word(at + (is64 ? 32 : 20), size);
  });
  return bytes;
}

export type RawHeader = 'arm64' | 'riscv' | 'loongarch' | 'none';

/** A raw image with the magic number that its machine's header has. */
export function buildRaw(header: RawHeader, spec: KernelSpec): BuiltKernel {
  const built = buildImage(spec);
  const magic = { arm64: 'ARM\x64', riscv: 'RSC\x05', loongarch: '\xcd\x23\x82\x81', none: '' }[header];
  built.bytes.write(magic, 0x38, 'latin1');
  if (header === 'arm64' && spec.isLittleEndian === false) built.bytes[0x18] = 1;
  return built;
}
