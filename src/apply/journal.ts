import type { Directory } from '../host/writable-host.ts';
import type { Plan } from '../plan/plan.ts';
import { isFilePath, isHashOrNull, isPathList, isRecord, parseJson } from './parse-json.ts';
import { isSetId } from './set-id.ts';

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

export type JournalReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'unfinished'; readonly journal: Journal }
  | { readonly kind: 'damaged'; readonly name: string; readonly isUndoing: boolean }
  | { readonly kind: 'unreadable'; readonly systemCode: string };

const VERSION = 1;
const NAME = 'journal.json';
const UNDO_NAME = 'journal-undo.json';
const UNWRITTEN_NAME = 'journal.new';
const MAX_BYTES = 1 << 20;

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

export async function readJournal(state: Directory): Promise<JournalReading> {
  for (const name of [NAME, UNDO_NAME]) {
    const read = await state.read(name, MAX_BYTES);
    if (!read.ok && read.reason === 'missing') continue;
    if (!read.ok && read.systemCode !== undefined) return { kind: 'unreadable', systemCode: read.systemCode };
    const journal = read.ok ? parseJournal(read.bytes, name === UNDO_NAME) : undefined;
    return journal === undefined
      ? { kind: 'damaged', name, isUndoing: name === UNDO_NAME }
      : { kind: 'unfinished', journal };
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

function parseJournal(bytes: Buffer, isUndoing: boolean): Journal | undefined {
  const value = parseJson(bytes);
  if (!isRecord(value) || value['version'] !== VERSION) return undefined;
  const { setId, planId, files, directories = [] } = value;
  if (!isSetId(setId) || typeof planId !== 'string' || !Array.isArray(files)) return undefined;
  if (!isPathList(directories)) return undefined;
  const parsed: JournalFile[] = [];
  for (const entry of files) {
    const file = parseFile(entry);
    if (file === undefined) return undefined;
    parsed.push(file);
  }
  return { setId, planId, files: parsed, directories, isUndoing };
}

function parseFile(value: unknown): JournalFile | undefined {
  if (!isRecord(value)) return undefined;
  const { path, beforeSha256, afterSha256 } = value;
  if (!isFilePath(path) || !isHashOrNull(beforeSha256) || !isHashOrNull(afterSha256)) return undefined;
  if (beforeSha256 === afterSha256) return undefined;
  return { path, beforeSha256: beforeSha256 ?? undefined, afterSha256: afterSha256 ?? undefined };
}
