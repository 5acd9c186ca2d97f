import type { FileChange } from '../plan/build-plan.ts';
import { sha256 } from '../plan/sha256.ts';
import { type BackupListing, isPruned, listBackups, readKeptText, type Side } from './backup-set.ts';
import type { Manifest } from './manifest.ts';
import { type FileOwnership, type OwnershipChange, ownershipChanges } from './ownership.ts';
import { type ApplyProblem, type ChangeableHost, type Distrust, systemCodeOf } from './problem.ts';
import type { StateFault } from './state-record.ts';

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
  /** What the last of the sets made of it beside its content; undefined where that is not recorded. */
  readonly oursOwnership: FileOwnership | undefined;
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
  /** Damaged sets among them: what they changed is not known. */
  readonly passedOver: readonly string[];
}

/** Why nothing can be taken back, by code, with the data of each. */
interface RollbackProblemData {
  /** Nothing was changed yet, or all is undone. */
  readonly 'nothing-to-undo': Readonly<Record<string, never>>;
  readonly 'backup-unknown': OfSet;
  /** Its name, a part of its manifest or a kept text is not what was written. */
  readonly 'backup-damaged': OfSet & { readonly part: string };
  /** Written by a newer bootmend. */
  readonly 'backup-newer': OfSet & { readonly version: string | number };
  /** Such a damaged set lies between the one that was chosen and now. */
  readonly 'damaged-between': OfSet & { readonly part: string; readonly chosen: string };
  /** Its texts are kept no longer. */
  readonly 'backup-pruned': OfSet;
  readonly 'backups-unreadable': { readonly path: string; readonly systemCode: string };
}

interface OfSet {
  readonly id: string;
}

type RollbackProblemCode = keyof RollbackProblemData;

/** Why a backup set can't be used, with its data. */
export type BackupProblem = {
  [Code in RollbackProblemCode]: { readonly code: Code; readonly data: RollbackProblemData[Code] };
}[RollbackProblemCode];

/** Why nothing can be taken back. */
export type RollbackProblem = BackupProblem | Distrust;

/** What was read of the sets that a rollback takes back, or why it can't be. */
export type RollbackReading =
  | { readonly ok: true; readonly rollback: Rollback }
  | { readonly ok: false; readonly problem: RollbackProblem };

/** A file that is not as the last set left it. Without a decision of the operator it stays as it is. */
export interface RollbackConflict extends RollbackFile {
  readonly current: string | undefined;
  /** What became of it beside its content. */
  readonly ownershipChanges: readonly OwnershipChange[];
}

/** What a rollback would write, and what stands against it. */
export interface RollbackEdits {
  /** Files to put back; those that are as they were before are left out. */
  readonly changes: readonly FileChange[];
  readonly conflicts: readonly RollbackConflict[];
}

/**
 * What it takes to go back to before a set.
 *
 * @param which an id; `latest`, the newest set that was not made by a rollback and not undone by one; `first`, the oldest
 * @param passesOver whether to go on without damaged sets that lie between the chosen one and now
 */
export async function readRollback(
  host: ChangeableHost,
  which: string,
  passesOver = false,
): Promise<RollbackReading> {
  const list = await listBackups(host);
  if (!list.ok) return unreadable(list.problem);
  const { sets } = list;
  const chosen = chooseSet(sets, which, passesOver);
  if (chosen === undefined) {
    const isNamed = which !== 'latest' && which !== 'first';
    return isNamed ? problem('backup-unknown', { id: which }) : problem('nothing-to-undo', {});
  }
  if (chosen.isDamaged) return damagedSet(chosen.id, chosen.fault);
  const manifests: Manifest[] = [];
  const passedOver: string[] = [];
  for (const set of sets) {
    if (set.id < chosen.id) continue;
    if (!set.isDamaged) manifests.push(set.manifest);
    else if (!passesOver || set.fault.code === 'newer') {
      return damagedSet(set.id, set.fault, chosen.id);
    } else passedOver.push(set.id);
  }
  const all = sets.flatMap((set) => (set.isDamaged ? [] : [set.manifest]));
  const read = await readFiles(host, manifests, all);
  if ('ok' in read) return read;
  const undoes = manifests.map(({ id }) => id);
  const directories = manifests.flatMap((manifest) => manifest.directories);
  return { ok: true, rollback: { setId: chosen.id, undoes, files: read, directories, passedOver } };
}

function unreadable(found: ApplyProblem): RollbackReading {
  if (found.code === 'state-not-trusted') return { ok: false, problem: found };
  const path = 'path' in found.data ? found.data.path : '';
  return problem('backups-unreadable', { path, systemCode: systemCodeOf(found) ?? found.code });
}

function damagedSet(id: string, fault: StateFault, chosen?: string): RollbackReading {
  if (fault.code === 'newer') return problem('backup-newer', { id, version: fault.version });
  const { part } = fault;
  return chosen === undefined
    ? problem('backup-damaged', { id, part })
    : problem('damaged-between', { id, part, chosen });
}

