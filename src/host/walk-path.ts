import { accessSync, closeSync, constants, fstatSync, openSync, readlinkSync } from 'node:fs';
import { systemCode, systemError } from './system-error.ts';

/**
 * Paths are walked by this process, one component at a time, each opened by its name in the directory that is already
 * held open and never through a symbolic link. A link's text is read and walked in turn, an absolute one from the
 * root; `..` goes back to the directory that was come from and stops at the root. So a component that is exchanged
 * during the walk leads to another place inside the root at worst, and magic links (/proc/self/exe, /proc/1/root)
 * are only their text.
 *
 * Source of the rules: path_resolution(7), openat2(2) on RESOLVE_IN_ROOT, which Node cannot call.
 */
export interface OpenPlace {
  /** Opened with O_PATH: names the place, reads nothing. */
  readonly descriptor: number;
  /** Links resolved, as the host sees it. */
  readonly realPath: string;
  /** The users to whom the symbolic links on the way belong. */
  readonly linkOwners: ReadonlySet<number>;
}

/** open(2): a descriptor that names a file without opening it, so that no device acts and no FIFO blocks. */
export const O_PATH = 0o10000000;

/** As many as Linux follows (MAXSYMLINKS, include/linux/namei.h). */
const MAX_LINKS = 40;

/** The path of a name in a directory that is held open. Latin1 paths, one character a byte. */
export function pathInside(directory: number, name: string): Buffer {
  return Buffer.from(`/proc/self/fd/${directory}/${name}`, 'latin1');
}

/** The path of the very file that a descriptor stands for. */
export function pathOf(descriptor: number): string {
  return `/proc/self/fd/${descriptor}`;
}

/** Without /proc every file would seem to be missing. @throws the system's error */
export function requireProc(): void {
  accessSync(PROC);
}

const PROC = '/proc/self/fd';

/** Whether that is what `requireProc` threw. */
export function isProcMissing(error: unknown): boolean {
  return error instanceof Error && 'path' in error && error.path === PROC;
}

/** Holds the directory that stands for `/`. @throws the system's error */
export function openRoot(root: string): number {
  return openSync(root, O_PATH | constants.O_DIRECTORY);
}

/** A second hold on a directory, for longer than the walk to it. @throws the system's error, ENOTDIR for a file */
export function openDirectoryAgain(place: number): number {
  return openSync(pathOf(place), O_PATH | constants.O_DIRECTORY);
}

/**
 * Names a directory's entry, be it a link. A directory is opened as one: O_PATH alone would leave an automount point (autofs)
 * unmounted, and show it empty.
 *
 * Source: open(2) on O_PATH; follow_automount() of the kernel's fs/namei.c.
 *
 * @throws the system's error
 */
export function openEntry(directory: number, name: string): number {
  const path = pathInside(directory, name);
  try {
    return openSync(path, O_PATH | constants.O_NOFOLLOW | constants.O_DIRECTORY);
  } catch (error) {
    if (systemCode(error) !== 'ENOTDIR') throw error;
    return openSync(path, O_PATH | constants.O_NOFOLLOW);
  }
}

/**
 * What `use` makes of the place that a path leads to; the place is closed afterwards.
 *
 * @param path absolute as the host sees it, latin1
 * @throws the system's error
 */
export async function atPath<Value>(
  root: number,
  path: string,
  use: (place: OpenPlace) => Value | Promise<Value>,
): Promise<Value> {
  const linkOwners = new Set<number>();
  const trail = walk(root, path, linkOwners);
  try {
    return await use({ descriptor: lastOf(trail, root), realPath: realPathOf(trail), linkOwners });
  } finally {
    closeAll(trail);
  }
}

interface Step {
  readonly name: string;
  readonly descriptor: number;
}

function walk(root: number, path: string, linkOwners: Set<number>): Step[] {
  if (!path.startsWith('/')) throw new RangeError(`not an absolute path: ${JSON.stringify(path)}`);
  if (path.includes('\0')) throw systemError('ENOENT', 'open', path);
  const trail: Step[] = [];
  const ahead = path.split('/').reverse();
  let links = 0;
  try {
    for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
      if (name === '' || name === '.') continue;
      if (name === '..') {
        closeAll(trail.splice(-1));
        continue;
      }
      const parent = lastOf(trail, root);
      const directory = ahead.length === 0 ? undefined : openDirectory(parent, name);
      if (directory !== undefined) {
        trail.push({ name, descriptor: directory });
        continue;
      }
      const target = step(trail, parent, name, linkOwners);
      if (target === undefined) continue;
      links += 1;
      if (links > MAX_LINKS) throw systemError('ELOOP', 'open', path);
      if (target.startsWith('/')) closeAll(trail.splice(0));
      ahead.push(...target.split('/').reverse());
    }
    return trail;
  } catch (error) {
    closeAll(trail);
    throw error;
  }
}

/**
 * A directory on the way, which is most of what is walked: the kernel itself refuses a link here, so that it takes one call.
 * undefined where something else stands there.
 */
function openDirectory(parent: number, name: string): number | undefined {
  try {
    return openSync(pathInside(parent, name), O_PATH | constants.O_NOFOLLOW | constants.O_DIRECTORY);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOTDIR' || code === 'ELOOP') return undefined;
    throw error;
  }
}

/** One component further, or the text of the link that stands there. */
function step(trail: Step[], parent: number, name: string, linkOwners: Set<number>): string | undefined {
  const descriptor = openEntry(parent, name);
  const status = fstatSync(descriptor);
  if (!status.isSymbolicLink()) {
    trail.push({ name, descriptor });
    return undefined;
  }
  closeSync(descriptor);
  linkOwners.add(status.uid);
  try {
    return readlinkSync(pathInside(parent, name), { encoding: 'buffer' }).toString('latin1');
  } catch (error) {
    const hasBeenExchanged = systemCode(error) === 'EINVAL';
    if (hasBeenExchanged) return name;
    throw error;
  }
}

function lastOf(trail: readonly Step[], root: number): number {
  return trail.at(-1)?.descriptor ?? root;
}

function realPathOf(trail: readonly Step[]): string {
  return `/${trail.map(({ name }) => name).join('/')}`;
}

function closeAll(trail: readonly Step[]): void {
  for (const { descriptor } of trail) closeSync(descriptor);
}
