import type { FileEdit, Plan } from './plan.ts';
import { sha256 } from './sha256.ts';

/** One file's change before it has hashes. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly decides: FileEdit['decides'];
}

/** What is written first: the machine boots at every instant between two files, with the old words or the new. */
const ORDER: readonly FileEdit['decides'][] = ['later-kernels', 'next-boot', 'restore'];

const ID_DIGITS = 12;

/**
 * The plan of some file changes: those that change nothing are left out, the others are put into the order of applying.
 * The same changes give the same id.
 */
export function buildPlan(changes: readonly FileChange[]): Plan {
  const edits = changes
    .filter(({ before, after }) => before !== after)
    .map((change) => ({
      ...change,
      beforeSha256: change.before === undefined ? undefined : sha256(change.before),
      afterSha256: change.after === undefined ? undefined : sha256(change.after),
    }))
    .toSorted((a, b) => ORDER.indexOf(a.decides) - ORDER.indexOf(b.decides));
  const content = edits.map(({ path, beforeSha256, afterSha256 }) => [path, beforeSha256, afterSha256]);
  return { id: sha256(JSON.stringify(content)).slice(0, ID_DIGITS), edits };
}
