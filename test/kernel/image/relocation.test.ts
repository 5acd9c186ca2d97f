import { expect, test } from 'vitest';
import { addressSpace } from '../../../src/kernel/image/address-space.ts';
import { elfMachine } from '../../../src/kernel/image/elf.ts';
import { relocate } from '../../../src/kernel/image/relocation.ts';

const format = { wordBytes: 8, isLittleEndian: true } as const;
const base = 0x10000;
const entries = 1200;

/** A slot at offset 0, and relocations of one type behind it that all write `base + 8` there. */
function imageWith(type: number, symbol = 0) {
  const bytes = Buffer.alloc(8 + entries * 24);
  for (let at = 8; at < bytes.length; at += 24) {
    bytes.writeUInt32LE(base, at);
    bytes.writeUInt32LE(type, at + 8);
    bytes.writeUInt32LE(symbol, at + 12);
    bytes.writeUInt32LE(base + 8, at + 16);
  }
  const segment = { offset: 0, fileBytes: bytes.length, memoryBytes: bytes.length, addressHigh: 0 };
  return addressSpace(bytes, format, [{ ...segment, addressLow: base }]);
}

// Sources: the processors' ELF supplements, table "Relocation Types"; include/uapi/linux/elf*.h of the architectures.
const types = [
  { machine: 'ppc64', name: 'R_PPC64_RELATIVE', type: 22 },
  { machine: 's390', name: 'R_390_RELATIVE', type: 12 },
  { machine: 'x86_64', name: 'R_X86_64_RELATIVE', type: 8 },
  { machine: 'arm64', name: 'R_AARCH64_RELATIVE', type: 1027 },
  { machine: 'riscv', name: 'R_RISCV_RELATIVE', type: 3 },
  { machine: 'loongarch', name: 'R_LARCH_RELATIVE', type: 3 },
] as const;

test.each(types)('$machine: $name ($type) is made, no other', ({ machine, type }) => {
  const slotAfter = (space: ReturnType<typeof imageWith>): number =>
    relocate(space, elfMachine[machine], undefined).bytes.readUInt32LE(0);
  expect(slotAfter(imageWith(type))).toBe(base + 8);
  expect(slotAfter(imageWith(type + 1))).toBe(0);
  expect(slotAfter(imageWith(type, 1))).toBe(0);
});

test('a machine that is not known to relocate itself is left as it is', () => {
  const space = imageWith(8);
  expect(relocate(space, elfMachine.arm, undefined)).toBe(space);
});

test('the bytes given are not written to', () => {
  const space = imageWith(8);
  relocate(space, elfMachine.x86_64, undefined);
  expect(space.bytes.readUInt32LE(0)).toBe(0);
});
