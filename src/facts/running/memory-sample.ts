import type { Host } from '../../host/host.ts';
import { controlGroups } from '../control-groups.ts';
import type { KernelLog } from './kernel-log.ts';
import { readMemoryControl } from './memory-control.ts';
import { tellsOfThisHost } from './own-state.ts';
import type { SlabCaches } from './slab-caches.ts';

/** What the kernel says of its memory at one moment. Absent files leave their parts undefined; sizes in bytes. */
export interface MemorySample {
  readonly total?: number | undefined;
  readonly available?: number | undefined;
  readonly slab?: number | undefined;
  /** What the kernel can't give back (SUnreclaim). */
  readonly unreclaimable?: number | undefined;
  /** Groups with the memory controller, as the kernel counts them (/proc/cgroups): dead ones may be among them. */
  readonly countedGroups?: number | undefined;
  /** Groups that are there as directories; undefined where no hierarchy is mounted, or not all were counted. */
  readonly liveGroups?: number | undefined;
  /** Removed groups that the kernel still holds (cgroup.stat of the unified hierarchy). */
  readonly dyingGroups?: number | undefined;
  /** Slab caches of single groups, and how many of these belong to groups that are gone. */
  readonly groupCaches?: number | undefined;
  readonly deadCaches?: number | undefined;
  /** How often the kernel's log tells of a slab that could not be had. */
  readonly failedSlabs?: number | undefined;
}

const MEMINFO = '/proc/meminfo';
const MOST_GROUPS = 2000;

/**
 * One look at the memory of a host; undefined where /proc is not its own.
 *
 * Sources: proc_meminfo(5), Documentation/admin-guide/cgroup-v2.rst (cgroup.stat), mm/slub.c (slab_out_of_memory).
 *
 * @param log undefined where it could not be read
 */
export async function readMemorySample(
  host: Host,
  log: KernelLog | undefined,
): Promise<MemorySample | undefined> {
  if (!(await tellsOfThisHost(host))) return undefined;
  const control = await readMemoryControl(host);
  const sizes = await readSizes(host);
  const top = control.legacyPath ?? (control.unified === undefined ? undefined : '/sys/fs/cgroup');
  const live = top === undefined ? undefined : await groupNames(host, top);
  return {
    total: sizes.get('MemTotal'),
    available: sizes.get('MemAvailable'),
    slab: sizes.get('Slab'),
    unreclaimable: sizes.get('SUnreclaim'),
    countedGroups: control.controllers?.find(({ name }) => name === 'memory')?.groups,
    liveGroups: live?.size === undefined || live.size >= MOST_GROUPS ? undefined : live.size,
    dyingGroups: await readDying(host),
    groupCaches: control.groupCaches?.names.length,
    deadCaches: deadCaches(control.groupCaches, live),
    failedSlabs: log?.lines.filter((line) => line.includes('SLUB: Unable to allocate memory on node')).length,
  };
}

async function readSizes(host: Host): Promise<ReadonlyMap<string, number>> {
  const file = await host.read(MEMINFO, 1 << 16);
  const rows = file.ok ? file.bytes.toString('latin1').split('\n') : [];
  return new Map(
    rows.flatMap((row) => {
      const [, name, kilobytes] = /^(\w+):\s+(\d+) kB$/.exec(row) ?? [];
      return name === undefined ? [] : [[name, Number(kilobytes) * 1024] as const];
    }),
  );
}

async function readDying(host: Host): Promise<number | undefined> {
  const file = await host.read('/sys/fs/cgroup/cgroup.stat', 1 << 16);
  const count = file.ok
    ? /^nr_dying_descendants (\d+)$/m.exec(file.bytes.toString('latin1'))?.[1]
    : undefined;
  return count === undefined ? undefined : Number(count);
}

/** Paths by the last part of their names; the top counts as a group. */
async function groupNames(host: Host, top: string): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for await (const { path } of controlGroups(host, top)) paths.add(path);
  return paths;
}

/** Caches whose group's directory is gone; undefined where it is not known which are there. */
function deadCaches(
  caches: SlabCaches | undefined,
  live: ReadonlySet<string> | undefined,
): number | undefined {
  if (caches === undefined || live === undefined || live.size >= MOST_GROUPS) return undefined;
  const names = new Set([...live].map((path) => path.slice(path.lastIndexOf('/') + 1)));
  return caches.names.filter((name) => {
    const group = /\(-?\d+:(.*)\)$/.exec(name)?.[1];
    return group !== undefined && group !== '' && !names.has(group);
  }).length;
}
