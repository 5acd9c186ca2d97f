import type { KernelLog } from '../facts/running/kernel-log.ts';
import { CONTROLLERS_PATH, type GroupMemory, type MemoryControl } from '../facts/running/memory-control.ts';
import { isNotBefore, parseRelease } from '../kernel/release.ts';
import type { Observation } from './observation.ts';

/** Commit 494c1dfe855e: caches of their own for accounted objects. */
const FIRST_WITH_ACCOUNTED_CACHES = [5, 14];
/** Commit 10befea91b61: the last copies of caches for single groups went. */
const FIRST_WITHOUT_GROUP_CACHES = [5, 9];
/** Commit b313aeee2509: kernel memory is accounted for in every group, unless it is turned off. */
const FIRST_TO_ACCOUNT_BY_DEFAULT = [4, 6];

/** Before 5.14 each processor may hold back 32 pages of every figure in memory.stat: only a group of this size says something. */
const SURELY_ACCOUNTED_BYTES = 64 << 20;

/**
 * What shows that kernel memory is accounted for in control groups, or that it is not: what `cgroup.memory=nokmem` turns off.
 *
 * Sources: new_kmalloc_cache() in mm/slab_common.c (the caches `kmalloc-cg-*` are the plain ones with nokmem);
 * memcg_online_kmem() in mm/memcontrol.c. Red Hat's 3.10 accounts only in groups with a limit of their own, so that there
 * figures of 0 say nothing.
 *
 * @param release undefined where it is not known: then only what is accounted for says something
 * @param isUnderstood the kernel is proven to take the word
 */
export function accountingSigns(
  release: string | undefined,
  control: MemoryControl,
  isUnderstood: boolean,
): readonly Observation[] {
  const on = accountingSeen(control);
  if (on.length > 0) return on;
  if (release === undefined || parseRelease(release) === undefined) return [];
  const { caches, groupCaches, groups } = control;
  const isAtHand = isUnderstood || hasController(control);
  const signs: Observation[] = [];
  if (caches !== undefined && isAtHand && isNotBefore(release, FIRST_WITH_ACCOUNTED_CACHES)) {
    signs.push({ path: caches.path, shows: 'effect', code: 'no-accounted-caches', data: {} });
  }
  const telling = groups.filter((group) => isTelling(group, release, control));
  const [first] = telling;
  if (first !== undefined && isNotBefore(release, FIRST_TO_ACCOUNT_BY_DEFAULT)) {
    const data = { count: telling.length };
    signs.push({ path: first.path, shows: 'effect', code: 'groups-account-nothing', data });
    const isOfCopies = !isNotBefore(release, FIRST_WITHOUT_GROUP_CACHES);
    if (isOfCopies && groupCaches !== undefined)
      signs.push({ path: groupCaches.path, shows: 'effect', code: 'no-group-caches', data: {} });
  }
  return signs;
}

function accountingSeen({ caches, groups, groupCaches }: MemoryControl): readonly Observation[] {
  const signs: Observation[] = [];
  const accounted = caches?.names.filter((name) => name.startsWith('kmalloc-cg-')).length ?? 0;
  if (caches !== undefined && accounted > 0) {
    const data = { count: accounted };
    signs.push({ path: caches.path, shows: 'no-effect', code: 'accounted-caches', data });
  }
  const [example] = groupCaches?.names ?? [];
  if (groupCaches !== undefined && example !== undefined) {
    const data = { count: groupCaches.names.length, example };
    signs.push({ path: groupCaches.path, shows: 'no-effect', code: 'group-caches', data });
  }
  const group = groups.find(({ kernelBytes }) => kernelBytes > 0);
  if (group !== undefined) {
    const data = { bytes: group.kernelBytes };
    signs.push({ path: group.path, shows: 'no-effect', code: 'group-accounts', data });
  }
  return signs;
}

/** Whether the controller is there, on or off. */
function hasController({ controllers, unified, legacyPath }: MemoryControl): boolean {
  const isListed = controllers?.some(({ name }) => name === 'memory') === true;
  return isListed || legacyPath !== undefined || unified?.controllers.includes('memory') === true;
}

/** Whether a group that accounts for no kernel memory would do so if it were on. */
function isTelling({ programBytes }: GroupMemory, release: string, { legacyPath }: MemoryControl): boolean {
  const isExact = legacyPath !== undefined || isNotBefore(release, FIRST_WITH_ACCOUNTED_CACHES);
  return programBytes >= (isExact ? 1 : SURELY_ACCOUNTED_BYTES);
}

/**
 * What shows that a controller is off, or on: what `cgroup_disable=` turns off. Kernels with no v1 part of the controller
 * leave it out of /proc/cgroups; then the unified hierarchy's own list says it.
 *
 * Sources: proc_cgroupstats_show() in kernel/cgroup/cgroup-v1.c, cgroup_disable() in kernel/cgroup/cgroup.c.
 */
export function controllerSigns(
  controller: string,
  control: MemoryControl,
  log: KernelLog | undefined,
): readonly Observation[] {
  const data = { controller };
  const { controllers, unified, legacyPath } = control;
  const signs: Observation[] = [];
  const row = controllers?.find(({ name }) => name === controller);
  if (row !== undefined) {
    const [shows, code] = row.isEnabled
      ? (['no-effect', 'controller-on'] as const)
      : (['effect', 'controller-off'] as const);
    signs.push({ path: CONTROLLERS_PATH, shows, code, data });
  } else if (legacyPath !== undefined && controller === 'memory') {
    signs.push({ path: legacyPath, shows: 'no-effect', code: 'controller-mounted', data });
  } else if (unified !== undefined) {
    const [shows, code] = unified.controllers.includes(controller)
      ? (['no-effect', 'controller-listed'] as const)
      : (['effect', 'controller-not-listed'] as const);
    signs.push({ path: unified.path, shows, code, data });
  }
  const isSaid = log?.lines.some((line) => line.includes(`Disabling ${controller} control group subsystem`));
  if (log !== undefined && isSaid)
    signs.push({ path: log.path, shows: 'effect', code: 'controller-said-off', data });
  return signs;
}
