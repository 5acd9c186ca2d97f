import {
  type AddressSpace,
  addressOfOffset,
  type ByteRange,
  highHalf,
  isPointer,
  isZeroWord,
  lowHalf,
  nameAt,
  offsetOfAddress,
  offsetOfPointer,
} from './address-space.ts';

/** One name that a kernel's built-in code accepts on its command line. */
export interface ImageParameter {
  /** As the kernel has it, latin1: `console=`, `quiet`, `printk.time`. */
  readonly name: string;
  /** `setup`: a record of .init.setup; `param`: one of section __param. */
  readonly table: 'setup' | 'param';
  /** Registered with `early_param`: read before everything else, and matched by its whole name. */
  readonly isEarly: boolean;
  /** Address of the handler (`setup`) or of the `kernel_param_ops` (`param`); undefined where it is NULL. */
  readonly handler: Address | undefined;
}

/** An address in the kernel's memory before any KASLR slide: hexadecimal with `0x`. */
export type Address = `0x${string}`;

/** Where a table lies. */
export interface TableBounds {
  readonly start: Address;
  /** The first address behind the last record. */
  readonly end: Address;
  readonly recordBytes: number;
}

/** A table of an image: where it stands, and the parameters that it lists. */
export interface ParameterTable {
  readonly bounds: TableBounds;
  readonly parameters: readonly ImageParameter[];
}

/** How one kind of record is laid out, and what a table of them has to hold to be the real one. */
export interface RecordLayout {
  readonly recordBytes: number;
  /** Whether the bytes at an offset can be such a record. */
  readonly holds: (space: AddressSpace, at: number) => boolean;
  readonly read: (space: AddressSpace, at: number) => ImageParameter | undefined;
}

/** A run of records, as file offsets. */
export interface RecordRun {
  readonly start: number;
  readonly end: number;
}

/** The whole run of valid records around one that is valid. */
export function runAround(space: AddressSpace, layout: RecordLayout, at: number): RecordRun {
  const { recordBytes, holds } = layout;
  let start = at;
  while (start >= recordBytes && holds(space, start - recordBytes)) start -= recordBytes;
  let end = at + recordBytes;
  while (end + recordBytes <= space.bytes.length && holds(space, end)) end += recordBytes;
  return { start, end };
}

/** The run as a table, or undefined where it lies outside of the kernel's memory. */
export function readTable(
  space: AddressSpace,
  layout: RecordLayout,
  run: RecordRun,
): ParameterTable | undefined {
  const start = addressOfOffset(space, run.start);
  if (start === undefined) return undefined;
  const parameters: ImageParameter[] = [];
  for (let at = run.start; at < run.end; at += layout.recordBytes) {
    const parameter = layout.read(space, at);
    if (parameter !== undefined) parameters.push(parameter);
  }
  const end = start + BigInt(run.end - run.start);
  const bounds = { start: address(start), end: address(end), recordBytes: layout.recordBytes };
  return { bounds, parameters };
}

/** Where the names stand that a table's records point to, in the order of the records. */
export function recordNamePlaces(
  space: AddressSpace,
  { start, end, recordBytes }: TableBounds,
): readonly ByteRange[] {
  const count = Number(BigInt(end) - BigInt(start)) / recordBytes;
  const first = BigInt(start);
  const at = offsetOfAddress(space, Number((first >> 32n) & 0xffffffffn), Number(first & 0xffffffffn));
  const places: ByteRange[] = [];
  for (let i = 0; i < count && at !== -1; i += 1) {
    const place = offsetOfPointer(space, at + i * recordBytes);
    const name = nameAt(space.bytes, place);
    if (name !== undefined) places.push({ start: place, end: place + name.length + 1 });
  }
  return places;
}

function address(value: bigint): Address {
  return `0x${value.toString(16)}`;
}

