import type { FileStatus, HostResult } from '../host/host.ts';
import { isWithin } from '../host/root-path.ts';
import { systemError } from '../host/system-error.ts';
import type { Directory, HeldDirectory } from '../host/writable-host.ts';
import {
  type ApplyProblem,
  attempt,
  type ChangeableHost,
  type Distrust,
  refused,
  systemCodeOf,
  systemProblem,
} from './problem.ts';

/** Where lock, journal and backup sets are. */
export const STATE_PATH = '/var/lib/bootmend';

/** Where the backup sets are, one directory each. */
export const BACKUPS_PATH = `${STATE_PATH}/backups`;

/** What a system path was opened for, or the problem. */
export type Opened =
  | { readonly ok: true; readonly directory: Directory }
  | { readonly ok: false; readonly problem: ApplyProblem };

/** Opens a directory of ours, making it and what is missing above it; our own are for their owner only. */
export async function openOrMakeDirectory(host: ChangeableHost, path: string): Promise<Opened> {
  const opened = await host.openDirectory(path);
  if (opened.ok) return isOurs(path) ? trusted(host, path, opened) : opened;
  if (opened.reason !== 'missing' || path === '/') return { ok: false, problem: openProblem(path, opened) };
  const above = await openOrMakeDirectory(host, parentOf(path));
  if (!above.ok) return above;
  try {
    const problem = await attempt('mkdir', path, async () => {
      await above.directory.makeDirectory(nameOf(path), isOurs(path) ? 0o700 : 0o755);
      await above.directory.sync();
      return undefined;
    });
    const wasMadeMeanwhile = problem !== undefined && systemCodeOf(problem) === 'EEXIST';
    if (problem !== undefined && !wasMadeMeanwhile) return { ok: false, problem };
  } finally {
    above.directory.close();
  }
  const made = await host.openDirectory(path);
  if (!made.ok) return { ok: false, problem: openProblem(path, made) };
  return isOurs(path) ? trusted(host, path, made) : made;
}

/** A directory of our state, held open; undefined where it is missing. */
export async function openState(host: ChangeableHost, path: string): Promise<Opened | undefined> {
  const opened = await host.openDirectory(path);
  if (opened.ok) return trusted(host, path, opened);
  return opened.reason === 'missing' ? undefined : { ok: false, problem: openProblem(path, opened) };
}

/** What `use` makes of a directory of our state; undefined where it is missing. @throws the system's error */
export async function inDirectory<Value>(
  host: ChangeableHost,
  path: string,
  use: (directory: Directory) => Promise<Value>,
): Promise<Value | undefined> {
  const opened = await openState(host, path);
  if (opened === undefined) return undefined;
  if (!opened.ok) throw systemError(systemCodeOf(opened.problem) ?? 'EACCES', 'open', path);
  try {
    return await use(opened.directory);
  } finally {
    opened.directory.close();
  }
}

/**
 * Why what lies there may not be what we recorded: somebody else than this user and root owns it, may write to it, or owns a
 * link that led there. What our state says is written to files by root.
 */
export function distrust(
  host: ChangeableHost,
  path: string,
  status: FileStatus,
  linkOwners: Iterable<number> = [],
): Distrust | undefined {
  const isTrusted = (uid: number) => uid === 0 || uid === host.user.uid;
  const stranger = [...linkOwners].find((uid) => !isTrusted(uid));
  if (stranger !== undefined) return refused('state-not-trusted', { path, why: 'link', uid: stranger });
  if (!isTrusted(status.uid)) return refused('state-not-trusted', { path, why: 'owner', uid: status.uid });
  const isWritable = (status.mode & 0o022) !== 0;
  return isWritable ? refused('state-not-trusted', { path, why: 'writable', uid: status.uid }) : undefined;
}

async function trusted(host: ChangeableHost, path: string, held: HeldDirectory): Promise<Opened> {
  const problem =
    distrust(host, path, held.status, held.linkOwners) ?? (await linkedElsewhere(host, path, held));
  if (problem === undefined) return { ok: true, directory: held.directory };
  held.directory.close();
  return { ok: false, problem };
}

/** A link to our state, as where /var lies on another disk, is an administrator's; one inside of it is nobody's. */
async function linkedElsewhere(
  host: ChangeableHost,
  path: string,
  { directory, status }: HeldDirectory,
): Promise<ApplyProblem | undefined> {
  if (path === STATE_PATH) return undefined;
  const state = await host.status(STATE_PATH);
  const isThere = state.ok && directory.realPath === state.realPath + path.slice(STATE_PATH.length);
  return isThere ? undefined : refused('state-not-trusted', { path, why: 'inner-link', uid: status.uid });
}

function isOurs(path: string): boolean {
  return isWithin(path, STATE_PATH);
}

/** The problem of a path that could not be opened. */
export function openProblem(path: string, result: HostResult<object> & { readonly ok: false }): ApplyProblem {
  return systemProblem('open', path, result.systemCode ?? result.reason);
}

/** The directory of an absolute path; `/` for what lies there. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}

/** What follows a path's last slash. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
