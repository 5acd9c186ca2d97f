import { findChangedReading, type Reading } from '../host/readings.ts';
import { isWithin } from '../host/root-path.ts';
import type { Directory } from '../host/writable-host.ts';
import type { Plan } from '../plan/plan.ts';
import { sha256 } from '../plan/sha256.ts';
import type { ApplyNote } from './apply-note.ts';
import { writeBackupSet } from './backup-set.ts';
import { checkpoint } from './checkpoint.ts';
import { type Journal, journalOf, markUndoing, readJournal, writeJournal } from './journal.ts';
import type { LockOptions } from './lock-state.ts';
import { type Progress, withDirectories } from './made-directories.ts';
import type { Manifest, Purpose } from './manifest.ts';
import { type FileOwnership, ownershipChanges, withoutPrivileges } from './ownership.ts';
import { type ApplyProblem, attempt, type ChangeableHost, interruption, refused } from './problem.ts';
import { prepareReplacement, replaceFile } from './replace-file.ts';
import { findChangedOriginal, leftoverNotes, type Settlement, settleBack, settleForward } from './settle.ts';
import { openProblem } from './state-directory.ts';
import { type ExaminedFile, hasChanged, type Target } from './target.ts';
import type { TrialRecord, TrialStep } from './trial-record.ts';

/**
 * All files of a plan, or none, whenever the power fails.
 *
 * Every step is on the disk (fsync of file and directory) before the next one begins, so a crash finds the disk after
 * some step and perhaps in the middle of the next. What recovery then does:
 *
 * | crash after                           | on the disk                               | recovery                      |
 * |---------------------------------------|-------------------------------------------|-------------------------------|
 * | nothing                               | files old                                 | nothing to do                 |
 * | 1 journal written                     | files old                                 | removes the journal           |
 * | 2 backup set, whole or in part        | files old                                 | removes set and journal       |
 * | 3 directories made for new files,     | files old                                 | removes them too              |
 * |   `.new`, `.old` beside some files    |                                           |                               |
 * | 4 file systems frozen and thawed      | files old                                 | as above                      |
 * | 5 some files replaced                 | some new, every original twice (.old, set)| renames `.old` back, as above |
 * | 6 every file replaced                 | files new                                 | goes on with 7                |
 * | 7 file systems frozen and thawed      | files new                                 | keeps the set, removes `.old` |
 * | 8 undoing marked (a step failed)      | some new                                  | renames `.old` back, as above |
 * | 9 every `.old` removed                | files new                                 | removes the journal           |
 * | 10 journal removed                    | files new                                 | nothing to do                 |
 *
 * A single file is old or new at every instant, since rename(2) replaces it at once; and the order of the plan makes
 * every mixture in between boot. Up to step 5 nothing needs taking back; from there on taking back is one rename a
 * file, which needs no space on the disk.
 *
 * "On the disk" in this table is what Linux finds after it has replayed the file system's journal. The reader that counts
 * before that is GRUB (systemd-boot is the firmware, on vfat, which has none), and it replays no journal: it sees each
 * block of a directory, an inode or a file as it was when that block last went to its place. What it reads of one file:
 *
 * | between    | blocks at their places                          | GRUB reads                                          |
 * |------------|-------------------------------------------------|-----------------------------------------------------|
 * | 1 and 4    | name, inode and text of the old file            | old                                                 |
 * | 4 and 5    | the new inode and its text as well              | old                                                 |
 * | 5 and 7    | the name leads to either inode, and both are    | old or new; without step 4 the name could lead to   |
 * |            | whole: `.old` holds the old one's blocks        | an inode that is in the journal only: an empty file |
 * | 7 and 9    | the name leads to the new inode                 | new                                                 |
 * | 9 and on   | the old inode's blocks may go to others         | new; without step 7 the name could lead to the old  |
 * |            |                                                 | inode, and those blocks hold other files' bytes     |
 *
 * Taking back (8) is the same with old and new exchanged: the new inode is held until the file systems were frozen and
 * thawed. Where one can't be frozen, nothing is promised for GRUB beyond this: the old inode keeps its blocks until the
 * next boot (kept-originals.ts), and the note `reboot-cleanly` says what may be read until then.
 *
 * Sources: rename(2), fsync(2); Pillai et al., All File Systems Are Not Created Equal, OSDI 2014; grub-core/fs/ext2.c and
 * xfs.c of GRUB, which have no journal code; ostree-sysroot-deploy.c, which freezes for the same reason.
 */

