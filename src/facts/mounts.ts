import type { Host } from '../host/host.ts';
import { type Mount, parseMountinfo, unescapeBlanks } from '../host/mountinfo.ts';

/** One line of /etc/fstab. Latin1 text. */
export interface FstabEntry {
  readonly source: string;
  readonly point: string;
  readonly fileSystem: string;
  readonly options: readonly string[];
}

/** What is mounted, on the running system only, and what should be. */
export interface Mounts {
  /** undefined where this is not the running system or where it could not be read. */
  readonly mounted: readonly Mount[] | undefined;
  readonly fstab: readonly FstabEntry[];
}

const FSTAB = '/etc/fstab';
const MOUNTINFO = '/proc/self/mountinfo';

/** The lines of /etc/fstab; none where it can't be read. */
export async function readFstab(host: Host): Promise<readonly FstabEntry[]> {
  const fstab = await host.read(FSTAB, 1 << 20);
  return fstab.ok ? parseFstab(fstab.bytes.toString('latin1')) : [];
}

/** What is mounted at this moment: looking at files below an automounted /boot mounts it. */
export async function readMounted(host: Host): Promise<Mounts['mounted']> {
  const mountinfo = host.isRunningSystem ? await host.read(MOUNTINFO, 1 << 24) : undefined;
  return mountinfo?.ok === true ? parseMountinfo(mountinfo.bytes.toString('latin1')) : undefined;
}

/** Entries in file order, comments and lines without a mount point left out. Source: fstab(5). */
export function parseFstab(text: string): readonly FstabEntry[] {
  const entries: FstabEntry[] = [];
  for (const line of text.split('\n')) {
    const fields = line.split(/[ \t\r]+/).filter((field) => field !== '');
    const [source, point, fileSystem, options] = fields;
    if (source === undefined || source.startsWith('#') || point === undefined) continue;
    entries.push({
      source: unescapeBlanks(source),
      point: withoutTrailingSlash(unescapeBlanks(point)),
      fileSystem: fileSystem ?? 'auto',
      options: (options ?? 'defaults').split(','),
    });
  }
  return entries;
}

/** Whether nothing can be written there, be it the mount or the file system that is read-only. */
export function isReadOnly(mount: Mount): boolean {
  return mount.options.includes('ro');
}

/**
 * What fstab mounts at /boot, below it or at /efi and is not mounted: files written there would go into the empty
 * mount point. A mount point where only the automounter waits counts as not mounted.
 */
export function unmountedBoot(mounts: readonly Mount[], fstab: readonly FstabEntry[]): readonly FstabEntry[] {
  const mountedPoints = new Set<string>();
  for (const mount of mounts) if (mount.fileSystem !== 'autofs') mountedPoints.add(mount.point);
  return fstab.filter(({ point }) => isBootPoint(point) && !mountedPoints.has(point));
}

/** Whether a mount point holds what the loader reads: /boot, what is below it, /efi. */
export function isBootPoint(point: string): boolean {
  return point === '/boot' || point.startsWith('/boot/') || point === '/efi';
}

function withoutTrailingSlash(point: string): string {
  return point.length > 1 && point.endsWith('/') ? point.slice(0, -1) : point;
}
