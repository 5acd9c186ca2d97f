import type { Host } from '../../host/host.ts';
import { controlGroups } from '../control-groups.ts';
import { readGroupCaches, readSlabCaches, type SlabCaches } from './slab-caches.ts';

/** What the running kernel shows of its memory controller. */
export interface MemoryControl {
  /** /proc/cgroups; undefined where it could not be read. */
  readonly controllers: readonly ControllerRow[] | undefined;
  /** The unified hierarchy (cgroup v2), where it has controllers: its list of them. */
  readonly unified: { readonly path: string; readonly controllers: readonly string[] } | undefined;
  /** The directory of a v1 hierarchy of the memory controller; undefined where none is mounted. */
  readonly legacyPath: string | undefined;
  /** Some groups that show how much kernel memory they account for, the tops of hierarchies left out. */
  readonly groups: readonly GroupMemory[];
  readonly caches: SlabCaches | undefined;
  readonly groupCaches: SlabCaches | undefined;
}

/** One line of /proc/cgroups. */
export interface ControllerRow {
  readonly name: string;
  /** 0 for the unified hierarchy, or for none. */
  readonly hierarchy: number;
  readonly groups: number;
  readonly isEnabled: boolean;
}

/** What one group accounts for, in bytes. */
export interface GroupMemory {
  /** The file that says it. */
  readonly path: string;
  readonly kernelBytes: number;
  /** Memory of programs and of files. */
  readonly programBytes: number;
}

/** /proc/cgroups */
export const CONTROLLERS_PATH = '/proc/cgroups';
const UNIFIED_TOP = '/sys/fs/cgroup';
const LEGACY_TOP = '/sys/fs/cgroup/memory';
const MOST_GROUPS = 20;

/** Sources: Documentation/admin-guide/cgroup-v1/cgroups.rst, cgroup-v1/memory.rst, cgroup-v2.rst. */
export async function readMemoryControl(host: Host): Promise<MemoryControl> {
  const unified = await readUnified(host);
  const legacy = await host.list(LEGACY_TOP);
  // In a unified hierarchy it would be a group of that name.
  const isLegacy = legacy.ok && legacy.names.length > 0 && unified === undefined;
  return {
    controllers: await readControllers(host),
    unified,
    legacyPath: isLegacy ? LEGACY_TOP : undefined,
    groups: isLegacy
      ? await readGroups(host, LEGACY_TOP, legacyMemory)
      : await readGroups(host, UNIFIED_TOP, unifiedMemory),
    caches: await readSlabCaches(host),
    groupCaches: await readGroupCaches(host),
  };
}

async function readControllers(host: Host): Promise<readonly ControllerRow[] | undefined> {
  const text = await textAt(host, CONTROLLERS_PATH);
  return text?.split('\n').flatMap((line) => {
    const [, name, hierarchy, groups, enabled] = /^([a-z_]+)\t(\d+)\t(\d+)\t([01])$/.exec(line) ?? [];
    if (name === undefined) return [];
    return [{ name, hierarchy: Number(hierarchy), groups: Number(groups), isEnabled: enabled === '1' }];
  });
}

async function readUnified(host: Host): Promise<MemoryControl['unified']> {
  const path = `${UNIFIED_TOP}/cgroup.controllers`;
  const text = await textAt(host, path);
  return text === undefined ? undefined : { path, controllers: text.trim().split(/\s+/) };
}

async function readGroups(
  host: Host,
  top: string,
  memoryOf: (host: Host, path: string) => Promise<GroupMemory | undefined>,
): Promise<readonly GroupMemory[]> {
  const groups: GroupMemory[] = [];
  for await (const { path, names } of controlGroups(host, top)) {
    const isShowing = path !== top && names.some((name) => name.startsWith('memory.'));
    const memory = isShowing ? await memoryOf(host, path) : undefined;
    if (memory !== undefined) groups.push(memory);
    if (groups.length >= MOST_GROUPS) break;
  }
  return groups;
}

async function legacyMemory(host: Host, group: string): Promise<GroupMemory | undefined> {
  const path = `${group}/memory.kmem.usage_in_bytes`;
  const kernelBytes = numberIn(await textAt(host, path));
  if (kernelBytes === undefined) return undefined;
  const all = numberIn(await textAt(host, `${group}/memory.usage_in_bytes`)) ?? 0;
  return { path, kernelBytes, programBytes: all - kernelBytes };
}

/** What is charged to a group as kernel memory; sockets are, by another switch. */
const KERNEL_ROWS = ['kernel', 'kernel_stack', 'percpu', 'slab', 'slab_reclaimable', 'slab_unreclaimable'];
const PROGRAM_ROWS = ['anon', 'file'];

async function unifiedMemory(host: Host, group: string): Promise<GroupMemory | undefined> {
  const path = `${group}/memory.stat`;
  const text = await textAt(host, path);
  if (text === undefined) return undefined;
  const rows = new Map(
    text.split('\n').map((line) => {
      const [name = '', bytes] = line.split(' ');
      return [name, Number(bytes)];
    }),
  );
  if (!KERNEL_ROWS.some((name) => rows.has(name))) return undefined;
  return {
    path,
    kernelBytes: Math.max(...KERNEL_ROWS.map((name) => rows.get(name) ?? 0)),
    programBytes: PROGRAM_ROWS.reduce((sum, name) => sum + (rows.get(name) ?? 0), 0),
  };
}

function numberIn(text: string | undefined): number | undefined {
  return /^\d+\n?$/.test(text ?? '') ? Number(text) : undefined;
}

async function textAt(host: Host, path: string): Promise<string | undefined> {
  const file = await host.read(path, 1 << 16);
  return file.ok ? file.bytes.toString('latin1') : undefined;
}
