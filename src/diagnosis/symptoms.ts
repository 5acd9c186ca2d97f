import type { MemorySample } from '../facts/running/memory-sample.ts';

export type { MemorySample } from '../facts/running/memory-sample.ts';

/** Something of a sample that a leak looks like. */
export type Symptom =
  | { readonly code: 'slab-share'; readonly data: { readonly percent: number } }
  | { readonly code: 'dead-groups'; readonly data: { readonly counted: number; readonly live: number } }
  | { readonly code: 'dying-groups'; readonly data: { readonly count: number } }
  | { readonly code: 'group-ids'; readonly data: { readonly count: number } }
  | { readonly code: 'dead-caches'; readonly data: { readonly count: number } }
  | { readonly code: 'failed-slabs'; readonly data: { readonly count: number } };

/** What a sample says of a leak. */
export interface Symptoms {
  /**
   * `leaking`: caches or groups that are gone are still held, in number; `suspicious`: much memory is in slabs that can't be
   * given back, whatever for; `unknown`: nothing of it could be read.
   */
  readonly verdict: 'leaking' | 'suspicious' | 'none' | 'unknown';
  readonly found: readonly Symptom[];
}

/** A group is gone for good within seconds of its removal; hundreds at once are held by something. */
const MANY_DEAD = 500;
/** Ids of memory groups end at 65,535 (MEM_CGROUP_ID_MAX in mm/memcontrol.c; CSS_ID_MAX in 3.10's kernel/cgroup.c). */
const NEARLY_ALL_IDS = 60_000;
/** A fresh host has a few percent. */
const LARGE_SHARE = 0.25;

/** What of a sample a leak of slab memory looks like. Red Hat's bug 1507149, moby#37722 and runc#1725 tell the same signs. */
export function findSymptoms(sample: MemorySample): Symptoms {
  const proofs = [...deadGroups(sample), ...groupIds(sample), ...deadCaches(sample)];
  const doubts = [...slabShare(sample), ...dying(sample), ...failedSlabs(sample)];
  const { unreclaimable, countedGroups, dyingGroups, deadCaches: dead } = sample;
  const isReadable = [unreclaimable, countedGroups, dyingGroups, dead].some((part) => part !== undefined);
  const found = [...proofs, ...doubts];
  if (!isReadable) return { verdict: 'unknown', found };
  if (proofs.length > 0) return { verdict: 'leaking', found };
  return { verdict: doubts.length > 0 ? 'suspicious' : 'none', found };
}

/** v1: the kernel counts groups that have no directory any more. */
function deadGroups({ countedGroups, liveGroups }: MemorySample): readonly Symptom[] {
  if (countedGroups === undefined || liveGroups === undefined) return [];
  if (countedGroups - liveGroups < MANY_DEAD) return [];
  return [{ code: 'dead-groups', data: { counted: countedGroups, live: liveGroups } }];
}

/** Removed groups may be held by page cache, too, which goes when memory is needed. */
function dying({ dyingGroups = 0 }: MemorySample): readonly Symptom[] {
  return dyingGroups >= MANY_DEAD ? [{ code: 'dying-groups', data: { count: dyingGroups } }] : [];
}

function groupIds({ countedGroups = 0 }: MemorySample): readonly Symptom[] {
  return countedGroups >= NEARLY_ALL_IDS ? [{ code: 'group-ids', data: { count: countedGroups } }] : [];
}

function deadCaches({ deadCaches: count = 0 }: MemorySample): readonly Symptom[] {
  return count >= MANY_DEAD ? [{ code: 'dead-caches', data: { count } }] : [];
}

function failedSlabs({ failedSlabs: count = 0 }: MemorySample): readonly Symptom[] {
  return count > 0 ? [{ code: 'failed-slabs', data: { count } }] : [];
}

function slabShare({ unreclaimable, total }: MemorySample): readonly Symptom[] {
  if (unreclaimable === undefined || total === undefined || unreclaimable < total * LARGE_SHARE) return [];
  return [{ code: 'slab-share', data: { percent: Math.round((100 * unreclaimable) / total) } }];
}
