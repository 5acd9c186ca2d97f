import { type Mount, mountHolding } from '../host/mountinfo.ts';
import { isWithin } from '../host/root-path.ts';
import type { Mounts } from './mounts.ts';

/** Whether GRUB can write a file, or what it lies on instead. */
export type GrubWriting =
  | { readonly kind: 'writable' }
  /** On a file system or a device that GRUB only reads. */
  | { readonly kind: 'read-only'; readonly fileSystem: string; readonly source: string }
  | { readonly kind: 'unknown' };

/** Those whose files keep their bytes in blocks of their own, which GRUB overwrites. */
const FILE_SYSTEMS = ['ext2', 'ext3', 'ext4', 'xfs', 'vfat', 'msdos'];

/** A disk or a partition of one, as the kernel names it. */
const PLAIN_DEVICE =
  /^\/dev\/(?:(?:[hsv]d|xvd)[a-z]+\d*|nvme\d+n\d+(?:p\d+)?|mmcblk\d+(?:p\d+)?|loop\d+(?:p\d+)?)$/;

/** What fstab calls a device by; of these only a volume's identity can be on something else than a plain device. */
const IDENTITY = /^(?:UUID|LABEL|PARTUUID|PARTLABEL)=|^\/dev\/disk\/by-/;

/**
 * Whether GRUB can write into a file as `save_env` does: it overwrites the blocks that it has read, on a plain disk or
 * partition. Logical volumes, RAID, encrypted disks, btrfs and ZFS it only reads.
 *
 * Where it is not known what is mounted, fstab tells, as far as it does: `UUID=` may be that of a logical volume.
 *
 * Source: GRUB manual, "Environment block"; grub-core/commands/loadenv.c `check_blocklists`; util/grub.d/00_header.in of
 * Debian, which leaves `save_env` out on such file systems.
 */
export function grubWriting({ mounted, fstab }: Mounts, path: string): GrubWriting {
  const mount = mounted === undefined ? undefined : mountHolding(mounted, path);
  if (mount !== undefined) return judge(mount, PLAIN_DEVICE.test(mount.source));
  if (mounted !== undefined) return { kind: 'unknown' };
  const holding = fstab
    .filter(({ point }) => isWithin(path, point))
    .toSorted((a, b) => a.point.length - b.point.length)
    .at(-1);
  if (holding === undefined || holding.fileSystem === 'auto') return { kind: 'unknown' };
  return judge(holding, PLAIN_DEVICE.test(holding.source) || IDENTITY.test(holding.source));
}

/** With `data=journal` replaying the journal after a power cut would bring back what GRUB had overwritten. */
function judge(
  { fileSystem, source, options }: Pick<Mount, 'fileSystem' | 'source' | 'options'>,
  isPlain: boolean,
): GrubWriting {
  const isWritable = isPlain && FILE_SYSTEMS.includes(fileSystem) && !options.includes('data=journal');
  return isWritable ? { kind: 'writable' } : { kind: 'read-only', fileSystem, source };
}
