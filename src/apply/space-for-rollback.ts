import type { FileEdit } from '../plan/plan.ts';
import type { ChangeableHost } from './problem.ts';
import { parentOf } from './state-directory.ts';

/** A file system where taking a change back may not find the space that it needs. */
export interface ScarceSpace {
  readonly path: string;
  readonly freeBytes: number;
}

/** Below this, a log or a kernel more fills the file system up. */
const LEAST_BYTES = 1 << 20;

/**
 * The file systems of a plan that are nearly full. A rollback writes each original beside its file before it renames it;
 * what is kept in reserve for it is in the state directory, and helps only the file system that holds that.
 */
export async function scarceSpace(
  host: ChangeableHost,
  edits: readonly FileEdit[],
): Promise<readonly ScarceSpace[]> {
  const needed = new Map<string, number>();
  for (const { path, before = '' } of edits) {
    needed.set(parentOf(path), (needed.get(parentOf(path)) ?? 0) + before.length);
  }
  const scarce: ScarceSpace[] = [];
  for (const [path, bytes] of needed) {
    const found = await host.freeBytes(path);
    if (found.ok && found.freeBytes < bytes + LEAST_BYTES) scarce.push({ path, freeBytes: found.freeBytes });
  }
  return scarce;
}
