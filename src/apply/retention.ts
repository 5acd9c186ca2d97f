import { systemCode } from '../host/system-error.ts';
import type { Directory } from '../host/writable-host.ts';
import type { ApplyNote } from './apply-note.ts';
import { isPruned, listSetIds, pruneTexts, readManifest } from './backup-set.ts';
import { readJournal } from './journal.ts';
import type { ChangeableHost } from './problem.ts';

/** How many of the newest sets keep their texts, beside the first. */
const NEWEST_KEPT = 20;

/** The sets whose texts go, given all ids, oldest first: never the first, which is the way back to before bootmend. */
export function expiredSets(ids: readonly string[]): readonly string[] {
  return ids.slice(1, Math.max(1, ids.length - NEWEST_KEPT));
}

/**
 * Removes the texts of expired sets, for the holder of the lock; of no damaged ones, and of none while a plan is unfinished.
 * Their manifests stay: they chain the sets, so that it is known whether the way back to the first is unbroken.
 */
export async function pruneBackups(host: ChangeableHost, state: Directory): Promise<readonly ApplyNote[]> {
  if ((await readJournal(host, state)).kind !== 'none') return [];
  try {
    for (const id of await unprunedSets(host, expiredSets(await listSetIds(host))))
      await pruneTexts(host, id);
    return [];
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return [{ code: 'retention-failed', data: { systemCode: code } }];
  }
}

/** Oldest first, so that after a cut there is none before one that was pruned: looking ends there. */
async function unprunedSets(host: ChangeableHost, expired: readonly string[]): Promise<readonly string[]> {
  const unpruned: string[] = [];
  for (const id of expired.toReversed()) {
    if (!(await readManifest(host, id)).ok) continue;
    if (await isPruned(host, id)) break;
    unpruned.unshift(id);
  }
  return unpruned;
}
