import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Mount, mountHolding } from './mountinfo.ts';
import { isWithin } from './root-path.ts';
import { systemCode } from './system-error.ts';

/** A block device as a program in a root is to see it: to read, never to write. */
export interface ShownDisk {
  readonly path: string;
  readonly major: string;
  readonly minor: string;
}

/** A symbolic link that the confined program is to find, and where it leads. */
export interface ShownLink {
  readonly path: string;
  readonly target: string;
}

/** `mapped`: made by the device mapper (LVM, LUKS, multipath), which answers to nobody without CAP_SYS_ADMIN. */
export type ShownDisks =
  | { readonly ok: true; readonly disks: readonly ShownDisk[]; readonly links: readonly ShownLink[] }
  | { readonly ok: false; readonly mapped: string };

/**
 * The disks that the files of a root lie on, with the disk that a partition is of, and their links under /dev/disk: what
 * grub-probe(8) looks at. Where the root is a plain directory, its disk is this machine's own, and whoever can read it can
 * read every file there: it is shown only where the directory belongs to root.
 *
 * @param mounts this process's
 * @param root links resolved
 */
export function shownDisks(mounts: readonly Mount[], root: string, system = '/sys'): ShownDisks {
  const holding = mountHolding(mounts, root);
  const isOwn = holding?.point === root || lstatSync(root).uid === 0;
  const inside = mounts.filter(({ point }) => isWithin(point, root));
  const disks = new Map<string, ShownDisk>();
  const kernelNames = new Set<string>();
  for (const { source, device } of [...(isOwn && holding !== undefined ? [holding] : []), ...inside]) {
    const place = blockDevicePlace(system, source, device);
    if (place === undefined) continue;
    if (isThere(`${place}/dm`)) return { ok: false, mapped: source };
    const isPartition = isThere(`${place}/partition`);
    for (const entry of isPartition ? [place, dirname(place)] : [place]) {
      const disk = diskAt(entry);
      kernelNames.add(basename(disk.path));
      disks.set(disk.path, disk);
      if (entry === place && source.startsWith('/dev/')) disks.set(source, { ...disk, path: source });
    }
  }
  return { ok: true, disks: [...disks.values()], links: linksTo(kernelNames) };
}

/** The device's directory in sysfs, links resolved; btrfs has a number of its own, so its source is asked first. */
function blockDevicePlace(system: string, source: string, device: string): string | undefined {
  for (const number of [source.startsWith('/dev/') ? numberOf(source) : undefined, device]) {
    const place = number === undefined ? undefined : `${system}/dev/block/${number}`;
    if (place !== undefined && isThere(place)) return realpathSync(place);
  }
  return undefined;
}

/** `major:minor`, as glibc's major(3) and minor(3) take them out of st_rdev. */
function numberOf(path: string): string | undefined {
  const status = statSync(path, { throwIfNoEntry: false, bigint: true });
  if (status?.isBlockDevice() !== true) return undefined;
  const { rdev } = status;
  const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & ~0xfffn);
  const minor = (rdev & 0xffn) | ((rdev >> 12n) & ~0xffn & 0xffffffffn);
  return `${major}:${minor}`;
}

function diskAt(place: string): ShownDisk {
  const [major = '', minor = ''] = readFileSync(`${place}/dev`, 'latin1').trim().split(':');
  const name = /^DEVNAME=(.+)$/m.exec(readFileSync(`${place}/uevent`, 'latin1'))?.[1] ?? basename(place);
  return { path: `/dev/${name}`, major, minor };
}

function linksTo(kernelNames: ReadonlySet<string>): readonly ShownLink[] {
  const links: ShownLink[] = [];
  for (const kind of namesIn('/dev/disk')) {
    for (const name of namesIn(`/dev/disk/${kind}`)) {
      const path = `/dev/disk/${kind}/${name}`;
      if (!lstatSync(path).isSymbolicLink()) continue;
      const target = readlinkSync(path);
      if (kernelNames.has(basename(target))) links.push({ path, target });
    }
  }
  return links;
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
