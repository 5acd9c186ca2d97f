import type { Directory, HeldFile } from '../host/writable-host.ts';
import { sha256 } from '../plan/sha256.ts';
import type { ApplyNote } from './apply-note.ts';
import { readKeptText, readManifest, removeBackupSet, setPath } from './backup-set.ts';
import { checkpoint, journalNotes } from './checkpoint.ts';
import { type Journal, type JournalFile, removeJournal, temporaryNames } from './journal.ts';
import { atFile, holds, type Place } from './journal-place.ts';
import { keepOriginals } from './kept-originals.ts';
import { removeEmpty } from './made-directories.ts';
import { withoutPrivileges } from './ownership.ts';
import { type ApplyProblem, attempt, type ChangeableHost, refused, systemCodeOf } from './problem.ts';
import { renameOver, writeBeside } from './replace-file.ts';
import { nameOf, parentOf } from './state-directory.ts';

/** How an unfinished plan ended. */
export interface Settlement {
  readonly direction: 'back' | 'forward';
  readonly setId: string;
  readonly planId: string;
  readonly paths: readonly string[];
  /** How many files were put back. */
  readonly restored: number;
  /** Neither as they were before nor as planned, or without an original: left alone, the backup set is kept. */
  readonly left: readonly string[];
  /** Not put back because of a failure: the next run tries again. */
  readonly unrestored: readonly string[];
  /** What stood against it; the journal is kept for the next run. */
  readonly failures: readonly ApplyProblem[];
  readonly notes: readonly ApplyNote[];
}

/** What could not be removed where the files are what they should be; the journal is kept for the next run. */
export function leftoverNotes({ failures, paths }: Settlement): readonly ApplyNote[] {
  return failures.map((failure): ApplyNote => {
    if (failure.code === 'file-system-damaged') return { code: failure.code, data: failure.data };
    const path = 'path' in failure.data ? failure.data.path : paths.join(' ');
    return { code: 'cleanup-left', data: { path, systemCode: systemCodeOf(failure) ?? failure.code } };
  });
}

/** Ends an unfinished plan: forward where every file is written and the plan is not being undone, else back. */
export async function settle(host: ChangeableHost, state: Directory, journal: Journal): Promise<Settlement> {
  const failures = await findTwoNames(host, journal);
  const written = await findWritten(host, journal);
  if (failures.length > 0) {
    return { ...summaryOf(journal), direction: 'back', unrestored: written, failures };
  }
  const isWritten = !journal.isUndoing && written.length === journal.files.length;
  const mayComplete = isWritten && (await findChangedOriginal(host, journal)) === undefined;
  return mayComplete ? settleForward(host, state, journal) : settleBack(host, state, journal);
}

/**
 * Completes a plan whose files are all written: what is left of it beside them is removed, but not before the loader
 * sees the new files. Until then it may still read the old ones, whose blocks `.old` keeps from being used again; where
 * that can't be brought about, `.old` stays until the next boot.
 */
export async function settleForward(
  host: ChangeableHost,
  state: Directory,
  journal: Journal,
): Promise<Settlement> {
  const summary = summaryOf(journal);
  const failures: ApplyProblem[] = [...(await findTwoNames(host, journal))];
  if (failures.length > 0) return { ...summary, direction: 'forward', failures };
  const inJournal = await checkpoint(host, summary.paths);
  if (inJournal.size > 0) {
    const unrecorded = await keepOriginals(host, state, journal.setId);
    if (unrecorded !== undefined) failures.push(unrecorded);
  }
  for (const index of journal.files.keys()) {
    const problem = await atFile(host, journal, index, (place) =>
      sweep(host, journal, place, inJournal.has(place.file.path)),
    );
    if (problem !== undefined) failures.push(problem);
  }
  const notes = journalNotes(inJournal);
  if (failures.length === 0) {
    const closed = (await removeEmpty(host, journal.directories)) ?? (await closeJournal(state));
    if (closed !== undefined) failures.push(closed);
  }
  return { ...summary, direction: 'forward', failures, notes };
}

