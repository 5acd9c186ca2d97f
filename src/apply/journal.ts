import type { Directory } from '../host/writable-host.ts';
import type { Plan } from '../plan/plan.ts';
import { findUnknownPath } from './known-path.ts';
import type { ChangeableHost, Distrust } from './problem.ts';
import { isSetId } from './set-id.ts';
import { distrust, STATE_PATH } from './state-directory.ts';
import {
  damaged,
  isHash,
  isPath,
  isPlanId,
  listOf,
  optional,
  orNull,
  type RecordReading,
  type Rule,
  readRecord,
  recordOf,
  type StateFault,
  that,
} from './state-record.ts';

/** What a plan is about to do to one file. `undefined` means that the file is not there. */
export interface JournalFile {
  readonly path: string;
  readonly beforeSha256: string | undefined;
  readonly afterSha256: string | undefined;
}

/** The write-ahead record: there as long as a plan is neither done nor undone. */
export interface Journal {
  /** The backup set of the plan. */
  readonly setId: string;
  readonly planId: string;
  readonly files: readonly JournalFile[];
  /** Made for new files, by this plan or by those that it takes back: removed where they are empty in the end. */
  readonly directories: readonly string[];
  /** Set once the plan is being taken back: from then on it is never completed. */
  readonly isUndoing: boolean;
}

/** Whether a change was left unfinished; `damaged`: there was one, and what it says can't be used. */
export type JournalReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'unfinished'; readonly journal: Journal }
  | {
      readonly kind: 'damaged';
      readonly name: string;
      readonly isUndoing: boolean;
      readonly fault: StateFault;
    }
  /** Somebody else may have written it. */
  | { readonly kind: 'untrusted'; readonly problem: Distrust }
  | { readonly kind: 'unreadable'; readonly systemCode: string };

const VERSION = 1;
const NAME = 'journal.json';
const UNDO_NAME = 'journal-undo.json';
const UNWRITTEN_NAME = 'journal.new';
const MAX_BYTES = 1 << 20;

const FILE: Rule = recordOf({ path: isPath, beforeSha256: orNull(isHash), afterSha256: orNull(isHash) });

const FIELDS: Readonly<Record<string, Rule>> = {
  setId: that(isSetId),
  planId: isPlanId,
  files: listOf(FILE, 1),
  directories: optional(listOf(isPath)),
};

/** The names of a plan's temporary files, beside the file itself. Neither ends as a loader's or a shell's files do. */
export function temporaryNames(setId: string, index: number): { readonly new: string; readonly old: string } {
  const stem = `.bootmend-${setId}-${index}`;
  return { new: `${stem}.new`, old: `${stem}.old` };
}

/** Whether a name is one that `temporaryNames` makes. */
export function isTemporaryName(name: string): boolean {
  return /^\.bootmend-\d{8}T\d{6}Z-[0-9a-f]{8}-\d+\.(?:new|old)$/.test(name);
}

/** The record of a plan before anything is done. */
export function journalOf(plan: Plan, setId: string, directories: readonly string[]): Journal {
  const files = plan.edits.map(({ path, beforeSha256, afterSha256 }) => ({
    path,
    beforeSha256,
    afterSha256,
  }));
  return { setId, planId: plan.id, files, directories, isUndoing: false };
}

/** Puts the record into the state directory, whole or not at all. @throws the system's error */
export async function writeJournal(state: Directory, journal: Journal): Promise<void> {
  const text = printJournal(journal);
  if ((await state.status(UNWRITTEN_NAME)).ok) await state.unlink(UNWRITTEN_NAME);
  const file = await state.createFile(UNWRITTEN_NAME, 0o600);
  try {
    await file.write(Buffer.from(text));
    await file.sync();
  } finally {
    await file.close();
  }
  await state.rename(UNWRITTEN_NAME, journal.isUndoing ? UNDO_NAME : NAME);
  await state.sync();
}

/** From here on recovery only goes back. A rename, so that a full disk does not stand against it. */
export async function markUndoing(state: Directory): Promise<void> {
  await state.rename(NAME, UNDO_NAME);
  await state.sync();
}

/** The plan is done or undone. @throws the system's error */
export async function removeJournal(state: Directory): Promise<void> {
  for (const name of [NAME, UNDO_NAME, UNWRITTEN_NAME]) {
    if ((await state.status(name)).ok) await state.unlink(name);
  }
  await state.sync();
}

/**
 * Keeps a damaged journal for people to look at, with another one, if any, in its place from that moment on.
 *
 * @returns the name that it has now
 * @throws the system's error
 */
export async function putAsideJournal(
  state: Directory,
  name: string,
  instead: Journal | undefined,
): Promise<string> {
  const aside = `${name}.damaged`;
  if ((await state.status(aside)).ok) await state.unlink(aside);
  if (instead === undefined) {
    await state.rename(name, aside);
    await state.sync();
  } else {
    await state.link(name, aside);
    await writeJournal(state, instead);
  }
  return aside;
}

/** The record of an unfinished plan, if there is one that can be used. */
export async function readJournal(host: ChangeableHost, state: Directory): Promise<JournalReading> {
  for (const name of [NAME, UNDO_NAME]) {
    const read = await state.read(name, MAX_BYTES);
    if (!read.ok && read.reason === 'missing') continue;
    if (!read.ok && read.systemCode !== undefined) return { kind: 'unreadable', systemCode: read.systemCode };
    const isUndoing = name === UNDO_NAME;
    if (!read.ok) return { kind: 'damaged', name, isUndoing, fault: { code: 'damaged', part: '-' } };
    const problem = distrust(host, `${STATE_PATH}/${name}`, read.status);
    if (problem !== undefined) return { kind: 'untrusted', problem };
    const parsed = parseJournal(read.bytes, isUndoing);
    if (!parsed.ok) return { kind: 'damaged', name, isUndoing, fault: parsed.fault };
    const fault = await findUnknownPath(host, parsed.value);
    if (fault !== undefined) return { kind: 'damaged', name, isUndoing, fault };
    return { kind: 'unfinished', journal: parsed.value };
  }
  return { kind: 'none' };
}

function printJournal({ setId, planId, files, directories }: Journal): string {
  const hashed = files.map(({ path, beforeSha256, afterSha256 }) => ({
    path,
    beforeSha256: beforeSha256 ?? null,
    afterSha256: afterSha256 ?? null,
  }));
  const record = { version: VERSION, setId, planId, files: hashed, directories };
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

function parseJournal(bytes: Buffer, isUndoing: boolean): RecordReading<Journal> {
  const read = readRecord(bytes, VERSION, FIELDS);
  if (!read.ok) return read;
  // Every field keeps its rule.
  const { setId, planId, files, directories = [] } = read.value as unknown as Journal;
  const parsed: JournalFile[] = [];
  for (const [index, { path, beforeSha256, afterSha256 }] of files.entries()) {
    const isTwice = parsed.some((file) => file.path === path);
    if (isTwice || beforeSha256 === afterSha256) return damaged(`files[${index}]`);
    parsed.push({ path, beforeSha256: beforeSha256 ?? undefined, afterSha256: afterSha256 ?? undefined });
  }
  return { ok: true, value: { setId, planId, files: parsed, directories, isUndoing } };
}