/** What an application is for, and how it is made. */
export interface ApplyOptions extends LockOptions {
  readonly kind: Manifest['kind'];
  /** Kept with the set. */
  readonly purpose?: Purpose;
  /** With `rollback`: the sets that it takes back. */
  readonly undoes?: readonly string[];
  /** With `rollback`: the directories that those sets had made for new files. They go where they are empty by then. */
  readonly directories?: readonly string[];
  /** With `rollback`: whose the files were. Other files keep what they have. */
  readonly ownerships?: ReadonlyMap<string, FileOwnership>;
  /** Everything that the plan was made from: compared again before the first file is replaced, and after the last. */
  readonly madeFrom?: readonly Reading[];
  /** For the manifest: what is tried, or what becomes of an earlier set's trial. */
  readonly trial?: TrialRecord;
  readonly trialStep?: TrialStep;
  /** Judges what was read back. */
  readonly verify: VerifyWritten;
  readonly clock: () => Date;
}

/** One application under way. */
export interface Transaction extends ApplyOptions {
  readonly plan: Plan;
  readonly setId: string;
  readonly files: readonly ExaminedFile[];
  /** Those of the options, and those that are to be made. */
  readonly directories: readonly string[];
}

/** What is wrong with the files as they were read back, if anything. Latin1 texts, undefined for a removed file. */
export type VerifyWritten = (
  files: readonly { readonly path: string; readonly text: string | undefined }[],
) => Promise<{ readonly path: string; readonly detail: string } | undefined>;

/** How an application ended: written, refused before anything was, or taken back as far as that went. */
export type TransactionResult =
  | { readonly kind: 'applied'; readonly notes: readonly ApplyNote[] }
  | { readonly kind: 'refused'; readonly problem: ApplyProblem }
  | {
      readonly kind: 'failed-restored';
      readonly problem: ApplyProblem;
      readonly takenBack: Settlement;
    };

/** For the holder of the lock, with files that were examined under it. */
export async function runTransaction(
  host: ChangeableHost,
  state: Directory,
  transaction: Transaction,
): Promise<TransactionResult> {
  const { plan, setId, files, directories } = transaction;
  const owned = await readOwnerships(files);
  if (!owned.ok) return { kind: 'refused', problem: owned.problem };
  const { ownerships } = owned;
  const journal = journalOf(plan, setId, directories);
  const recorded = await record(host, state, transaction, journal, ownerships);
  if (recorded !== undefined) return takeBack(host, state, journal, recorded, 0);
  const { replaced, problem } = await withDirectories(host, files, (targets) =>
    write(host, transaction, targets, ownerships),
  );
  if (problem !== undefined) return takeBack(host, state, journal, problem, replaced);
  const changed = await findChangedOriginal(host, journal);
  if (changed !== undefined) {
    return takeBack(host, state, journal, refused('changed', { path: changed }), replaced);
  }
  const settlement = await settleForward(host, state, journal);
  return { kind: 'applied', notes: [...settlement.notes, ...leftoverNotes(settlement)] };
}

type Ownerships =
  | { readonly ok: true; readonly ownerships: readonly (FileOwnership | undefined)[] }
  | { readonly ok: false; readonly problem: ApplyProblem };

async function readOwnerships(files: readonly ExaminedFile[]): Promise<Ownerships> {
  const ownerships: (FileOwnership | undefined)[] = [];
  for (const { directory, edit, name, status } of files) {
    if (directory === undefined || status === undefined) {
      ownerships.push(undefined);
      continue;
    }
    const { path } = edit;
    const read = await directory.attributes(name);
    if (!read.ok) {
      const problem = refused('attributes-lost', {
        path,
        program: read.missingProgram ?? '',
        detail: read.detail,
      });
      return { ok: false, problem };
    }
    if ('security.ima' in read.attributes) return { ok: false, problem: refused('signed', { path }) };
    const { mode, uid, gid } = status;
    ownerships.push({ mode, uid, gid, attributes: read.attributes });
  }
  return { ok: true, ownerships };
}

/** Steps 1 and 2. */
async function record(
  host: ChangeableHost,
  state: Directory,
  transaction: Transaction,
  journal: Journal,
  ownerships: readonly (FileOwnership | undefined)[],
): Promise<ApplyProblem | undefined> {
  return (
    (await attempt('write', state.realPath, async () => {
      await writeJournal(state, journal);
      return undefined;
    })) ??
    (await interruption(transaction.signal)) ??
    (await writeBackupSet(host, manifestOf(transaction, ownerships), transaction.plan.edits))
  );
}

/** Steps 3 and 4, and the verdict on what they wrote. */
async function write(
  host: ChangeableHost,
  transaction: Transaction,
  targets: readonly Target[],
  ownerships: readonly (FileOwnership | undefined)[],
): Promise<Progress> {
  const prepared = await prepare(transaction, targets, ownerships);
  if (prepared !== undefined) return { replaced: 0, problem: prepared };
  await checkpoint(
    host,
    targets.map(({ edit }) => edit.path),
  );
  const early = await findStale(host, transaction);
  if (early !== undefined) return { replaced: 0, problem: early };
  const { replaced, problem } = await replaceAll(transaction, targets, ownerships);
  return {
    replaced,
    problem: problem ?? (await verifyAll(host, transaction)) ?? (await findStale(host, transaction)),
  };
}