/**
 * Takes a plan back, the last file first, then removes the directories that it made, its backup set and the journal.
 * What was new is held until the loader sees the old again, so that its blocks do not go to other files before.
 *
 * @param replaced how many files, in the order of the journal, may have been replaced: somebody else's change of
 *   another one is no concern of this plan
 */
export async function settleBack(
  host: ChangeableHost,
  state: Directory,
  journal: Journal,
  replaced = journal.files.length,
): Promise<Settlement> {
  const summary = summaryOf(journal);
  const left: string[] = [];
  const unrestored = new Set(summary.paths.slice(0, replaced));
  const failures: ApplyProblem[] = [];
  const settled: number[] = [];
  const held: HeldFile[] = [];
  let restored = 0;
  for (const index of [...journal.files.keys()].reverse()) {
    const problem = await atFile(host, journal, index, async (place) => {
      const { path } = place.file;
      if (place.state === 'after') {
        const obstacle = await restore(host, journal, place, held);
        if (obstacle === 'no-original') left.push(path);
        else if (obstacle !== undefined) return obstacle;
        else restored += 1;
      } else if (place.state === 'foreign' && index < replaced) left.push(path);
      unrestored.delete(path);
      settled.push(index);
      return undefined;
    });
    if (problem !== undefined) failures.push(problem);
  }
  const notes = restored === 0 ? [] : journalNotes(await checkpoint(host, summary.paths));
  for (const { release } of held) release();
  for (const index of settled) {
    const problem = await atFile(host, journal, index, (place) => sweep(host, journal, place));
    if (problem !== undefined) failures.push(problem);
  }
  if (failures.length === 0) {
    const closed =
      (await removeEmpty(host, journal.directories)) ??
      (left.length === 0 ? await removeSet(host, journal.setId) : undefined) ??
      (await closeJournal(state));
    if (closed !== undefined) failures.push(closed);
  }
  return { ...summary, direction: 'back', restored, left, unrestored: [...unrestored], failures, notes };
}

/** The files that are as planned. */
async function findWritten(host: ChangeableHost, journal: Journal): Promise<readonly string[]> {
  const written: string[] = [];
  for (const index of journal.files.keys()) {
    await atFile(host, journal, index, async ({ file, state }) => {
      if (state === 'after') written.push(file.path);
      return undefined;
    });
  }
  return written;
}

/**
 * The files that are new and have their temporary name as well, on vfat: two entries for the same clusters, as a power cut
 * can leave them there. To remove either would free the clusters of the other, so this is for fsck.vfat(8), and nothing
 * is touched before. Entries of one file have one time; a file that somebody wrote by hand has another.
 */
async function findTwoNames(host: ChangeableHost, journal: Journal): Promise<readonly ApplyProblem[]> {
  const found: ApplyProblem[] = [];
  for (const index of journal.files.keys()) {
    await atFile(host, journal, index, async ({ directory, file, state }) => {
      const { path, afterSha256 } = file;
      if (directory === undefined || state !== 'after' || afterSha256 === undefined) return undefined;
      const name = temporaryNames(journal.setId, index).new;
      if (!(await directory.isOnVfat()) || !(await holds(directory, name, afterSha256))) return undefined;
      const [own, other] = [await directory.status(nameOf(path)), await directory.status(name)];
      if (own.ok && other.ok && own.status.modifiedNs !== other.status.modifiedNs) return undefined;
      found.push(refused('file-system-damaged', { path, other: `${parentOf(path)}/${name}` }));
      return undefined;
    });
  }
  return found;
}

/**
 * The first file whose kept original is not what was planned against: somebody wrote to it in place, by a descriptor that
 * was opened before it lost its name. Such a change is not ours to drop.
 */
