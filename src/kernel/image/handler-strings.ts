import { type AddressSpace, nameAt, offsetOfAddress } from './address-space.ts';
import type { Architecture } from './memory-layout.ts';

/** A handler that compares a list of tokens is some hundred bytes long; `nokmem` is met 28 to 116 bytes into its own. */
const handlerBytes = 512;

/**
 * The strings that a function's own code refers to, or undefined where the instruction set is not decoded here.
 *
 * Instructions are not told apart: every operand that could hold an address is followed, so that the result may hold
 * strings the function never uses, but none that its machine code does not name.
 *
 * @param address of the function's first byte
 */
export function handlerStrings(
  space: AddressSpace,
  architecture: Architecture,
  address: bigint,
): ReadonlySet<string> | undefined {
  const start = offsetOf(space, address);
  if (start === -1) return undefined;
  const end = Math.min(start + handlerBytes, space.bytes.length);
  switch (architecture) {
    case 'x86_64':
    case 'x86':
      return namesAt(space, x86Operands(space, start, end, address));
    case 'arm64':
      return namesAt(space, arm64Operands(space, start, end, address));
    default:
      return undefined;
  }
}

function offsetOf(space: AddressSpace, address: bigint): number {
  return offsetOfAddress(space, Number((address >> 32n) & 0xffffffffn), Number(address & 0xffffffffn));
}

function namesAt(space: AddressSpace, addresses: Iterable<bigint>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const address of addresses) {
    const name = nameAt(space.bytes, offsetOf(space, BigInt.asUintN(8 * space.wordBytes, address)));
    if (name !== undefined) names.add(name);
  }
  return names;
}

/**
 * Every four bytes as an absolute address (`mov $string,%rdi`, sign-extended as the kernel's code model has it) and as
 * the displacement of an instruction that they end (`lea string(%rip),%rdi`).
 */
function* x86Operands(space: AddressSpace, start: number, end: number, address: bigint): Generator<bigint> {
  for (let at = start; at + 4 <= end; at += 1) {
    const operand = BigInt(space.view.getInt32(at, true));
    yield operand;
    if (space.wordBytes === 8) yield address + BigInt(at + 4 - start) + operand;
  }
}

/** `adrp` with the `add` that completes it in the same register, and `adr` (Arm ARM, C6.2: ADR, ADRP, ADD immediate). */
function* arm64Operands(space: AddressSpace, start: number, end: number, address: bigint): Generator<bigint> {
  const pages = new Map<number, bigint>();
  for (let at = start; at + 4 <= end; at += 4) {
    const instruction = space.view.getUint32(at, true);
    const target = instruction & 31;
    const here = address + BigInt(at - start);
    if ((instruction & 0x1f000000) === 0x10000000) {
      const offset = pcRelativeImmediate(instruction);
      if (instruction >>> 31 === 0) yield here + offset;
      else pages.set(target, (here & ~0xfffn) + (offset << 12n));
    }
    const page = pages.get((instruction >>> 5) & 31);
    if ((instruction & 0xffc00000) >>> 0 === 0x91000000 && page !== undefined) {
      yield page + BigInt((instruction >>> 10) & 0xfff);
    }
  }
}

/** The signed 21 bits immhi:immlo. */
function pcRelativeImmediate(instruction: number): bigint {
  const low = (instruction >>> 29) & 3;
  const high = (instruction >>> 5) & 0x7ffff;
  return BigInt.asIntN(21, BigInt((high << 2) | low));
}
