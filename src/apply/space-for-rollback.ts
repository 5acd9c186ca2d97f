import type { FileEdit } from '../plan/plan.ts';
import type { ChangeableHost } from './problem.ts';
import { parentOf } from './state-directory.ts';

/** A file system where a rollback may not find the space that it needs. */
export interface ScarceSpace {
  readonly path: string;
  readonly freeBytes: number;
  readonly neededBytes: number;
}

/** Below this, a log or a kernel more fills the file system up. */
const LEAST_BYTES = 1 << 20;

/**
 * The file systems of a change that are nearly full. A rollback writes each original beside its file before it renames it;
 * what is kept in reserve for it is in the state directory, and helps only the file system that holds that.
 */
export async function scarceSpace(
  host: ChangeableHost,
  edits: readonly FileEdit[],
): Promise<readonly ScarceSpace[]> {
  return findScarce(host, edits, ({ before = '' }) => before.length, LEAST_BYTES);
}

/** The file systems of a rollback that have less space than its texts need. */
export async function missingSpace(
  host: ChangeableHost,
  edits: readonly FileEdit[],
): Promise<readonly ScarceSpace[]> {
  return findScarce(host, edits, ({ after = '' }) => after.length, 0);
}

async function findScarce(
  host: ChangeableHost,
  edits: readonly FileEdit[],
  bytesOf: (edit: FileEdit) => number,
  spareBytes: number,
): Promise<readonly ScarceSpace[]> {
  const needed = new Map<string, number>();
  for (const edit of edits) {
    const path = parentOf(edit.path);
    needed.set(path, (needed.get(path) ?? 0) + bytesOf(edit));
  }
  const scarce: ScarceSpace[] = [];
  for (const [path, neededBytes] of needed) {
    const found = await host.freeBytes(path);
    if (!found.ok || found.freeBytes >= neededBytes + spareBytes) continue;
    scarce.push({ path, freeBytes: found.freeBytes, neededBytes });
  }
  return scarce;
}
