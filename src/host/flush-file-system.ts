import { statfsSync } from 'node:fs';
import { freezeAndThaw } from './freeze-and-thaw.ts';
import { runProgram } from './run-program.ts';
import { pathOf } from './walk-path.ts';

/**
 * How far a file system was written out: `frozen` and thawed, so that its journal is empty; `synced`, where a boot loader
 * needs no more; or `in-journal`: a boot loader, which replays none, may see what was there before, or neither.
 */
export type Flushed = 'frozen' | 'synced' | 'in-journal';

/** `f_type` of statfs(2), from linux/magic.h: file systems whose journal a boot loader does not replay. */
const JOURNALLED = new Set([0x58465342 /* xfs */, 0xef53 /* ext2, ext3, ext4 */]);

/** Those that syncfs(2) writes to where a boot loader looks: without a journal, or by a whole new tree. */
const WHOLE_WHEN_SYNCED = new Set([
  0x4d44 /* vfat */, 0x9123683e /* btrfs */, 0xf2f52010 /* f2fs */, 0x2fc12fc1 /* zfs */,
  0x01021994 /* tmpfs */,
]);

const INHERITED = '/proc/self/fd/3';

/**
 * Makes the file system of a directory write out what is still in memory and, where it can be frozen for a moment, in
 * its journal: GRUB reads the disk without replaying one, and syncfs(2) does not empty it.
 *
 * @param isNeeded whether programs, our state or our output are on it
 *
 * Sources: syncfs(2), sync(1); ext4_freeze, xfs_fs_freeze and btrfs_sync_fs in Linux.
 */
export async function flushFileSystem(directory: number, isNeeded: boolean): Promise<Flushed> {
  // What is dirty is written before, since nobody can write while freezing does it.
  const isSynced = await sync(directory);
  const { type } = statfsSync(pathOf(directory));
  if (JOURNALLED.has(type)) {
    return (await freezeAndThaw(directory, isNeeded)) === 'thawed' ? 'frozen' : 'in-journal';
  }
  return isSynced && WHOLE_WHEN_SYNCED.has(type) ? 'synced' : 'in-journal';
}

/** `sync -f` is since coreutils 8.24: the ones before say that they do not know it, and do nothing. */
async function sync(directory: number): Promise<boolean> {
  const one = await runProgram('sync', ['-f', INHERITED], { descriptor: directory });
  if (one.exitCode === 0) return true;
  const isUnknownOption = /option|usage/i.test(one.stderr);
  return isUnknownOption && (await runProgram('sync', [])).exitCode === 0;
}
