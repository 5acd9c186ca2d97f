import type { Host } from '../host/host.ts';

/** One line of /proc/self/mountinfo. Latin1 text. */
export interface Mount {
  /** Where it hangs, as the process sees it. */
  readonly point: string;
  /** Which part of the file system is seen there: `/`, a btrfs subvolume, the source of a bind mount. */
  readonly rootInside: string;
  /** `major:minor` */
  readonly device: string;
  readonly fileSystem: string;
  readonly source: string;
  /** Options of this mount and of the file system behind it. */
  readonly options: readonly string[];
}

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

/** Read after the files under /boot have been, so that an automounted /boot is there by then. */
export async function readMounts(host: Host): Promise<Mounts> {
  const fstab = await host.read(FSTAB, 1 << 20);
  const mountinfo = host.isRunningSystem ? await host.read(MOUNTINFO, 1 << 24) : undefined;
  return {
    mounted: mountinfo?.ok === true ? parseMountinfo(mountinfo.bytes.toString('latin1')) : undefined,
    fstab: fstab.ok ? parseFstab(fstab.bytes.toString('latin1')) : [],
  };
}

/** Mounts in the order in which they were made; lines of another form are left out. Source: proc_pid_mountinfo(5). */
export function parseMountinfo(text: string): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const [, , device, rootInside, point, options, ...rest] = line.split(' ');
    const [fileSystem, source, superOptions] = rest.slice(rest.indexOf('-') + 1);
    if (device === undefined || rootInside === undefined || options === undefined) continue;
    if (point?.startsWith('/') !== true || fileSystem === undefined || source === undefined) continue;
    if (!rest.includes('-')) continue;
    mounts.push({
      point: unescapeBlanks(point),
      rootInside: unescapeBlanks(rootInside),
      device,
      fileSystem,
      source: unescapeBlanks(source),
      options: [...options.split(','), ...(superOptions ?? '').split(',')],
    });
  }
  return mounts;
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

/** The mount that a path lies on: the last of those that hang at the longest part of it. Links are not followed. */
export function mountHolding(mounts: readonly Mount[], path: string): Mount | undefined {
  let holding: Mount | undefined;
  for (const mount of mounts) {
    const isAbove = mount.point === '/' || path === mount.point || path.startsWith(`${mount.point}/`);
    if (isAbove && (holding === undefined || mount.point.length >= holding.point.length)) holding = mount;
  }
  return holding;
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

/** Both files write blanks and backslashes as three octal digits. */
function unescapeBlanks(field: string): string {
  return field.replace(/\\([0-3][0-7]{2})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

function withoutTrailingSlash(point: string): string {
  return point.length > 1 && point.endsWith('/') ? point.slice(0, -1) : point;
}