/** A damaged set that is newer than the latest may be what is to be undone: it is chosen, and not passed over in silence. */
function chooseSet(
  sets: readonly BackupListing[],
  which: string,
  passesOver: boolean,
): BackupListing | undefined {
  if (which === 'first') return sets[0];
  if (which !== 'latest') return sets.find(({ id }) => id === which);
  return sets.findLast((set) =>
    set.isDamaged
      ? !passesOver || set.fault.code === 'newer'
      : set.manifest.kind === 'apply' && set.undoneBy === undefined,
  );
}

/**
 * Splits the files of a rollback into those that are as the last set left them and those that are not.
 *
 * @param current their texts
 * @param ownerships whose they are; one that is left out is not compared
 */
export function rollbackEdits(
  files: readonly RollbackFile[],
  current: ReadonlyMap<string, string | undefined>,
  ownerships: ReadonlyMap<string, FileOwnership> = new Map(),
): RollbackEdits {
  const changes: FileChange[] = [];
  const conflicts: RollbackConflict[] = [];
  for (const file of files) {
    const found = current.get(file.path);
    if (found === file.original) continue;
    const isOurs = (found === undefined ? undefined : sha256(found)) === file.oursSha256;
    const now = ownerships.get(file.path);
    const changed =
      file.oursOwnership === undefined || now === undefined ? [] : ownershipChanges(file.oursOwnership, now);
    if (isOurs && file.isUnbroken && changed.length === 0) {
      changes.push({ path: file.path, before: found, after: file.original, decides: 'restore' });
    } else {
      conflicts.push({ ...file, current: found, ownershipChanges: changed });
    }
  }
  return { changes, conflicts };
}

/** What the sets did to one path: where its original is kept, and what was left in the end. */
interface Trail {
  readonly first: { readonly setId: string; readonly index: number };
  readonly original: Manifest['files'][number];
  oursSha256: string | undefined;
  oursOwnership: FileOwnership | undefined;
  isUnbroken: boolean;
}

async function readFiles(
  host: ChangeableHost,
  manifests: readonly Manifest[],
  all: readonly Manifest[],
): Promise<readonly RollbackFile[] | (RollbackReading & { readonly ok: false })> {
  const files: RollbackFile[] = [];
  for (const { first, original, oursSha256, oursOwnership, isUnbroken } of followPaths(manifests)) {
    const { path, beforeSha256, ownership } = original;
    const text = beforeSha256 === undefined ? undefined : await findKeptText(host, all, beforeSha256);
    if (text === undefined && beforeSha256 !== undefined) {
      const { setId: id, index } = first;
      if (await isPruned(host, id)) return problem('backup-pruned', { id });
      return problem('backup-damaged', { id, part: `${index}.before` });
    }
    const ours = oursSha256 === undefined ? undefined : await findKeptText(host, all, oursSha256);
    files.push({ path, original: text, ownership, ours, oursSha256, oursOwnership, isUnbroken });
  }
  return files;
}

/** A text by its hash, wherever it is kept: what one set found is what another left, and one of them may be pruned. */
async function findKeptText(
  host: ChangeableHost,
  manifests: readonly Manifest[],
  hash: string,
): Promise<string | undefined> {
  for (const { id, files } of manifests) {
    for (const [index, { beforeSha256, afterSha256 }] of files.entries()) {
      const sides: [Side, string | undefined][] = [
        ['before', beforeSha256],
        ['after', afterSha256],
      ];
      for (const [side, kept] of sides) {
        const text = kept === hash ? await readKeptText(host, id, index, side, hash) : undefined;
        if (text !== undefined) return text;
      }
    }
  }
  return undefined;
}

/** The trail of every path, in the order in which a plan writes files: what decides later kernels first. */
function followPaths(manifests: readonly Manifest[]): readonly Trail[] {
  const trails = new Map<string, Trail>();
  for (const { id, files } of manifests) {
    for (const [index, file] of files.entries()) {
      const trail = trails.get(file.path);
      const place = { setId: id, index };
      if (trail === undefined) {
        const { afterSha256: oursSha256, ownershipAfter: oursOwnership } = file;
        const start = { first: place, original: file, oursSha256, oursOwnership };
        trails.set(file.path, { ...start, isUnbroken: true });
        continue;
      }
      trail.isUnbroken &&= trail.oursSha256 === file.beforeSha256 && isSameOwnership(trail, file);
      trail.oursSha256 = file.afterSha256;
      trail.oursOwnership = file.ownershipAfter;
    }
  }
  const isEarly = ({ original }: Trail) => original.decides === 'later-kernels';
  const all = [...trails.values()];
  return [...all.filter(isEarly), ...all.filter((trail) => !isEarly(trail))];
}

/** Whether a set found the file's owner, mode and attributes as the one before had left them, as far as that is known. */
function isSameOwnership(trail: Trail, { ownership }: Manifest['files'][number]): boolean {
  const left = trail.oursOwnership;
  if (left === undefined || ownership === undefined) return true;
  return ownershipChanges(left, ownership).length === 0;
}

function problem<Code extends RollbackProblemCode>(
  code: Code,
  data: RollbackProblemData[Code],
): RollbackReading & { readonly ok: false } {
  return { ok: false, problem: { code, data } as BackupProblem };
}
