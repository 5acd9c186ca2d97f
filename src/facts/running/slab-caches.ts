import type { Host } from '../../host/host.ts';

/** The slab caches of the kernel that runs, by name. */
export interface SlabCaches {
  /** The file or directory that lists them. */
  readonly path: string;
  readonly names: readonly string[];
}

const SLABINFO = '/proc/slabinfo';
const SLAB_DIRECTORY = '/sys/kernel/slab';

/**
 * The kernel's own list of slab caches, which only root may read; else the directories of SLUB's sysfs, which name the same
 * caches. A list without any `kmalloc-` is not whole, and none.
 *
 * Sources: slab_show() in mm/slab_common.c (caches of groups are not listed), mm/slub.c (slab_sysfs_init).
 */
export async function readSlabCaches(host: Host): Promise<SlabCaches | undefined> {
  const file = await host.read(SLABINFO, 1 << 22);
  const rows = file.ok ? file.bytes.toString('latin1').split('\n') : [];
  const names = rows.flatMap((row) => /^([^#\s]\S*)\s+\d/.exec(row)?.[1] ?? []);
  if (isWhole(names)) return { path: SLABINFO, names };
  const listed = await host.list(SLAB_DIRECTORY);
  return listed.ok && isWhole(listed.names) ? { path: SLAB_DIRECTORY, names: listed.names } : undefined;
}

function isWhole(names: readonly string[]): boolean {
  return names.some((name) => /^kmalloc-\d/.test(name));
}

/** Root caches that nearly every group has a copy of, where groups have copies. */
const COMMON_CACHES = ['dentry', 'kmalloc-64', 'inode_cache', 'kmalloc-192', 'cred_jar'];

/**
 * Copies of slab caches that belong to one control group each, `name(number:group)`: directories of SLUB's sysfs, in 3.10 to
 * 4.10 beside the others, then below the cache that they are copies of. No kernel since 5.9 has any.
 *
 * Sources: memcg_create_kmem_cache() in mm/memcontrol.c of 3.10 and mm/slab_common.c of 4.6 and 4.18; sysfs_slab_add() in mm/slub.c.
 */
export async function readGroupCaches(host: Host): Promise<SlabCaches | undefined> {
  const listed = await host.list(SLAB_DIRECTORY);
  if (!listed.ok) return undefined;
  const names = listed.names.filter(isGroupCache);
  if (names.length > 0) return { path: SLAB_DIRECTORY, names };
  for (const cache of COMMON_CACHES) {
    const path = `${SLAB_DIRECTORY}/${cache}/cgroup`;
    const copies = await host.list(path);
    const found = copies.ok ? copies.names.filter(isGroupCache) : [];
    if (found.length > 0) return { path, names: found };
  }
  return isWhole(listed.names) ? { path: SLAB_DIRECTORY, names: [] } : undefined;
}

function isGroupCache(name: string): boolean {
  return /\(-?\d+:.*\)$/.test(name);
}
