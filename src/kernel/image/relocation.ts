import {
  type AddressSpace,
  addressSpace,
  highHalf,
  lowHalf,
  offsetOfAddress,
  offsetOfPointer,
} from './address-space.ts';
import { type ElfFile, elfMachine } from './elf.ts';

/** The relocation of each machine that says "write base + addend here" (R_*_RELATIVE in the processors' ELF supplements). */
export const relativeType: Readonly<Record<number, number>> = {
  [elfMachine.ppc64]: 22,
  [elfMachine.s390]: 12,
  [elfMachine.x86_64]: 8,
  [elfMachine.arm64]: 1027,
  [elfMachine.riscv]: 3,
  [elfMachine.loongarch]: 3,
};

/** `Elf64_Rela`: offset, info, addend. Only 64-bit kernels leave their pointers to such a list. */
const entryBytes = 24;

interface RelocationList {
  readonly offset: number;
  readonly count: number;
}

/**
 * The image with its relative relocations made at the link address, as the kernel's own start-up code makes them; the
 * same space where there are none. The bytes given are not written to: a relocated image is a copy.
 *
 * Sources: arch/arm64/kernel/pi/relocate.c, arch/powerpc/kernel/reloc_64.S, arch/s390/boot/startup.c.
 */
export function relocate(space: AddressSpace, machine: number, elf: ElfFile | undefined): AddressSpace {
  const type = relativeType[machine];
  if (type === undefined || space.wordBytes !== 8) return space;
  const list = elf === undefined ? findRelocationRun(space, type) : dynamicRelocations(space, elf);
  if (list === undefined) return space;
  const relocated = addressSpace(Buffer.from(space.bytes), space, space.segments);
  for (let i = 0; i < list.count; i += 1) {
    const entry = list.offset + i * entryBytes;
    if (!isRelative(space, entry, type)) continue;
    const slot = offsetOfPointer(space, entry);
    if (slot < 0 || slot + 8 > space.bytes.length) continue;
    relocated.view.setUint32(slot, space.view.getUint32(entry + 16));
    relocated.view.setUint32(slot + 4, space.view.getUint32(entry + 20));
  }
  return relocated;
}

function isRelative(space: AddressSpace, entry: number, type: number): boolean {
  return lowHalf(space, entry + 8) === type && highHalf(space, entry + 8) === 0;
}

const leastRun = 1000;
/** Less than a third of the shortest run, so that no run lies between two probes. */
const probeStep = 0x1800;

/** The longest run of relative relocations in a raw image, which has no header to point at it. */
function findRelocationRun(space: AddressSpace, type: number): RelocationList | undefined {
  let best: RelocationList = { offset: 0, count: 0 };
  for (let probe = 0; probe + 2 * entryBytes <= space.bytes.length; probe += probeStep) {
    if (best.count > 0 && probe < best.offset + best.count * entryBytes) continue;
    for (const phase of [0, 8, 16]) {
      const run = runAround(space, probe + phase, type);
      if (run.count > best.count) best = run;
    }
  }
  return best.count >= leastRun ? best : undefined;
}

function runAround(space: AddressSpace, entry: number, type: number): RelocationList {
  let offset = entry;
  let end = entry;
  const last = space.bytes.length - entryBytes;
  while (end <= last && isRelative(space, end, type)) end += entryBytes;
  if (end === entry) return { offset, count: 0 };
  while (offset >= entryBytes && isRelative(space, offset - entryBytes, type)) offset -= entryBytes;
  return { offset, count: (end - offset) / entryBytes };
}

const dynamicTag = { rela: 7, relaSize: 8 } as const;

/** The relocation list that an ELF file's dynamic segment names (DT_RELA, DT_RELASZ). */
function dynamicRelocations(space: AddressSpace, elf: ElfFile): RelocationList | undefined {
  const dynamic = elf.segments.find((segment) => segment.kind === 'dynamic');
  if (dynamic === undefined) return undefined;
  const end = Math.min(dynamic.offset + dynamic.fileBytes, space.bytes.length) - 16;
  let offset = -1;
  let sizeBytes = 0;
  for (let at = dynamic.offset; at <= end; at += 16) {
    const tag = lowHalf(space, at);
    if (tag === dynamicTag.rela)
      offset = offsetOfAddress(space, highHalf(space, at + 8), lowHalf(space, at + 8));
    if (tag === dynamicTag.relaSize) sizeBytes = lowHalf(space, at + 8);
  }
  const count = Math.floor(sizeBytes / entryBytes);
  if (offset < 0 || count === 0 || offset + count * entryBytes > space.bytes.length) return undefined;
  return { offset, count };
}
