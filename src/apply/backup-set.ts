import type { Directory } from '../host/writable-host.ts';
import type { FileEdit } from '../plan/plan.ts';
import { sha256 } from '../plan/sha256.ts';
import { type Manifest, parseManifest, printManifest } from './manifest.ts';
import { type ApplyProblem, attempt, type ChangeableHost } from './problem.ts';
import { isSetId } from './set-id.ts';
import { BACKUPS_PATH, inDirectory, openOrMakeDirectory } from './state-directory.ts';

/** One backup set as `backups` lists it. */
export type BackupListing =
  | {
      readonly id: string;
      readonly isDamaged: false;
      readonly manifest: Manifest;
      /** The rollback that took it back and was not taken back itself. */
      readonly undoneBy: string | undefined;
    }
  | { readonly id: string; readonly isDamaged: true };

export type BackupList =
  | { readonly ok: true; readonly sets: readonly BackupListing[] }
  | { readonly ok: false; readonly path: string; readonly systemCode: string };

/** The two texts of one file of a set. */
export type Side = 'before' | 'after';

const MANIFEST = 'manifest.json';
const MAX_MANIFEST_BYTES = 4 << 20;

export function setPath(id: string): string {
  return `${BACKUPS_PATH}/${id}`;
}

/** Every set, oldest first, damaged ones by name. Creates nothing. */
export async function listBackups(host: ChangeableHost): Promise<BackupList> {
  const listed = await host.list(BACKUPS_PATH);
  if (!listed.ok) {
    if (listed.reason === 'missing') return { ok: true, sets: [] };
    return { ok: false, path: BACKUPS_PATH, systemCode: listed.systemCode ?? listed.reason };
  }
  const ids = listed.names.filter(isSetId);
  const manifests = new Map<string, Manifest>();
  for (const id of ids) {
    const manifest = await readManifest(host, id);
    if (manifest !== undefined) manifests.set(id, manifest);
  }
  const undoneBy = findUndone([...manifests.values()]);
  const sets = ids.map((id): BackupListing => {
    const manifest = manifests.get(id);
    if (manifest === undefined) return { id, isDamaged: true };
    return { id, isDamaged: false, manifest, undoneBy: undoneBy.get(id) };
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

/** The ids of all sets, damaged ones included, oldest first. */
export async function listSetIds(host: ChangeableHost): Promise<readonly string[]> {
  const listed = await host.list(BACKUPS_PATH);
  return listed.ok ? listed.names.filter(isSetId) : [];
}

/** undefined where it is missing, unreadable or damaged. */
export async function readManifest(host: ChangeableHost, id: string): Promise<Manifest | undefined> {
  const read = await host.read(`${setPath(id)}/${MANIFEST}`, MAX_MANIFEST_BYTES);
  return read.ok ? parseManifest(read.bytes, id) : undefined;
}

/** One text of a set, latin1; undefined where its bytes are not those that were kept. */
export async function readKeptText(
  host: ChangeableHost,
  id: string,
  index: number,
  side: Side,
  expectedSha256: string,
): Promise<string | undefined> {
  const read = await host.read(`${setPath(id)}/${contentName(index, side)}`);
  if (!read.ok) return undefined;
  const text = read.bytes.toString('latin1');
  return sha256(text) === expectedSha256 ? text : undefined;
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

function contentName(index: number, side: Side): string {
  return `${index}.${side}`;
}
