import type { FileChange } from '../plan/build-plan.ts';
import { sha256 } from '../plan/sha256.ts';
import { type BackupListing, listBackups, readKeptText } from './backup-set.ts';
import type { FileOwnership, Manifest } from './manifest.ts';
import type { ChangeableHost } from './problem.ts';

/** One file that a rollback puts back. Latin1 texts; `undefined` means that the file is not there. */
export interface RollbackFile {
  readonly path: string;
  /** As it was before the first of the sets. */
  readonly original: string | undefined;
  /** Whose it was then; undefined where it was not there. */
  readonly ownership: FileOwnership | undefined;
  /** As the last of the sets left it. */
  readonly ours: string | undefined;
  readonly oursSha256: string | undefined;
  /** Whether each set found the file as the one before had left it, so that nobody else's change lies in between. */
  readonly isUnbroken: boolean;
}

/** What a rollback takes back: every set from the one named on, so that the files are as they were before it. */
export interface Rollback {
  readonly setId: string;
  readonly undoes: readonly string[];
  /** In the order in which they are to be written. */
  readonly files: readonly RollbackFile[];
  /** Made for new files by these sets. */
  readonly directories: readonly string[];
}

export interface RollbackProblem {
  readonly code: /** Nothing was changed yet, or all is undone. */
    | 'nothing-to-undo'
    /** `id` */
    | 'backup-unknown'
    /** `id`: its manifest or a kept text is not what was written. */
    | 'backup-damaged'
    /** `path`, `systemCode` */
    | 'backups-unreadable';
  readonly exitCode: 0 | 1 | 3;
  readonly data: Readonly<Record<string, string>>;
}

export type RollbackReading =
  | { readonly ok: true; readonly rollback: Rollback }
  | { readonly ok: false; readonly problem: RollbackProblem };

/** A file that is not as the last set left it. Without a decision of the operator it stays as it is. */
export interface RollbackConflict extends RollbackFile {
  readonly current: string | undefined;
}

export interface RollbackEdits {
  /** Files to put back; those that are as they were before are left out. */
  readonly changes: readonly FileChange[];
  readonly conflicts: readonly RollbackConflict[];
}

/**
 * What it takes to go back to before a set.
 *
 * @param which an id; `latest`, the newest set that was not made by a rollback and not undone by one; `first`, the oldest
 */
export async function readRollback(host: ChangeableHost, which: string): Promise<RollbackReading> {
  const list = await listBackups(host);
  if (!list.ok) {
    const exitCode = list.systemCode === 'EACCES' || list.systemCode === 'EPERM' ? 3 : 1;
    const data = { path: list.path, systemCode: list.systemCode };
    return { ok: false, problem: { code: 'backups-unreadable', exitCode, data } };
  }
  const { sets } = list;
  const chosen = chooseSet(sets, which);
  if (chosen === undefined) {
    const isNamed = which !== 'latest' && which !== 'first';
    return isNamed ? problem('backup-unknown', { id: which }) : problem('nothing-to-undo', {});
  }
  if (chosen.isDamaged) return problem('backup-damaged', { id: chosen.id });
  const manifests: Manifest[] = [];
  for (const set of sets) if (set.id >= chosen.id && !set.isDamaged) manifests.push(set.manifest);
  return readFiles(host, manifests, chosen.id);
}

function chooseSet(sets: readonly BackupListing[], which: string): BackupListing | undefined {
  if (which === 'first') return sets[0];
  if (which !== 'latest') return sets.find(({ id }) => id === which);
  return sets.findLast(
    (set) => !set.isDamaged && set.manifest.kind === 'apply' && set.undoneBy === undefined,
  );
}

/** Splits the files of a rollback into those that are as the last set left them and those that are not. */
export function rollbackEdits(
  files: readonly RollbackFile[],
  current: ReadonlyMap<string, string | undefined>,
): RollbackEdits {
  const changes: FileChange[] = [];
  const conflicts: RollbackConflict[] = [];
  for (const file of files) {
    const found = current.get(file.path);
    if (found === file.original) continue;
    const isOurs = (found === undefined ? undefined : sha256(found)) === file.oursSha256;
    if (isOurs && file.isUnbroken) {
      changes.push({ path: file.path, before: found, after: file.original, decides: 'restore' });
    } else {
      conflicts.push({ ...file, current: found });
    }
  }
  return { changes, conflicts };
}

/** What the sets did to one path: where its original is kept, and what was left in the end. */
interface Trail {
  readonly first: { readonly setId: string; readonly index: number };
  readonly original: Manifest['files'][number];
  last: { readonly setId: string; readonly index: number };
  oursSha256: string | undefined;
  isUnbroken: boolean;
}

async function readFiles(
  host: ChangeableHost,
  manifests: readonly Manifest[],
  setId: string,
): Promise<RollbackReading> {
  const files: RollbackFile[] = [];
  for (const { first, original, last, oursSha256, isUnbroken } of followPaths(manifests)) {
    const { path, beforeSha256, ownership } = original;
    const text =
      beforeSha256 === undefined
        ? undefined
        : await readKeptText(host, first.setId, first.index, 'before', beforeSha256);
    if (text === undefined && beforeSha256 !== undefined) {
      return problem('backup-damaged', { id: first.setId });
    }
    const ours =
      oursSha256 === undefined
        ? undefined
        : await readKeptText(host, last.setId, last.index, 'after', oursSha256);
    files.push({ path, original: text, ownership, ours, oursSha256, isUnbroken });
  }
  const undoes = manifests.map(({ id }) => id);
  const directories = manifests.flatMap((manifest) => manifest.directories);
  return { ok: true, rollback: { setId, undoes, files, directories } };
}

/** The trail of every path, in the order in which a plan writes files: what decides later kernels first. */
function followPaths(manifests: readonly Manifest[]): readonly Trail[] {
  const trails = new Map<string, Trail>();
  for (const { id, files } of manifests) {
    for (const [index, file] of files.entries()) {
      const trail = trails.get(file.path);
      const place = { setId: id, index };
      if (trail === undefined) {
        const { afterSha256: oursSha256 } = file;
        trails.set(file.path, { first: place, original: file, last: place, oursSha256, isUnbroken: true });
        continue;
      }
      trail.isUnbroken &&= trail.oursSha256 === file.beforeSha256;
      trail.oursSha256 = file.afterSha256;
      trail.last = place;
    }
  }
  const isEarly = ({ original }: Trail) => original.decides === 'later-kernels';
  const all = [...trails.values()];
  return [...all.filter(isEarly), ...all.filter((trail) => !isEarly(trail))];
}

function problem(code: RollbackProblem['code'], data: RollbackProblem['data']): RollbackReading {
  return { ok: false, problem: { code, exitCode: code === 'nothing-to-undo' ? 0 : 3, data } };
}
