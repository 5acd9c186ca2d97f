import {
  type AddressSpace,
  addressOfOffset,
  type ByteRange,
  isPointer,
  isZeroWord,
  offsetOfPointer,
  visitMarkedWords,
  visitPointers,
} from './address-space.ts';
import { type KnownString, knownParamNames, knownSetupNames } from './known-names.ts';
import {
  isEarlyFlag,
  type ParameterTable,
  paramRecord,
  pointedName,
  type RecordLayout,
  type RecordRun,
  readTable,
  runAround,
  setupRecord,
} from './parameter-table.ts';

export type TableProblem = 'no-setup-table' | 'ambiguous-setup-table' | 'damaged-setup-table';

export type SetupTable =
  | { readonly ok: true; readonly table: ParameterTable }
  | { readonly ok: false; readonly reason: TableProblem };

const leastSetupRecords = 50;
const leastKnownSetupNames = 10;
/** The largest table seen has 416 records. */
const mostRecords = 10_000;

/**
 * The `obs_kernel_param` array: the run of records around a pointer to a well-known name.
 *
 * Other arrays have records of this shape (pin-control tables {name, group, count}, CPU features), some longer than the
 * real one, so what decides is the well-known names in it. Two runs that both have them are not told apart, and a table
 * that a damaged record cuts in two is refused: half of it would make its other names seem absent.
 */
export function findSetupTable(space: AddressSpace, strings: readonly KnownString[]): SetupTable {
  const layout = setupRecord(space.wordBytes);
  const offsets = new Set<number>();
  const marks = new Uint8Array(0x8000);
  for (const { offset } of strings) {
    const address = addressOfOffset(space, offset);
    if (address === undefined) continue;
    offsets.add(offset);
    marks[Number(address & 0x7fffn)] = 1;
  }
  const found: FoundTable[] = [];
  let strayRuns = 0;
  let done = 0;
  visitMarkedWords(space, marks, (at) => {
    if (at < done || !offsets.has(offsetOfPointer(space, at))) return;
    if (at + layout.recordBytes > space.bytes.length || !layout.holds(space, at)) return;
    const run = withoutEmptyEnds(space, layout, runAround(space, layout, at));
    done = Math.max(run.end, at + space.wordBytes);
    const table = realSetupTable(space, layout, run);
    if (table === undefined) strayRuns += 1;
    else found.push({ run, table });
  });
  const [first] = found;
  if (first === undefined) return { ok: false, reason: 'no-setup-table' };
  if (found.length > 1) return { ok: false, reason: 'ambiguous-setup-table' };
  const known = new Set(strings.map(({ name }) => name));
  const isWhole =
    strayRuns === 0 &&
    countKnown(first.table, known) === known.size &&
    !isCutOff(space, first.run) &&
    !goesOn(space, layout, first.run.end, space.wordBytes);
  return isWhole ? { ok: true, table: first.table } : { ok: false, reason: 'damaged-setup-table' };
}

interface FoundTable {
  readonly run: RecordRun;
  readonly table: ParameterTable;
}

function realSetupTable(
  space: AddressSpace,
  layout: RecordLayout,
  run: RecordRun,
): ParameterTable | undefined {
  if (!isCountBetween(leastSetupRecords, run, layout)) return undefined;
  const table = readTable(space, layout, run);
  if (table === undefined || countKnown(table, knownSetupNames) < leastKnownSetupNames) return undefined;
  const hasLandmark = table.parameters.some(({ name }) => name === 'init=' || name === 'cgroup_disable=');
  return hasLandmark ? table : undefined;
}

function isCountBetween(least: number, run: RecordRun, { recordBytes }: RecordLayout): boolean {
  const count = (run.end - run.start) / recordBytes;
  return count >= least && count <= mostRecords;
}

/** Whether what follows the last record is one too, but for a field: two of name, handler and flag hold. */
function isCutOff(space: AddressSpace, { end }: RecordRun): boolean {
  const { wordBytes } = space;
  if (end + 3 * wordBytes > space.bytes.length) return false;
  const fields = [
    pointedName(space, end) !== undefined,
    isPointer(space, end + wordBytes),
    isEarlyFlag(space, end + 2 * wordBytes),
  ];
  return fields.filter(Boolean).length >= 2;
}

const mostRecordsBeyond = 400;

/** Whether another record stands within some hundred of a run's edge: then a damaged one has cut the table there. */
function goesOn(space: AddressSpace, layout: RecordLayout, from: number, step: number): boolean {
  const farthest = mostRecordsBeyond * layout.recordBytes;
  for (let distance = 0; distance < farthest; distance += Math.abs(step)) {
    const at = from + Math.sign(step) * distance;
    if (at < 0 || at + layout.recordBytes > space.bytes.length) return false;
    if (layout.holds(space, at)) return true;
  }
  return false;
}

/** A name before two zero words is a record with a NULL handler inside the table, but mere data at its ends. */
function withoutEmptyEnds(space: AddressSpace, layout: RecordLayout, run: RecordRun): RecordRun {
  let { start, end } = run;
  const { recordBytes } = layout;
  while (start < end && isZeroWord(space, start + space.wordBytes)) start += recordBytes;
  while (start < end && isZeroWord(space, end - recordBytes + space.wordBytes)) end -= recordBytes;
  return { start, end };
}

function countKnown(table: ParameterTable, known: ReadonlySet<string>): number {
  const found = new Set<string>();
  for (const { name } of table.parameters) if (known.has(name)) found.add(name);
  return found.size;
}

const leastParamRecords = 20;
const leastKnownParamNames = 5;

/**
 * Section `__param` of the built-in code, or undefined where no run of records, or more than one, can be it.
 *
 * Its names are spread over all of .rodata, so unlike .init.setup it is found by the shape of its records alone.
 *
 * @param within where to look: the section, where the image has section headers, else all of it
 */
export function findParamTable(space: AddressSpace, within: ByteRange): ParameterTable | undefined {
  for (const hasModule of [true, false]) {
    const layout = paramRecord(space.wordBytes, hasModule);
    const tables: (ParameterTable | undefined)[] = [];
    let done = 0;
    visitPointers(space, within, (pointer) => {
      const at = pointer - layout.opsAt;
      if (at < done || at + layout.recordBytes > space.bytes.length || !layout.holds(space, at)) return;
      const run = runAround(space, layout, at);
      done = run.end;
      if (!isCountBetween(leastParamRecords, run, layout)) return;
      const table = readTable(space, layout, run);
      if (table === undefined || countKnown(table, knownParamNames) < leastKnownParamNames) return;
      const { recordBytes } = layout;
      const isWhole =
        !goesOn(space, layout, run.end, recordBytes) &&
        !goesOn(space, layout, run.start - recordBytes, -recordBytes);
      tables.push(isWhole ? table : undefined);
    });
    if (tables.length === 1) return tables[0];
  }
  return undefined;
}
