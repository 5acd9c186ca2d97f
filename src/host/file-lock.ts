import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { runProgram } from './run-program.ts';
import { systemError } from './system-error.ts';
import { pathInside } from './walk-path.ts';
import type { LockResult } from './writable-host.ts';

const MAX_HOLDER_BYTES = 64;

/**
 * An exclusive lock that flock(1), flock(2) and every other bootmend respect.
 *
 * Node cannot call flock(2), so flock(1) takes the lock on a descriptor of ours that it inherits. The lock belongs to
 * the open file, not to the program that took it: it stays when flock(1) ends, and the kernel lets go of it when the
 * last descriptor is closed, be it by `kill -9`. So there are no stale locks. The file holds the holder's process id,
 * for the message to others only.
 *
 * Source: flock(2), flock(1) of util-linux and of busybox (which knows no --timeout).
 *
 * @throws the system's error where the lock file cannot be made or opened
 */
export async function lockFile(
  directory: number,
  name: string,
  waitMs: number,
  signal?: AbortSignal,
): Promise<LockResult> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const descriptor = openSync(pathInside(directory, name), flags, 0o600);
  let isHeld = false;
  try {
    if (!fstatSync(descriptor).isFile()) throw systemError('EINVAL', 'flock', name);
    const run = await runProgram('flock', ['-x', '3'], {
      descriptor,
      timeoutMs: Math.max(waitMs, 1),
      ...(signal === undefined ? {} : { signal }),
    });
    if (run.isMissing) return { ok: false, reason: 'missing-program', detail: 'flock' };
    if (run.timedOut) return { ok: false, reason: 'held', detail: readHolder(descriptor) };
    if (run.exitCode !== 0) return { ok: false, reason: 'failed', detail: run.stderr };
    isHeld = true;
  } finally {
    if (!isHeld) closeSync(descriptor);
  }
  writeHolder(descriptor);
  return { ok: true, lock: { release: () => closeSync(descriptor) } };
}

/** Nothing where the file does not hold a process id. */
function readHolder(descriptor: number): string {
  const bytes = Buffer.alloc(MAX_HOLDER_BYTES);
  const text = bytes.toString('latin1', 0, readSync(descriptor, bytes, 0, bytes.length, 0)).trim();
  return /^[1-9]\d{0,9}$/.test(text) ? text : '';
}

/** Only for people to read: a full disk must not stand against the lock itself. */
function writeHolder(descriptor: number): void {
  try {
    ftruncateSync(descriptor, 0);
    writeSync(descriptor, `${process.pid}\n`, 0);
  } catch {
    return;
  }
}
