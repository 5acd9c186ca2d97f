import type { Host } from '../host/host.ts';
import { controlGroups } from './control-groups.ts';
import type { MemoryLimitUse } from './memory-uses.ts';

/** Where the memory controller's groups are, and the file with a group's limit. */
const HIERARCHIES: readonly (readonly [top: string, file: string])[] = [
  ['/sys/fs/cgroup/memory', 'memory.limit_in_bytes'],
  ['/sys/fs/cgroup', 'memory.max'],
];

/** v1 has no word for "no limit": the largest multiple of a page below 2^63. */
const NO_LIMIT = 2n ** 62n;
/** A few are enough to say so. */
const MOST_USES = 10;

/**
 * Groups of the running system that have a memory limit now, whoever set it.
 *
 * Sources: Documentation/admin-guide/cgroup-v1/memory.rst, cgroup-v2.rst (`memory.max`, `max` for none).
 */
export async function liveLimits(host: Host): Promise<readonly MemoryLimitUse[]> {
  if (!host.isRunningSystem) return [];
  for (const [top, file] of HIERARCHIES) {
    const uses = await limitsBelow(host, top, file);
    if (uses.length > 0) return uses;
  }
  return [];
}

async function limitsBelow(host: Host, top: string, file: string): Promise<readonly MemoryLimitUse[]> {
  const uses: MemoryLimitUse[] = [];
  for await (const group of controlGroups(host, top)) {
    if (uses.length >= MOST_USES) break;
    const path = `${group.path}/${file}`;
    const setting = group.names.includes(file) ? await limitOf(host, path) : undefined;
    if (setting !== undefined) uses.push({ kind: 'running-memory-limits', path, setting });
  }
  return uses;
}

async function limitOf(host: Host, path: string): Promise<string | undefined> {
  const file = await host.read(path, 1 << 10);
  const text = file.ok ? file.bytes.toString('latin1').trim() : '';
  return /^\d+$/.test(text) && BigInt(text) < NO_LIMIT ? text : undefined;
}