export async function findChangedOriginal(
  host: ChangeableHost,
  journal: Journal,
): Promise<string | undefined> {
  let changed: string | undefined;
  for (const index of journal.files.keys()) {
    await atFile(host, journal, index, async ({ directory, file, state }) => {
      if (directory === undefined || state !== 'after' || file.beforeSha256 === undefined) return undefined;
      const kept = await directory.read(temporaryNames(journal.setId, index).old);
      const isChanged = kept.ok && sha256(kept.bytes.toString('latin1')) !== file.beforeSha256;
      if (isChanged) changed ??= file.path;
      return undefined;
    });
  }
  return changed;
}

/**
 * Puts the file back by a rename of what was kept beside it, whatever that holds by now, else from the backup set.
 *
 * @param held gets the file that goes
 * @throws the system's error
 */
async function restore(
  host: ChangeableHost,
  journal: Journal,
  { directory, file, index }: Place,
  held: HeldFile[],
): Promise<ApplyProblem | 'no-original' | undefined> {
  if (directory === undefined) return 'no-original';
  const name = nameOf(file.path);
  const names = temporaryNames(journal.setId, index);
  if (file.afterSha256 !== undefined) held.push(await directory.hold(name));
  if (file.beforeSha256 === undefined) {
    await directory.unlink(name);
    await directory.sync();
  } else if ((await directory.read(names.old)).ok) {
    await renameOver(directory, names.old, name);
  } else {
    const text = await readKeptText(host, journal.setId, index, 'before', file.beforeSha256);
    if (text === undefined) return 'no-original';
    const manifest = await readManifest(host, journal.setId);
    await unlinkIfThere(directory, names.new);
    const kept = manifest.ok ? manifest.value.files[index]?.ownership : undefined;
    const ownership = kept === undefined ? undefined : withoutPrivileges(kept);
    const written = await writeBeside(directory, names.new, file.path, text, ownership);
    if (written !== undefined) return written;
    await renameOver(directory, names.new, name);
  }
  return undefined;
}

/**
 * Removes what was put beside a file; its kept original only where another one is safe, and unless it is to stay.
 *
 * @throws the system's error
 */
async function sweep(
  host: ChangeableHost,
  journal: Journal,
  { directory, file, index }: Place,
  keepsOriginal = false,
): Promise<ApplyProblem | undefined> {
  if (directory === undefined) return undefined;
  const names = temporaryNames(journal.setId, index);
  const hasNew = await unlinkIfThere(directory, names.new);
  const mayGo = !keepsOriginal && (await isOriginalSafe(host, journal, directory, file, index));
  const hasOld = mayGo ? await unlinkIfThere(directory, names.old) : false;
  if (hasNew || hasOld) await directory.sync();
  return undefined;
}

async function isOriginalSafe(
  host: ChangeableHost,
  journal: Journal,
  directory: Directory,
  { path, beforeSha256 }: JournalFile,
  index: number,
): Promise<boolean> {
  if (beforeSha256 === undefined) return true;
  if (await holds(directory, nameOf(path), beforeSha256)) return true;
  return (await readKeptText(host, journal.setId, index, 'before', beforeSha256)) !== undefined;
}

async function unlinkIfThere(directory: Directory, name: string): Promise<boolean> {
  if (!(await directory.status(name)).ok) return false;
  await directory.unlink(name);
  return true;
}

function removeSet(host: ChangeableHost, setId: string): Promise<ApplyProblem | undefined> {
  return attempt('unlink', setPath(setId), async () => {
    await removeBackupSet(host, setId);
    return undefined;
  });
}

function closeJournal(state: Directory): Promise<ApplyProblem | undefined> {
  return attempt('unlink', state.realPath, async () => {
    await removeJournal(state);
    return undefined;
  });
}

/** A settlement of a journal that did nothing yet. */
function summaryOf({ setId, planId, files }: Journal): Omit<Settlement, 'direction' | 'failures'> {
  const paths = files.map(({ path }) => path);
  return { setId, planId, paths, restored: 0, left: [], unrestored: [], notes: [] };
}
