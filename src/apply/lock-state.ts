import { systemCode } from '../host/system-error.ts';
import type { Directory, HeldLock } from '../host/writable-host.ts';
import { type ApplyProblem, refused, systemProblem } from './problem.ts';
import { STATE_PATH } from './state-directory.ts';

/** How to wait for the lock of our state. */
export interface LockOptions {
  /** How long another holder is waited for. */
  readonly lockWaitMs?: number;
  readonly signal?: AbortSignal;
}

const NAME = 'lock';
const DEFAULT_WAIT_MS = 10_000;

/** The lock that every writing bootmend takes: flock(2) on the file `lock` of the state directory. */
export async function lockState(
  state: Directory,
  { lockWaitMs = DEFAULT_WAIT_MS, signal }: LockOptions,
): Promise<
  { readonly ok: true; readonly lock: HeldLock } | { readonly ok: false; readonly problem: ApplyProblem }
> {
  const path = `${STATE_PATH}/${NAME}`;
  try {
    const locked = await state.lock(NAME, lockWaitMs, signal);
    if (locked.ok) return locked;
    return { ok: false, problem: lockProblem(path, locked, signal) };
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return { ok: false, problem: systemProblem('lock', path, code) };
  }
}

function lockProblem(
  path: string,
  { reason, detail }: { readonly reason: 'held' | 'missing-program' | 'failed'; readonly detail: string },
  signal: AbortSignal | undefined,
): ApplyProblem {
  if (signal?.aborted === true) return refused('interrupted', {});
  if (reason === 'held') {
    return detail === ''
      ? refused('locked-by-unknown', { path })
      : refused('locked', { path, holder: detail });
  }
  if (reason === 'missing-program') return refused('lock-program-missing', { path, program: detail });
  return refused('system-refused', { path, operation: 'lock', systemCode: detail });
}
