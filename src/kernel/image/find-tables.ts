import {
  type AddressSpace,
  addressOfOffset,
  type ByteRange,
  isZeroWord,
  offsetOfPointer,
  visitMarkedWords,
  visitPointers,
} from './address-space.ts';
import { type KnownString, knownParamNames, knownSetupNames } from './known-names.ts';
import {
  type ParameterTable,
  paramRecord,
  type RecordLayout,
  type RecordRun,
  readTable,
  runAround,
  setupRecord,
} from './parameter-table.ts';

export type TableProblem = 'no-setup-table' | 'ambiguous-setup-table';

export type SetupTable =
  | { readonly ok: true; readonly table: ParameterTable }
  | { readonly ok: false; readonly reason: TableProblem };

const leastSetupRecords = 50;
const leastKnownSetupNames = 10;

/**
 * The `obs_kernel_param` array: the run of records around a pointer to a well-known name.
 *
 * Other arrays have records of this shape (pin-control tables {name, group, count}, CPU features), some longer than the
 * real one, so what decides is the well-known names in it. Two runs that both have them are not told apart.
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
  const runs: RecordRun[] = [];
  visitMarkedWords(space, marks, (at) => {
    if (runs.some((run) => at >= run.start && at < run.end)) return;
    if (!offsets.has(offsetOfPointer(space, at))) return;
    if (at + layout.recordBytes <= space.bytes.length && layout.holds(space, at)) {
      runs.push(runAround(space, layout, at));
    }
  });
  const tables = runs.flatMap((run) => realSetupTable(space, layout, run) ?? []);
  const [table] = tables;
  if (table === undefined) return { ok: false, reason: 'no-setup-table' };
  return tables.length === 1 ? { ok: true, table } : { ok: false, reason: 'ambiguous-setup-table' };
}

function realSetupTable(
  space: AddressSpace,
  layout: RecordLayout,
  run: RecordRun,
): ParameterTable | undefined {
  const table = readTable(space, layout, withoutEmptyEnds(space, layout, run));
  if (table === undefined || table.parameters.length < leastSetupRecords) return undefined;
  if (countKnown(table, knownSetupNames) < leastKnownSetupNames) return undefined;
  const hasLandmark = table.parameters.some(({ name }) => name === 'init=' || name === 'cgroup_disable=');
  return hasLandmark ? table : undefined;
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
    const tables: ParameterTable[] = [];
    let done = 0;
    visitPointers(space, within, (pointer) => {
      const at = pointer - layout.opsAt;
      if (at < done || at + layout.recordBytes > space.bytes.length || !layout.holds(space, at)) return;
      const run = runAround(space, layout, at);
      done = run.end;
      if (run.end - run.start < leastParamRecords * layout.recordBytes) return;
      const table = readTable(space, layout, run);
      if (table !== undefined && countKnown(table, knownParamNames) >= leastKnownParamNames)
        tables.push(table);
    });
    if (tables.length === 1) return tables[0];
  }
  return undefined;
}
