import { systemCode } from '../host/system-error.ts';
import type { Directory } from '../host/writable-host.ts';
import { type ApplyProblem, systemCodeOf } from './problem.ts';

/**
 * Space for one more journal and backup set, kept so that a full disk does not stand in the way of taking a change
 * back. It is given up for a rollback and filled again by the next change.
 */
const NAME = 'reserve';

/** Twice a large grub.cfg, a defaults file and their manifest. */
const BYTES = 256 << 10;

const NO_SPACE = new Set<unknown>(['ENOSPC', 'EDQUOT']);

/** Whether a full disk or quota was the cause. */
export function isForWantOfSpace(problem: ApplyProblem): boolean {
  return NO_SPACE.has(systemCodeOf(problem));
}

/** Makes the reserve where it is missing and there is room for it. */
export async function keepReserve(state: Directory): Promise<void> {
  if ((await state.status(NAME)).ok) return;
  const isKept = await withoutSystemError(async () => {
    const file = await state.createFile(NAME, 0o600);
    try {
      await file.write(new Uint8Array(BYTES));
      await file.sync();
    } finally {
      await file.close();
    }
  });
  if (!isKept) await withoutSystemError(() => state.unlink(NAME));
}

/** @returns whether there was a reserve to give up */
export async function giveUpReserve(state: Directory): Promise<boolean> {
  return withoutSystemError(async () => {
    await state.unlink(NAME);
    await state.sync();
  });
}

async function withoutSystemError(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}
