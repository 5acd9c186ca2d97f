import { type ApplyProblem, type ChangeableHost, refused } from './problem.ts';

/** How a file is locked, as /proc/locks calls it: fcntl(2) or flock(2). */
type LockKind = 'POSIX' | 'FLOCK';

/**
 * The lock files of the package managers: dpkg and apt, rpm below dnf, yum and zypper; apk; xbps, which took a lock of its
 * other kind on its database before it had a file for it.
 *
 * Sources: src/database.c of apk-tools 2 and 3; lib/pkgdb.c of xbps.
 */
const LOCK_FILES: readonly (readonly [kind: LockKind, path: string])[] = [
  ['POSIX', '/var/lib/dpkg/lock-frontend'],
  ['POSIX', '/var/lib/dpkg/lock'],
  ['POSIX', '/var/lib/rpm/.rpm.lock'],
  ['POSIX', '/usr/lib/sysimage/rpm/.rpm.lock'],
  ['FLOCK', '/lib/apk/db/lock'],
  ['FLOCK', '/run/apk/db.lock'],
  ['FLOCK', '/var/db/xbps/lock'],
  ['POSIX', '/var/db/xbps/lock'],
  ['POSIX', '/var/db/xbps/pkgdb-0.38.plist'],
];

/** pacman's lock is that this file is there; a power cut leaves it behind. Source: alpm_handle.c of libalpm. */
const PACMAN_LOCK = '/var/lib/pacman/db.lck';

/** One line of /proc/locks: `1: POSIX  ADVISORY  WRITE 1234 08:01:5678 0 EOF`. Source: proc_locks(5). */
const WRITE_LOCK = /^\d+: (POSIX|FLOCK)\s+\S+\s+WRITE (\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) /gm;

/**
 * A package manager at work on the running system: it may be rewriting the files of the plan, or adding a kernel.
 * Another root is never looked at, since /proc is not its own.
 */
export async function findPackageTransaction(host: ChangeableHost): Promise<ApplyProblem | undefined> {
  if (!host.isRunningSystem) return undefined;
  if ((await host.status(PACMAN_LOCK)).ok) return refused('package-lock-file', { path: PACMAN_LOCK });
  const locks = await host.read('/proc/locks');
  if (!locks.ok) return undefined;
  const table = locks.bytes.toString('latin1');
  for (const [kind, path] of LOCK_FILES) {
    const found = await host.status(path);
    if (!found.ok) continue;
    const pid = writerOf(table, kind, found.status.device, found.status.inode);
    if (pid !== undefined) return refused('package-transaction', { path, pid });
  }
  return undefined;
}

/** The process that holds a write lock on a file, by /proc/locks. */
export function writerOf(table: string, kind: LockKind, device: bigint, inode: bigint): string | undefined {
  for (const [, found, pid, major, minor, lockedInode] of table.matchAll(WRITE_LOCK)) {
    if (found !== kind || lockedInode !== inode.toString()) continue;
    // btrfs answers stat with a device of its own (major 0) that /proc/locks does not know.
    const hasOwnDevice = majorOf(device) === 0n;
    const isSameDevice = `${major}:${minor}` === deviceText(device);
    if (hasOwnDevice || isSameDevice) return pid;
  }
  return undefined;
}

/** gnu_dev_major of the C library's sys/sysmacros.h. */
function majorOf(device: bigint): bigint {
  return ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
}

function deviceText(device: bigint): string {
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn);
  return `${majorOf(device).toString(16).padStart(2, '0')}:${minor.toString(16).padStart(2, '0')}`;
}
