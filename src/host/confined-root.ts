import { lstatSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deniedSystemCalls } from './denied-system-calls.ts';
import { below, isWithin } from './root-path.ts';
import { runProgram } from './run-program.ts';
import type { ShownDisk, ShownLink } from './shown-disks.ts';

/** A text that a program sees in place of a file: where it stands, and over what. */
export interface ShownText {
  readonly file: string;
  readonly path: string;
}

/**
 * What a program of a root is run by that may be anybody's: bubblewrap gives it mount, PID, IPC, network, UTS and (where the
 * kernel lets it) user namespaces of its own, capsh takes the last capabilities away once the root is entered.
 */
const NAMESPACES = ['user-try', 'pid', 'ipc', 'net', 'uts'].map((name) => `--unshare-${name}`);

/** The program is process 1 of its namespace: no other's /proc/PID/root leads out of its root. */
const ALONE = ['--as-pid-1', '--new-session', '--die-with-parent'];

/** To enter the root and to let go of these two as well. */
const CAPABILITIES = ['--cap-drop', 'ALL', '--cap-add', 'CAP_SYS_CHROOT', '--cap-add', 'CAP_SETPCAP'];

const CONFINED = [...NAMESPACES, ...ALONE, ...CAPABILITIES, '--ro-bind', '/', '/'];

const NO_CAPABILITIES = ['--drop=all', '--inh='];

/** Old versions of capsh start /bin/bash only; older still, `--shell` is no word of theirs. */
const ENTER = `root=$1 program=$2
case $(capsh --help 2>&1) in
  *--shell=*) exec capsh --chroot="$root" ${NO_CAPABILITIES.join(' ')} --shell="$program" -- ;;
esac
exec capsh --chroot="$root" ${NO_CAPABILITIES.join(' ')} -- -c 'exec "$0"' "$program"`;

/** Nodes that this process may read and nobody may write: a program without capabilities can change neither. */
const MAKE_DISKS = `set -e
folder=$1 count=$2
shift 2
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$folder"
while [ "$count" -gt 0 ]; do
  mknod -m 440 "$folder/$count" b "$1" "$2"
  chown 65534:0 "$folder/$count"
  shift 2
  count=$((count - 1))
done
exec timeout ${10 * 60} "$@"`;

/** Of this machine, whose files stay where they are outside the root, out of reach. */
const HIDDEN = ['/dev', '/proc', '/sys', '/run'];

/** Why a root can't be confined here, in the words of the program that can't; undefined where it can. */
export async function confinementRefusal(): Promise<string | undefined> {
  const tried = await runProgram('bwrap', [
    ...CONFINED,
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    'capsh',
    ...NO_CAPABILITIES,
    '--print',
  ]);
  if (tried.isMissing) return 'bwrap(1)';
  return tried.exitCode === 0 ? undefined : tried.stderr.trim().split('\n').at(-1);
}

/** A program, its arguments and what it inherits as descriptor 3. */
export interface ConfinedCommand {
  readonly args: readonly string[];
  /** The file with the filter of system calls; undefined where this processor has none. */
  readonly filter: string | undefined;
}

/**
 * The arguments of unshare(1) that run a program in a root, confined: everything is read-only, /proc is its own, /dev has null,
 * zero, full, random, urandom, tty and the given disks, /run and the scratch directories are empty.
 *
 * @param folder of our own, for what has to stand somewhere; its subdirectory `disks` must be there
 * @param scratch directories of the root that the program may write to, in memory
 */
export function confinedCommand(
  folder: string,
  root: string,
  program: string,
  texts: readonly ShownText[],
  { disks, links }: { readonly disks: readonly ShownDisk[]; readonly links: readonly ShownLink[] },
  scratch: readonly string[],
): ConfinedCommand {
  const staging = join(folder, 'disks');
  const filter = writeFilter(folder);
  const inRoot = (path: string) => below(root, path);
  const isDirectory = (path: string) =>
    lstatSync(inRoot(path), { throwIfNoEntry: false })?.isDirectory() === true;
  const ownDevices = isDirectory('/dev')
    ? [
        ...['--dev', inRoot('/dev')],
        ...disks.flatMap(({ path }, index) => [
          '--dev-bind',
          join(staging, String(disks.length - index)),
          inRoot(path),
        ]),
        ...links.flatMap(({ path, target }) => ['--symlink', target, inRoot(path)]),
      ]
    : [];
  const bubblewrap = [
    ...CONFINED,
    ...HIDDEN.filter((path) => !isWithin(root, path)).flatMap((path) => ['--tmpfs', path]),
    ...texts.flatMap(({ file, path }) => ['--ro-bind', file, path]),
    ...(isDirectory('/proc') ? ['--proc', inRoot('/proc'), '--remount-ro', inRoot('/proc')] : []),
    ...(isDirectory('/sys') ? ['--ro-bind', '/sys', inRoot('/sys')] : []),
    ...['/run', ...scratch].filter(isDirectory).flatMap((path) => ['--tmpfs', inRoot(path)]),
    ...ownDevices,
    ...(filter === undefined ? [] : ['--seccomp', '3']),
  ];
  const nodes = disks.flatMap(({ major, minor }) => [major, minor]);
  const made = ['--mount', '--', 'sh', '-c', MAKE_DISKS, 'sh', staging, String(disks.length), ...nodes];
  return { args: [...made, 'bwrap', ...bubblewrap, 'sh', '-c', ENTER, 'sh', root, program], filter };
}

function writeFilter(folder: string): string | undefined {
  const filter = deniedSystemCalls(process.arch);
  if (filter === undefined) return undefined;
  const file = join(folder, 'filter');
  writeFileSync(file, filter);
  return file;
}
