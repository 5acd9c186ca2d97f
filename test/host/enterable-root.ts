import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasProgram } from '../oracle/available.ts';
import { isRoot } from './mounted.ts';

/** Whether programs can be run in the root of another system, with busybox for its shell. */
export const canEnter =
  (isRoot || process.env['CI'] === 'true') &&
  hasProgram('busybox', 'true') &&
  hasProgram('unshare') &&
  hasProgram('bwrap') &&
  hasProgram('capsh', '--print');

/** Gives a tree a shell, `/bin/busybox sh`, and some empty directories. */
export function makeEnterable(root: string, directories: readonly string[]): void {
  for (const directory of ['bin', ...directories]) mkdirSync(join(root, directory), { recursive: true });
  copyFileSync(['/bin/busybox', '/usr/bin/busybox'].find(existsSync) ?? '', join(root, 'bin/busybox'));
}
