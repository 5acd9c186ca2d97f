import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { confinedCommand, confinementRefusal, type ShownText } from './confined-root.ts';
import type { RunInRootResult, RunResult } from './host.ts';
import { type Mount, mountHolding, parseMountinfo } from './mountinfo.ts';
import { programEnvironment } from './program-environment.ts';
import { below, isWithin } from './root-path.ts';
import { runProgram } from './run-program.ts';
import { shownDisks } from './shown-disks.ts';

/**
 * Mounts in a namespace that ends with the program: nobody else sees them. Its /proc is that of its own process namespace,
 * but in a container that may mount none.
 */
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
    processes) [ ! -d "$3" ] || mount -t proc "$2" "$3" 2> /dev/null || true ;;
  esac
  shift 3
done
exec timeout ${10 * 60} chroot "$root" "$program"`;

/** One mount: what is done, the source, the place. */
type MountStep = readonly [
  kind: 'bind' | 'tree' | 'protect' | 'empty' | 'processes',
  source: string,
  target: string,
];

/** os-prober mounts the other systems' disks below its own directory. */
const SCRATCH = ['/tmp', '/var/tmp', '/var/lib/os-prober'];

/** Of the kernel, and needed by programs that look for disks. */
const KERNEL_TREES = ['/dev', '/proc', '/sys'];

const NOT_ON_DISK = [...KERNEL_TREES, '/run'];

/**
 * Namespaces of their own for the machine's programs. Not of IPC: os-prober of Red Hat's family makes device-mapper devices,
 * and waits for udev at a semaphore that both must see (libdevmapper's cookies, dmsetup(8) `udevcomplete`).
 */
const NAMESPACES = ['--mount', '--pid', '--net', '--fork', '--'];

/**
 * Run a program of a host in its root, where it sees some files with other texts and can change none: everything on a disk
 * is read-only for it. It gets the user's environment with the user's locale, as if he had called it himself.
 *
 * A root that isn't trusted is confined (./confined-root.ts); the machine's own programs keep their capabilities and see its
 * devices, since without them they find no LVM, and os-prober no other system.
 *
 * Needs root, unshare and mount (util-linux), timeout and chroot (coreutils). The program is ended after ten minutes.
 *
 * @param root the directory that stands for `/`
 * @param texts by path, links resolved inside the root; latin1
 * @param isTrusted whether the program may run as this machine's root where it can't be confined
 */
export async function runInRoot(
  root: string,
  program: string,
  texts: ReadonlyMap<string, string>,
  isTrusted: boolean,
): Promise<RunInRootResult> {
  const directory = realpathSync(root);
  const mounts = parseMountinfo(readFileSync('/proc/self/mountinfo', 'utf8'));
  if (directory === '/') return { ok: true, ...(await runOnMachine(directory, program, texts, mounts)) };
  const disks = shownDisks(mounts, directory);
  const against = disks.ok ? await confinementRefusal() : undefined;
  if (!disks.ok || against !== undefined) {
    if (isTrusted) return { ok: true, ...(await runOnMachine(directory, program, texts, mounts)) };
    if (!disks.ok) return { ok: false, reason: 'mapped-disk', detail: disks.mapped };
    return { ok: false, reason: 'no-sandbox', detail: against ?? '' };
  }
  return withFolder(async (folder) => {
    mkdirSync(join(folder, 'disks'));
    const shown = writeTexts(folder, directory, texts);
    const { args, filter } = confinedCommand(folder, directory, program, shown, disks, SCRATCH);
    const descriptor = filter === undefined ? undefined : openSync(filter, 'r');
    try {
      const inherited = descriptor === undefined ? {} : { descriptor };
      return {
        ok: true,
        ...(await runProgram('unshare', args, { ...inherited, environment: userEnvironment() })),
      };
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  });
}

function runOnMachine(
  root: string,
  program: string,
  texts: ReadonlyMap<string, string>,
  mounts: readonly Mount[],
): Promise<RunResult> {
  return withFolder(async (folder) => {
    const shown = writeTexts(folder, root, texts).map(({ file, path }): MountStep => ['bind', file, path]);
    const steps = [...shown, ...protection(mounts, root)];
    const args = [...NAMESPACES, 'sh', '-c', SCRIPT, 'sh', root, program, ...steps.flat()];
    return runProgram('unshare', args, { environment: userEnvironment() });
  });
}

async function withFolder<Value>(use: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'bootmend-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeTexts(folder: string, root: string, texts: ReadonlyMap<string, string>): readonly ShownText[] {
  return Array.from(texts, ([path, text], index) => {
    const file = join(folder, String(index));
    writeFileSync(file, text, 'latin1');
    return { file, path: below(root, Buffer.from(path, 'latin1').toString('utf8')) };
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
    ['processes', 'proc', below(root, '/proc')],
  ];
}

function userEnvironment(): NodeJS.ProcessEnv {
  return { ...programEnvironment(), LC_ALL: process.env['LC_ALL'] };
}
