import type { Directory } from '../host/writable-host.ts';
import type { FileEdit } from '../plan/plan.ts';
import { sha256 } from '../plan/sha256.ts';
import { findUnknownPath } from './known-path.ts';
import { type Manifest, parseManifest, printManifest } from './manifest.ts';
import { type ApplyProblem, attempt, type ChangeableHost } from './problem.ts';
import { isSetId, looksLikeSetId } from './set-id.ts';
import {
  BACKUPS_PATH,
  distrust,
  inDirectory,
  openOrMakeDirectory,
  openProblem,
  openState,
} from './state-directory.ts';
import { damaged, type RecordReading, type StateFault } from './state-record.ts';

/** One backup set as `backups` lists it. */
export type BackupListing =
  | {
      readonly id: string;
      readonly isDamaged: false;
      readonly manifest: Manifest;
      /** The rollback that took it back and was not taken back itself. */
      readonly undoneBy: string | undefined;
    }
  /** Not used, for what is wrong with its name or its manifest. */
  | { readonly id: string; readonly isDamaged: true; readonly fault: StateFault };

/** The sets, damaged ones among them, or why they can't be listed. */
export type BackupList =
  | { readonly ok: true; readonly sets: readonly BackupListing[] }
  | { readonly ok: false; readonly problem: ApplyProblem };

/** The two texts of one file of a set. */
export type Side = 'before' | 'after';

const MANIFEST = 'manifest.json';
const MAX_MANIFEST_BYTES = 4 << 20;

/** The directory of a backup set, as the host sees it. */
export function setPath(id: string): string {
  return `${BACKUPS_PATH}/${id}`;
}

/** Every set, oldest first, damaged ones by name. Creates nothing. */
export async function listBackups(host: ChangeableHost): Promise<BackupList> {
  const opened = await openState(host, BACKUPS_PATH);
  if (opened === undefined) return { ok: true, sets: [] };
  if (!opened.ok) return opened;
  const listed = await opened.directory.list();
  opened.directory.close();
  if (!listed.ok) return { ok: false, problem: openProblem(BACKUPS_PATH, listed) };
  const read: { id: string; reading: RecordReading<Manifest> }[] = [];
  for (const id of listed.names.filter(looksLikeSetId)) {
    read.push({ id, reading: isSetId(id) ? await readManifest(host, id) : damaged('id') });
  }
  const undoneBy = findUndone(read.flatMap(({ reading }) => (reading.ok ? [reading.value] : [])));
  const sets = read.map(({ id, reading }): BackupListing => {
    if (!reading.ok) return { id, isDamaged: true, fault: reading.fault };
    return { id, isDamaged: false, manifest: reading.value, undoneBy: undoneBy.get(id) };
  });
  return { ok: true, sets };
}

/** From the newest to the oldest: a rollback that was taken back itself undoes nothing. */
function findUndone(manifests: readonly Manifest[]): ReadonlyMap<string, string> {
  const undoneBy = new Map<string, string>();
  for (const { id, undoes } of manifests.toReversed()) {
    if (undoneBy.has(id)) continue;
    for (const undone of undoes) undoneBy.set(undone, id);
  }
  return undoneBy;
}

/** The ids of all sets, damaged ones included, oldest first; a name whose date is none is no id. */
export async function listSetIds(host: ChangeableHost): Promise<readonly string[]> {
  const opened = await openState(host, BACKUPS_PATH);
  if (opened?.ok !== true) return [];
  const listed = await opened.directory.list();
  opened.directory.close();
  return listed.ok ? listed.names.filter(isSetId) : [];
}

/** What a set says about itself, or why that is not used. */
export async function readManifest(host: ChangeableHost, id: string): Promise<RecordReading<Manifest>> {
  const path = setPath(id);
  const opened = await openState(host, path);
  if (opened === undefined) return damaged(MANIFEST);
  if (!opened.ok) return damaged(path);
  const read = await opened.directory.read(MANIFEST, MAX_MANIFEST_BYTES);
  opened.directory.close();
  if (!read.ok || distrust(host, path, read.status) !== undefined) return damaged(MANIFEST);
  const parsed = parseManifest(read.bytes, id);
  if (!parsed.ok) return parsed;
  const fault = await findUnknownPath(host, parsed.value);
  return fault === undefined ? parsed : { ok: false, fault };
}

/** One text of a set, latin1; undefined where its bytes are not those that were kept, or are kept no longer. */
export async function readKeptText(
  host: ChangeableHost,
  id: string,
  index: number,
  side: Side,
  expectedSha256: string,
): Promise<string | undefined> {
  const opened = await openState(host, setPath(id));
  if (opened?.ok !== true) return undefined;
  const read = await opened.directory.read(contentName(index, side));
  opened.directory.close();
  if (!read.ok) return undefined;
  const text = read.bytes.toString('latin1');
  return sha256(text) === expectedSha256 ? text : undefined;
}

/** Whether a set has its manifest and none of its texts any more. @throws the system's error */
export async function isPruned(host: ChangeableHost, id: string): Promise<boolean> {
  const listed = await inDirectory(host, setPath(id), (set) => set.list());
  return listed?.ok === true && listed.names.length === 1 && listed.names[0] === MANIFEST;
}

/** Removes the texts of a set; what was done stays known. @throws the system's error */
export async function pruneTexts(host: ChangeableHost, id: string): Promise<void> {
  await inDirectory(host, setPath(id), async (set) => {
    const listed = await set.list();
    const texts = listed.ok ? listed.names.filter((name) => CONTENT_NAME.test(name)) : [];
    for (const name of texts) await set.unlink(name);
    if (texts.length > 0) await set.sync();
  });
}

/** Writes a set, the manifest last; it is on the disk when this returns. */
export async function writeBackupSet(
  host: ChangeableHost,
  manifest: Manifest,
  edits: readonly FileEdit[],
): Promise<ApplyProblem | undefined> {
  const opened = await openOrMakeDirectory(host, setPath(manifest.id));
  if (!opened.ok) return opened.problem;
  const set = opened.directory;
  try {
    return await attempt('write', set.realPath, async () => {
      for (const [index, edit] of edits.entries()) {
        if (edit.before !== undefined) await writeKept(set, contentName(index, 'before'), edit.before);
        if (edit.after !== undefined) await writeKept(set, contentName(index, 'after'), edit.after);
      }
      await writeKept(set, MANIFEST, printManifest(manifest));
      await set.sync();
      return undefined;
    });
  } finally {
    set.close();
  }
}

/** Removes a set, its manifest first, so that what is left of it is never taken for whole. @throws the system's error */
export async function removeBackupSet(host: ChangeableHost, id: string): Promise<void> {
  await inDirectory(host, setPath(id), async (set) => {
    const listed = await set.list();
    const names = listed.ok ? listed.names : [];
    if (names.includes(MANIFEST)) {
      await set.unlink(MANIFEST);
      await set.sync();
    }
    for (const name of names) if (name !== MANIFEST) await set.unlink(name);
  });
  await inDirectory(host, BACKUPS_PATH, async (backups) => {
    if (!(await backups.status(id)).ok) return;
    await backups.removeDirectory(id);
    await backups.sync();
  });
}

async function writeKept(set: Directory, name: string, text: string): Promise<void> {
  const file = await set.createFile(name, 0o600);
  try {
    await file.write(Buffer.from(text, name === MANIFEST ? 'utf8' : 'latin1'));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** As `contentName` makes it. */
const CONTENT_NAME = /^\d+\.(?:before|after)$/;

function contentName(index: number, side: Side): string {
  return `${index}.${side}`;
}
