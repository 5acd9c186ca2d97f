import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunResult } from './host.ts';
import { type Mount, mountHolding, parseMountinfo } from './mountinfo.ts';
import { programEnvironment } from './program-environment.ts';
import { below, isWithin } from './root-path.ts';
import { runProgram } from './run-program.ts';

/** Mounts in a namespace that ends with the program: nobody else sees them. */
const SCRIPT = `set -e
root=$1 program=$2
shift 2
mount --make-rprivate /
while [ $# -gt 0 ]; do
  case $1 in
    bind) mount --bind "$2" "$3"; rm "$2" ;;
    tree) [ ! -d "$3" ] || mount --rbind "$2" "$3" ;;
    protect) mount -o remount,bind,ro "$3" ;;
    empty) [ ! -d "$3" ] || mount -t tmpfs "$2" "$3" ;;
  esac
  shift 3
done
exec timeout ${10 * 60} chroot "$root" "$program"`;

/** One mount: what is done, the source, the place. */
type MountStep = readonly [kind: 'bind' | 'tree' | 'protect' | 'empty', source: string, target: string];

/** os-prober mounts the other systems' disks below its own directory. */
const SCRATCH = ['/tmp', '/var/tmp', '/var/lib/os-prober'];

/** Of the kernel, and needed by programs that look for disks. */
const KERNEL_TREES = ['/dev', '/proc', '/sys'];

const NOT_ON_DISK = [...KERNEL_TREES, '/run'];

/**
 * Run a program of a host in its root, where it sees some files with other texts and can change none: everything on a disk
 * is read-only for it. It gets the user's environment with the user's locale, as if he had called it himself.
 *
 * Needs root, unshare and mount (util-linux), timeout and chroot (coreutils). The program is ended after ten minutes.
 *
 * @param root the directory that stands for `/`
 * @param texts by path, links resolved inside the root; latin1
 */
export async function runInRoot(
  root: string,
  program: string,
  texts: ReadonlyMap<string, string>,
): Promise<RunResult> {
  const directory = realpathSync(root);
  const folder = mkdtempSync(join(tmpdir(), 'bootmend-'));
  try {
    const steps = [
      ...shownTexts(folder, directory, texts),
      ...protection(parseMountinfo(readFileSync('/proc/self/mountinfo', 'utf8')), directory),
    ];
    const args = ['--mount', 'sh', '-c', SCRIPT, 'sh', directory, program, ...steps.flat()];
    return await runProgram('unshare', args, { environment: userEnvironment() });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function shownTexts(folder: string, root: string, texts: ReadonlyMap<string, string>): readonly MountStep[] {
  return Array.from(texts, ([path, text], index): MountStep => {
    const file = join(folder, String(index));
    writeFileSync(file, text, 'latin1');
    return ['bind', file, below(root, Buffer.from(path, 'latin1').toString('utf8'))];
  });
}

/** What makes a root one that nothing can be written to, entered as `/` is. */
export function protection(mounts: readonly Mount[], root: string): readonly MountStep[] {
  const holding = mountHolding(mounts, root)?.point ?? '/';
  const points = mounts
    .map(({ point }) => point)
    .filter(
      (point) => isWithin(point, root) && !NOT_ON_DISK.some((path) => isWithin(point, below(root, path))),
    );
  return [
    ...[...new Set([holding, ...points])].map((point): MountStep => ['protect', '', point]),
    ...SCRATCH.map((path): MountStep => ['empty', 'tmpfs', below(root, path)]),
    ...(root === '/' ? [] : KERNEL_TREES.map((path): MountStep => ['tree', path, below(root, path)])),
  ];
}

function userEnvironment(): NodeJS.ProcessEnv {
  return { ...programEnvironment(), LC_ALL: process.env['LC_ALL'] };
}
