import type { HostResult } from '../host/host.ts';
import { systemError } from '../host/system-error.ts';
import type { Directory } from '../host/writable-host.ts';
import { type ApplyProblem, attempt, type ChangeableHost, systemProblem } from './problem.ts';

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
  if (opened.ok) return opened;
  if (opened.reason !== 'missing' || path === '/') return { ok: false, problem: openProblem(path, opened) };
  const above = await openOrMakeDirectory(host, parentOf(path));
  if (!above.ok) return above;
  try {
    const problem = await attempt('mkdir', path, async () => {
      const isOurs = path === STATE_PATH || path.startsWith(`${STATE_PATH}/`);
      await above.directory.makeDirectory(nameOf(path), isOurs ? 0o700 : 0o755);
      await above.directory.sync();
      return undefined;
    });
    const wasMadeMeanwhile = problem?.data['systemCode'] === 'EEXIST';
    if (problem !== undefined && !wasMadeMeanwhile) return { ok: false, problem };
  } finally {
    above.directory.close();
  }
  const made = await host.openDirectory(path);
  return made.ok ? made : { ok: false, problem: openProblem(path, made) };
}

/** What `use` makes of a directory; undefined where it is missing. @throws the system's error */
export async function inDirectory<Value>(
  host: ChangeableHost,
  path: string,
  use: (directory: Directory) => Promise<Value>,
): Promise<Value | undefined> {
  const opened = await host.openDirectory(path);
  if (!opened.ok && opened.reason === 'missing') return undefined;
  if (!opened.ok) throw systemError(opened.systemCode ?? 'EIO', 'open', path);
  try {
    return await use(opened.directory);
  } finally {
    opened.directory.close();
  }
}

/** The problem of a path that could not be opened. */
export function openProblem(path: string, result: HostResult<object> & { readonly ok: false }): ApplyProblem {
  return systemProblem('open', path, result.systemCode ?? result.reason);
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
