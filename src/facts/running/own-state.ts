import type { Host } from '../../host/host.ts';
import { parseMountinfo } from '../../host/mountinfo.ts';

/**
 * Whether what lies under /proc tells of this very host. A tree that holds files there is a recording of it (a sosreport,
 * say). Where a procfs is mounted there, it shows the kernel of this machine: that is the tree's own only where the first
 * process has the tree for its root, as a container sees its host. A system that is mended from live media has another.
 *
 * Sources: proc(5); proc_pid_mountinfo(5), readable for everybody.
 */
export async function tellsOfThisHost(host: Host): Promise<boolean> {
  if (host.isRunningSystem) return true;
  const [root, proc] = [await host.status('/'), await host.status('/proc')];
  if (!root.ok || !proc.ok) return false;
  if (root.status.device === proc.status.device) return true;
  const mountinfo = await host.read('/proc/1/mountinfo', 1 << 24);
  if (!mountinfo.ok) return false;
  const mounts = parseMountinfo(mountinfo.bytes.toString('latin1'));
  const own = mounts.findLast(({ point }) => point === '/');
  return own?.device === deviceText(root.status.device);
}

/** `major:minor`, taken apart as glibc's gnu_dev_major() and gnu_dev_minor() do. */
function deviceText(device: bigint): string {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn);
  return `${major}:${minor}`;
}
