import { statfsSync } from 'node:fs';
import { runProgram } from './run-program.ts';
import { pathOf } from './walk-path.ts';

/** `f_type` of statfs(2), from linux/magic.h: file systems whose journal a boot loader does not replay. */
const JOURNALLED = new Set([0x58465342 /* xfs */, 0xef53 /* ext2, ext3, ext4 */]);

/** The descriptor that the programs inherit; a path by our process id would end with our process. */
const INHERITED = '/proc/self/fd/3';

/**
 * The right-hand side waits for the end of the left-hand one, however that ends, and thaws; the signals of a terminal
 * and of a parent that goes away reach neither. Were the right-hand side killed, the caller thaws.
 */
const FREEZE_AND_THAW = `trap '' HUP INT TERM PIPE
fsfreeze --freeze ${INHERITED} | { cat >/dev/null; fsfreeze --unfreeze ${INHERITED}; }`;

/**
 * Makes the file system of a directory write out what is still in memory and, where it may be frozen, in its journal:
 * GRUB reads the disk without replaying one, and syncfs(2) does not empty it.
 *
 * @returns `frozen` where the file system was frozen and thawed and so has an empty journal; `synced` otherwise
 *
 * Sources: FIFREEZE in ioctl_fsfreeze(2); fsfreeze(8); sync(1); how ostree does it, ostree-sysroot-deploy.c.
 */
export async function flushFileSystem(directory: number, mayFreeze: boolean): Promise<'frozen' | 'synced'> {
  if (mayFreeze && JOURNALLED.has(statfsSync(pathOf(directory)).type)) {
    const run = await runProgram('sh', ['-c', FREEZE_AND_THAW], { descriptor: directory });
    if (run.exitCode === 0) return 'frozen';
    await runProgram('fsfreeze', ['--unfreeze', INHERITED], { descriptor: directory });
  }
  await runProgram('sync', ['-f', INHERITED], { descriptor: directory });
  return 'synced';
}
