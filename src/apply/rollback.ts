import type { FileChange } from '../plan/build-plan.ts';
import { sha256 } from '../plan/sha256.ts';
import { type BackupListing, listBackups } from './backup-set.ts';
import type { Manifest } from './manifest.ts';
import { type FileOwnership, type OwnershipChange, ownershipChanges } from './ownership.ts';
import { type ApplyProblem, type ChangeableHost, type Distrust, systemCodeOf } from './problem.ts';
import { type RollbackFile, readRollbackFiles } from './rollback-files.ts';
import type { StateFault } from './state-record.ts';
import { variablesTakenBack } from './variables-taken-back.ts';

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
  const read = await readRollbackFiles(host, manifests, all);
  if (!read.ok) {
    const { setId: id, part } = read;
    return part === undefined ? problem('backup-pruned', { id }) : problem('backup-damaged', { id, part });
  }
  const undoes = manifests.map(({ id }) => id);
  const directories = manifests.flatMap((manifest) => manifest.directories);
  return { ok: true, rollback: { setId: chosen.id, undoes, files: read.files, directories, passedOver } };
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
  if (which !== 'latest')
    return beginning(
      sets,
      sets.find(({ id }) => id === which),
    );
  const latest = sets.findLast((set) =>
    set.isDamaged
      ? !passesOver || set.fault.code === 'newer'
      : set.manifest.kind === 'apply' && set.undoneBy === undefined,
  );
  return beginning(sets, latest);
}

/** Where a set goes on with a trial, the one that began it: a trial is taken back as a whole. */
function beginning(
  sets: readonly BackupListing[],
  chosen: BackupListing | undefined,
): BackupListing | undefined {
  const of = chosen?.isDamaged === false ? chosen.manifest.trialStep?.of : undefined;
  return of === undefined ? chosen : (sets.find(({ id }) => id === of) ?? chosen);
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
    const now = ownerships.get(file.path);
    const changed =
      file.oursOwnership === undefined || now === undefined ? [] : ownershipChanges(file.oursOwnership, now);
    const taken = changed.length === 0 ? takenBack(file, found) : undefined;
    if (taken !== undefined) {
      changes.push({ path: file.path, before: found, after: taken.text, decides: 'restore' });
    } else {
      conflicts.push({ ...file, current: found, ownershipChanges: changed });
    }
  }
  return { changes, conflicts };
}

/** What a file becomes; undefined where somebody else's change would go with ours. GRUB writes to its block at every boot. */
function takenBack(
  { original, oursSha256, isUnbroken, blockChanges }: RollbackFile,
  found: string | undefined,
): { readonly text: string | undefined } | undefined {
  const isOurs = (found === undefined ? undefined : sha256(found)) === oursSha256;
  if (isOurs && isUnbroken) return { text: original };
  if (found === undefined || blockChanges.length === 0) return undefined;
  const text = variablesTakenBack(blockChanges, found);
  return text === undefined ? undefined : { text };
}

function problem<Code extends RollbackProblemCode>(
  code: Code,
  data: RollbackProblemData[Code],
): RollbackReading & { readonly ok: false } {
  return { ok: false, problem: { code, data } as BackupProblem };
}
