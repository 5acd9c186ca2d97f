import { systemCode } from '../host/system-error.ts';
import type { Directory } from '../host/writable-host.ts';
import type { ApplyNote } from './apply-note.ts';
import { listSetIds, readManifest, removeBackupSet } from './backup-set.ts';
import { readJournal } from './journal.ts';
import type { ChangeableHost } from './problem.ts';

/** How many of the newest sets are kept beside the first. */
const NEWEST_KEPT = 20;

/** The sets to remove, given all ids, oldest first: never the first, which is the way back to before bootmend. */
export function expiredSets(ids: readonly string[]): readonly string[] {
  return ids.slice(1, Math.max(1, ids.length - NEWEST_KEPT));
}

/** Removes expired sets, for the holder of the lock; no damaged ones, and none while a plan is unfinished. */
export async function pruneBackups(host: ChangeableHost, state: Directory): Promise<readonly ApplyNote[]> {
  if ((await readJournal(state)).kind !== 'none') return [];
  try {
    for (const id of expiredSets(await listSetIds(host))) {
      const isDamaged = (await readManifest(host, id)) === undefined;
      if (!isDamaged) await removeBackupSet(host, id);
    }
    return [];
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return [{ code: 'retention-failed', data: { systemCode: code } }];
  }
}