/** The pointer at an offset as an address; undefined for NULL. */
function pointerValue(space: AddressSpace, at: number): Address | undefined {
  if (isZeroWord(space, at)) return undefined;
  const low = lowHalf(space, at).toString(16);
  const high = highHalf(space, at);
  return high === 0 ? `0x${low}` : `0x${high.toString(16)}${low.padStart(8, '0')}`;
}

/** The name whose pointer stands at an offset. */
export function pointedName(space: AddressSpace, at: number): string | undefined {
  return nameAt(space.bytes, offsetOfPointer(space, at));
}

/** Whether `int early` of a record stands here: 0 or 1, and zeros up to the next word. */
export function isEarlyFlag({ view, wordBytes, isLittleEndian }: AddressSpace, at: number): boolean {
  return view.getUint32(at, isLittleEndian) <= 1 && (wordBytes === 4 || view.getUint32(at + 4) === 0);
}

/**
 * `struct obs_kernel_param { const char *str; int (*setup_func)(char *); int early; }` (include/linux/init.h), the same
 * since 2.6. `setup_func` is NULL for an obsolete parameter (`__setup_null_param`).
 */
export function setupRecord(wordBytes: 4 | 8): RecordLayout {
  const earlyAt = 2 * wordBytes;
  const recordBytes = 3 * wordBytes;
  const holds = (space: AddressSpace, at: number): boolean =>
    isEarlyFlag(space, at + earlyAt) &&
    (isPointer(space, at + wordBytes) || isZeroWord(space, at + wordBytes)) &&
    pointedName(space, at) !== undefined;
  const read = (space: AddressSpace, at: number): ImageParameter | undefined => {
    const name = pointedName(space, at);
    if (name === undefined) return undefined;
    const isEarly = space.view.getUint32(at + earlyAt, space.isLittleEndian) === 1;
    return { name, table: 'setup', isEarly, handler: pointerValue(space, at + wordBytes) };
  };
  return { recordBytes, holds, read };
}

/**
 * `struct kernel_param` (include/linux/moduleparam.h): name, module (since 4.2; NULL in built-in code), ops, perm, level,
 * flags (since 3.17), and a pointer to the variable, NULL where the ops need none.
 */
export function paramRecord(wordBytes: 4 | 8, hasModule: boolean): RecordLayout {
  const opsAt = hasModule ? 2 * wordBytes : wordBytes;
  const permissionsAt = opsAt + wordBytes;
  const argumentAt = permissionsAt + wordBytes;
  const recordBytes = argumentAt + wordBytes;
  const holds = (space: AddressSpace, at: number): boolean =>
    (!hasModule || isZeroWord(space, at + wordBytes)) &&
    isPointer(space, at + opsAt) &&
    arePermissions(space, at + permissionsAt) &&
    (isPointer(space, at + argumentAt) || isZeroWord(space, at + argumentAt)) &&
    pointedName(space, at) !== undefined;
  const read = (space: AddressSpace, at: number): ImageParameter | undefined => {
    const name = pointedName(space, at);
    if (name === undefined) return undefined;
    return { name, table: 'param', isEarly: false, handler: pointerValue(space, at + opsAt) };
  };
  return { recordBytes, holds, read };
}

/** `u16 perm; s8 level; u8 flags`, before 3.17 `u16 perm; s16 level`; a level is an initcall level or -1. */
function arePermissions(space: AddressSpace, at: number): boolean {
  const { view, isLittleEndian, wordBytes } = space;
  if (view.getUint16(at, isLittleEndian) > 0o777) return false;
  if (wordBytes === 8 && view.getUint32(at + 4) !== 0) return false;
  const wideLevel = view.getInt16(at + 2, isLittleEndian);
  const level = view.getInt8(at + 2);
  return isLevel(wideLevel) || (isLevel(level) && view.getUint8(at + 3) <= 3);
}

function isLevel(value: number): boolean {
  return value >= -1 && value <= 7;
}