/** Whether something that the plan was made from, though it may not write it, is another by now. */
async function findStale(
  host: ChangeableHost,
  { plan, madeFrom = [] }: Transaction,
): Promise<ApplyProblem | undefined> {
  const isOwn = (path: string, kind: Reading['kind']) =>
    plan.edits.some((edit) => {
      const comesOrGoes = edit.before === undefined || edit.after === undefined;
      return edit.path === path || (comesOrGoes && kind !== 'content' && isWithin(edit.path, path));
    });
  const path = await findChangedReading(host, madeFrom, isOwn);
  return path === undefined ? undefined : refused('changed', { path });
}

/** Step 3: the last that can fail for want of space or permission. */
async function prepare(
  transaction: Transaction,
  targets: readonly Target[],
  ownerships: readonly (FileOwnership | undefined)[],
): Promise<ApplyProblem | undefined> {
  const { setId, signal } = transaction;
  for (const [index, target] of targets.entries()) {
    const now = ownerships[index];
    const becomes = becomesOf(transaction, target.edit.path, now);
    const problem =
      (await interruption(signal)) ?? (await prepareReplacement(target, setId, index, now, becomes));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What a file becomes beside its content: as it was then, but for what only the file that is there can have. */
function becomesOf(
  { ownerships }: Transaction,
  path: string,
  now: FileOwnership | undefined,
): FileOwnership | undefined {
  const then = ownerships?.get(path);
  if (then === undefined) return now;
  const isSame = now !== undefined && ownershipChanges(then, now).length === 0;
  return isSame ? now : withoutPrivileges(then);
}

/** Step 4. A file whose replacement failed counts as replaced: the failure may have come after the rename. */
async function replaceAll(
  { setId, signal }: Transaction,
  targets: readonly Target[],
  ownerships: readonly (FileOwnership | undefined)[],
): Promise<Progress> {
  for (const [index, target] of targets.entries()) {
    const early = (await interruption(signal)) ?? (await hasChanged(target));
    if (early !== undefined) return { replaced: index, problem: early };
    const failed = await replaceFile(target, setId, index, ownerships[index]);
    if (failed !== undefined) return { replaced: index + 1, problem: failed };
  }
  return { replaced: targets.length, problem: await interruption(signal) };
}

async function verifyAll(
  host: ChangeableHost,
  { plan, verify }: Transaction,
): Promise<ApplyProblem | undefined> {
  const files: { path: string; text: string | undefined }[] = [];
  for (const edit of plan.edits) {
    const read = await host.read(edit.path);
    if (!read.ok && read.reason !== 'missing') return openProblem(edit.path, read);
    const text = read.ok ? read.bytes.toString('latin1') : undefined;
    const isAsPlanned = text === undefined ? edit.after === undefined : sha256(text) === edit.afterSha256;
    if (!isAsPlanned) return refused('verification-failed', { path: edit.path, detail: 'content' });
    files.push({ path: edit.path, text });
  }
  const found = await verify(files);
  return found === undefined ? undefined : refused('verification-failed', { ...found });
}

async function takeBack(
  host: ChangeableHost,
  state: Directory,
  journal: Journal,
  problem: ApplyProblem,
  replaced: number,
): Promise<TransactionResult> {
  const isRecorded = (await readJournal(host, state)).kind === 'unfinished';
  // Where even this is refused, recovery decides by what the files hold.
  if (isRecorded) {
    await attempt('rename', state.realPath, async () => {
      await markUndoing(state);
      return undefined;
    });
  }
  const takenBack = await settleBack(host, state, journal, replaced);
  const { restored, left, failures } = takenBack;
  const isUntouched = restored === 0 && left.length === 0 && failures.length === 0;
  return isUntouched ? { kind: 'refused', problem } : { kind: 'failed-restored', problem, takenBack };
}

function manifestOf(transaction: Transaction, ownerships: readonly (FileOwnership | undefined)[]): Manifest {
  const { plan, setId, kind, undoes = [], directories, purpose, clock, trial, trialStep } = transaction;
  return {
    id: setId,
    createdAt: clock().toISOString(),
    planId: plan.id,
    kind,
    undoes,
    directories,
    purpose,
    files: plan.edits.map((edit, index) => ({
      path: edit.path,
      beforeSha256: edit.beforeSha256,
      afterSha256: edit.afterSha256,
      ownership: ownerships[index],
      ownershipAfter:
        edit.after === undefined ? undefined : becomesOf(transaction, edit.path, ownerships[index]),
      decides: edit.decides,
    })),
    ...(trial === undefined ? {} : { trial }),
    ...(trialStep === undefined ? {} : { trialStep }),
  };
}
