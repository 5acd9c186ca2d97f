import {
  type AddressSpace,
  addressSpace,
  type ByteRange,
  type Segment,
  type WordFormat,
} from './address-space.ts';
import { findBaseAddress } from './base-address.ts';
import { type ElfFile, elfMachine, isElf, parseElf } from './elf.ts';
import type { KnownString } from './known-names.ts';
import type { Container } from './payload.ts';
import { relativeType, relocate } from './relocation.ts';

/** The machine that an image is for; `unknown` for a raw one that does not tell. */
export type Architecture =
  | 'x86_64'
  | 'x86'
  | 'arm64'
  | 'arm'
  | 'ppc64'
  | 'ppc'
  | 's390x'
  | 'riscv64'
  | 'loongarch64'
  | 'mips64'
  | 'mips'
  | 'unknown';

/** Why an image's addresses can't be told. */
export type LayoutProblem = 'damaged-elf' | 'no-base-address' | 'ambiguous-base-address';

/** An image as its own pointers see it, or why that can't be told. */
export type MemoryLayout =
  | {
      readonly ok: true;
      readonly space: AddressSpace;
      readonly architecture: Architecture;
      /** Where section __param is, or all of the image where no section header tells. */
      readonly paramRange: ByteRange;
    }
  | { readonly ok: false; readonly reason: LayoutProblem };

/**
 * Which address every byte of an unpacked kernel has, with its relocations made.
 *
 * @param file what the kernel was unpacked from: it may tell a raw image's machine
 */
export function layOut(
  image: Buffer,
  container: Container,
  file: Buffer,
  strings: readonly KnownString[],
): MemoryLayout {
  if (!isElf(image)) return layOutRaw(image, rawMachines(image, container, parseElf(file)), strings);
  const elf = parseElf(image);
  return elf === undefined ? { ok: false, reason: 'damaged-elf' } : layOutElf(image, elf);
}

function layOutElf(image: Buffer, elf: ElfFile): MemoryLayout {
  const segments: Segment[] = [];
  for (const segment of elf.segments) {
    if (segment.kind !== 'load') continue;
    if (segment.offset + segment.fileBytes > image.length) return { ok: false, reason: 'damaged-elf' };
    // x86-64 links its per-CPU segment at 0 (until 6.14): no pointer of the tables leads there, but small numbers would.
    if (segment.addressHigh === 0 && segment.addressLow === 0) continue;
    segments.push({ ...segment, memoryBytes: Math.max(segment.fileBytes, segment.memoryBytes) });
  }
  const space = relocate(addressSpace(image, elf, segments), elf.machine, elf);
  const section = elf.sections.find(({ name }) => name === '__param');
  const start = section?.offset ?? 0;
  const paramRange = { start, end: section === undefined ? image.length : start + section.sizeBytes };
  return { ok: true, space, architecture: elfArchitecture(elf), paramRange };
}

function elfArchitecture(elf: ElfFile): Architecture {
  const is64 = elf.wordBytes === 8;
  switch (elf.machine) {
    case elfMachine.x86_64:
      return 'x86_64';
    case elfMachine.x86:
      return 'x86';
    case elfMachine.arm64:
      return 'arm64';
    case elfMachine.arm:
      return 'arm';
    case elfMachine.ppc64:
      return 'ppc64';
    case elfMachine.ppc:
      return 'ppc';
    case elfMachine.mips:
      return is64 ? 'mips64' : 'mips';
    case elfMachine.s390:
      return is64 ? 's390x' : 'unknown';
    case elfMachine.riscv:
      return is64 ? 'riscv64' : 'unknown';
    case elfMachine.loongarch:
      return is64 ? 'loongarch64' : 'unknown';
    default:
      return 'unknown';
  }
}

interface RawMachine extends WordFormat {
  readonly architecture: Architecture;
  readonly machine: number;
}

const little64 = { wordBytes: 8, isLittleEndian: true } as const;
const big64 = { wordBytes: 8, isLittleEndian: false } as const;
const little32 = { wordBytes: 4, isLittleEndian: true } as const;
const big32 = { wordBytes: 4, isLittleEndian: false } as const;

/** The machines that a raw image may be for: its own header tells, else what it was packed in, else all are tried. */
function rawMachines(image: Buffer, container: Container, file: ElfFile | undefined): readonly RawMachine[] {
  const magic = image.toString('latin1', 0x38, 0x3c);
  if (magic === 'ARM\x64') {
    // Bit 0 of the header's flags: big-endian kernel (Documentation/arch/arm64/booting.rst).
    const isBig = ((image[0x18] ?? 0) & 1) === 1;
    return [{ ...(isBig ? big64 : little64), architecture: 'arm64', machine: elfMachine.arm64 }];
  }
  if (magic === 'RSC\x05') return [{ ...little64, architecture: 'riscv64', machine: elfMachine.riscv }];
  if (magic === '\xcd\x23\x82\x81') {
    return [{ ...little64, architecture: 'loongarch64', machine: elfMachine.loongarch }];
  }
  if (container === 's390-image') return [{ ...big64, architecture: 's390x', machine: elfMachine.s390 }];
  if (container === 'arm-zimage') return [{ ...little32, architecture: 'arm', machine: elfMachine.arm }];
  if (file !== undefined) return [{ ...file, architecture: elfArchitecture(file) }];
  const unknown = { architecture: 'unknown', machine: 0 } as const;
  return [little64, little32, big64, big32].map((format) => ({ ...format, ...unknown }));
}

/** How far a raw image's .bss may reach beyond the file; pointers into it are pointers too. */
const mostBssBytes = 0x4000000;

function layOutRaw(
  image: Buffer,
  machines: readonly RawMachine[],
  strings: readonly KnownString[],
): MemoryLayout {
  let reason: LayoutProblem = 'no-base-address';
  for (const machine of machines) {
    const unbased = addressSpace(image, machine, []);
    const base = findBaseAddress(unbased, strings, relativeType[machine.machine]);
    if (!base.ok) {
      if (base.reason === 'ambiguous-base-address') reason = base.reason;
      continue;
    }
    const segment: Segment = {
      offset: 0,
      fileBytes: image.length,
      memoryBytes: image.length + mostBssBytes,
      addressHigh: base.high,
      addressLow: base.low,
    };
    const space = relocate(addressSpace(image, machine, [segment]), machine.machine, undefined);
    const paramRange = { start: 0, end: image.length };
    return { ok: true, space, architecture: machine.architecture, paramRange };
  }
  return { ok: false, reason };
}
