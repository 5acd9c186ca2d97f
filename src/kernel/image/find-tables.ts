import { type AddressSpace, type ByteRange, isPointer, isZeroWord } from './address-space.ts';
import { type KnownString, knownParamNames, knownSetupNames, rangeAround } from './known-names.ts';
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

/** Why no table counts: none has the well-known names, several do, or a damaged record cuts it. */
export type TableProblem = 'no-setup-table' | 'ambiguous-setup-table' | 'damaged-setup-table';

/** The `obs_kernel_param` table of an image, or why none counts. */
export type SetupTable =
  | { readonly ok: true; readonly table: ParameterTable }
  | { readonly ok: false; readonly reason: TableProblem };

/** The smallest tables seen have 141 and 54 records, the largest 416. */
const leastSetupRecords = 50;
const leastParamRecords = 40;
const mostRecords = 10_000;

/** The names and the records that point to them are in one section; at most 270 kB apart were seen. */
const neighbourhoodBytes = 0x100000;
const leastKnownSetupNames = 10;
const leastKnownParamNames = 5;

/**
 * The `obs_kernel_param` array.
 *
 * Other arrays have records of this shape (pin-control tables {name, group, count}, CPU features), some longer than the
 * real one, so what decides is the well-known names in it. Two runs that both have them are not told apart, and a table
 * that a damaged record cuts in two is refused: half of it would make its other names seem absent.
 *
 * @param strings the well-known names that the image holds: the table has to have every one
 */
export function findSetupTable(space: AddressSpace, strings: readonly KnownString[]): SetupTable {
  const layout = setupRecord(space.wordBytes);
  const found: { readonly run: RecordRun; readonly table: ParameterTable }[] = [];
  for (const wholeRun of findRuns(
    space,
    layout,
    leastSetupRecords,
    rangeAround(strings, neighbourhoodBytes),
  )) {
    const run = withoutEmptyEnds(space, layout, wholeRun);
    const table = readTable(space, layout, run);
    if (table !== undefined && isSetupTable(table)) found.push({ run, table });
  }
  const [first] = found;
  if (first === undefined) return { ok: false, reason: 'no-setup-table' };
  if (found.length > 1) return { ok: false, reason: 'ambiguous-setup-table' };
  const known = new Set(strings.map(({ name }) => name));
  const isWhole =
    countKnown(first.table, known) === known.size &&
    !isCutOff(space, first.run) &&
    !hasRecordBehind(space, layout, first.run) &&
    !hasKnownBefore(space, layout, first.run);
  return isWhole ? { ok: true, table: first.table } : { ok: false, reason: 'damaged-setup-table' };
}

function isSetupTable(table: ParameterTable): boolean {
  const hasLandmark = table.parameters.some(({ name }) => name === 'init=' || name === 'cgroup_disable=');
  return hasLandmark && countKnown(table, knownSetupNames) >= leastKnownSetupNames;
}

/**
 * Section `__param` of the built-in code, or undefined where no run of records, or more than one, can be it, or where a
 * damaged record cuts it.
 *
 * @param within where to look: the section, where the image has section headers, else all of it
 */
export function findParamTable(space: AddressSpace, within: ByteRange): ParameterTable | undefined {
  for (const hasModule of [true, false]) {
    const layout = paramRecord(space.wordBytes, hasModule);
    const tables: (ParameterTable | undefined)[] = [];
    for (const run of findRuns(space, layout, leastParamRecords, within)) {
      const table = readTable(space, layout, run);
      if (table === undefined || countKnown(table, knownParamNames) < leastKnownParamNames) continue;
      const isCut = hasRecordBehind(space, layout, run) || hasRecordBefore(space, layout, run);
      tables.push(isCut ? undefined : table);
    }
    if (tables.length > 0) return tables.length === 1 ? tables[0] : undefined;
  }
  return undefined;
}

/**
 * Every run of at least so many records. Not every word is tried: probes stand so close that none of these runs lies
 * between two of them.
 */
function findRuns(
  space: AddressSpace,
  layout: RecordLayout,
  least: number,
  range: ByteRange,
): readonly RecordRun[] {
  const { recordBytes, holds } = layout;
  const runs: RecordRun[] = [];
  const end = Math.min(range.end, space.bytes.length) - recordBytes;
  const step = (least - 2) * recordBytes;
  const start = Math.ceil(range.start / space.wordBytes) * space.wordBytes;
  let done = start;
  for (let probe = start; probe <= end; probe += step) {
    for (let at = probe; at < probe + recordBytes && at <= end; at += space.wordBytes) {
      if (at < done || !holds(space, at)) continue;
      const run = runAround(space, layout, at);
      done = run.end;
      const count = (run.end - run.start) / recordBytes;
      if (count >= least && count <= mostRecords) runs.push(run);
    }
  }
  return runs;
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

/** How far from a run's edges records are looked for that a damaged one may have cut off, in records. */
const reach = 400;

function hasRecordBehind(space: AddressSpace, layout: RecordLayout, { end }: RecordRun): boolean {
  const last = Math.min(end + reach * layout.recordBytes, space.bytes.length - layout.recordBytes);
  for (let at = end; at <= last; at += space.wordBytes) if (layout.holds(space, at)) return true;
  return false;
}

function hasRecordBefore(space: AddressSpace, layout: RecordLayout, { start }: RecordRun): boolean {
  const first = Math.max(0, start - reach * layout.recordBytes);
  for (let at = start - space.wordBytes; at >= first; at -= space.wordBytes) {
    if (layout.holds(space, at)) return true;
  }
  return false;
}

/** In front of the real table lie arrays of the same shape: only a record with a well-known name counts. */
function hasKnownBefore(space: AddressSpace, layout: RecordLayout, { start }: RecordRun): boolean {
  const first = Math.max(0, start - reach * layout.recordBytes);
  for (let at = start - space.wordBytes; at >= first; at -= space.wordBytes) {
    if (layout.holds(space, at) && knownSetupNames.has(pointedName(space, at) ?? '')) return true;
  }
  return false;
}
