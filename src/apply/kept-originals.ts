import type { Directory } from '../host/writable-host.ts';
import { readManifest } from './backup-set.ts';
import { temporaryNames } from './journal.ts';
import { type ApplyProblem, attempt, type ChangeableHost } from './problem.ts';
import { isSetId } from './set-id.ts';
import { distrust, parentOf, STATE_PATH } from './state-directory.ts';
import { listOf, orNull, type Rule, readRecord, that } from './state-record.ts';

/**
 * Originals that keep their second name (`.old`) after their change is done, since the file system's journal could not
 * be emptied: until the machine has been started again, GRUB may still read the old inode, and its blocks must not go to
 * other files. The record says which sets they belong to, and in which boot they were kept.
 */
interface KeptOriginals {
  /** undefined where it was no running system: any boot is a later one. */
  readonly bootId: string | undefined;
  readonly setIds: readonly string[];
}

const NAME = 'kept-originals.json';
const UNWRITTEN_NAME = 'kept-originals.new';
const MAX_BYTES = 1 << 16;
const VERSION = 1;
const FIELDS: Readonly<Record<string, Rule>> = {
  bootId: orNull(that((value) => typeof value === 'string' && /^[0-9a-z-]{1,64}$/.test(value))),
  setIds: listOf(that(isSetId)),
};

const BOOT_ID_PATH = '/proc/sys/kernel/random/boot_id';

/** Records that the originals of a set stay where they are until the next boot; on the disk when this returns. */
export function keepOriginals(
  host: ChangeableHost,
  state: Directory,
  setId: string,
): Promise<ApplyProblem | undefined> {
  return attempt('write', state.realPath, async () => {
    const before = (await readKept(host, state))?.setIds ?? [];
    const setIds = [...new Set([...before, setId])];
    const record = { version: VERSION, bootId: (await bootIdOf(host)) ?? null, setIds };
    if ((await state.status(UNWRITTEN_NAME)).ok) await state.unlink(UNWRITTEN_NAME);
    const file = await state.createFile(UNWRITTEN_NAME, 0o600);
    try {
      await file.write(Buffer.from(`${JSON.stringify(record)}\n`));
      await file.sync();
    } finally {
      await file.close();
    }
    await state.rename(UNWRITTEN_NAME, NAME);
    await state.sync();
    return undefined;
  });
}

/** Removes the originals that were kept in an earlier boot, for the holder of the lock. */
export function sweepKeptOriginals(
  host: ChangeableHost,
  state: Directory,
): Promise<ApplyProblem | undefined> {
  return attempt('unlink', state.realPath, async () => {
    const kept = await readKept(host, state);
    if (kept === undefined || kept.bootId === (await bootIdOf(host))) return undefined;
    for (const setId of kept.setIds) await sweepSet(host, setId);
    await state.unlink(NAME);
    await state.sync();
    return undefined;
  });
}

async function sweepSet(host: ChangeableHost, setId: string): Promise<void> {
  const manifest = await readManifest(host, setId);
  for (const [index, { path }] of (manifest.ok ? manifest.value.files : []).entries()) {
    const { old } = temporaryNames(setId, index);
    const opened = await host.openDirectory(parentOf(path));
    if (!opened.ok) continue;
    const { directory } = opened;
    try {
      if (!(await directory.status(old)).ok) continue;
      await directory.unlink(old);
      await directory.sync();
    } finally {
      directory.close();
    }
  }
}

/** undefined where there is none, or none that can be used: then nothing is removed. */
async function readKept(host: ChangeableHost, state: Directory): Promise<KeptOriginals | undefined> {
  const found = await state.read(NAME, MAX_BYTES);
  if (!found.ok || distrust(host, `${STATE_PATH}/${NAME}`, found.status) !== undefined) return undefined;
  const read = readRecord(found.bytes, VERSION, FIELDS);
  if (!read.ok) return undefined;
  // Every field keeps its rule.
  const { bootId, setIds } = read.value as unknown as KeptOriginals;
  return { bootId: bootId ?? undefined, setIds };
}

async function bootIdOf(host: ChangeableHost): Promise<string | undefined> {
  if (!host.isRunningSystem) return undefined;
  const read = await host.read(BOOT_ID_PATH);
  return read.ok ? read.bytes.toString('latin1').trim() : undefined;
}
