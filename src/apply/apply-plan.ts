import type { Directory } from '../host/writable-host.ts';
import type { FileEdit, Plan } from '../plan/plan.ts';
import { listSetIds, setPath } from './backup-set.ts';
import { sweepKeptOriginals } from './kept-originals.ts';
import { lockState } from './lock-state.ts';
import type { Outcome } from './outcome.ts';
import { findPackageTransaction } from './package-transaction.ts';
import { type ApplyProblem, type ChangeableHost, refused } from './problem.ts';
import { inspectJournal, recoverUnderLock } from './recover.ts';
import { giveUpReserve, isForWantOfSpace, keepReserve } from './reserve.ts';
import { pruneBackups } from './retention.ts';
import { nextSetId } from './set-id.ts';
import type { Settlement } from './settle.ts';
import { BACKUPS_PATH, openOrMakeDirectory, openState, STATE_PATH } from './state-directory.ts';
import { closeFiles, examineFiles } from './target.ts';
import {
  type ApplyOptions,
  runTransaction,
  type Transaction,
  type TransactionResult,
} from './transaction.ts';

/** Makes the changes of a plan, all or none, and keeps what was there before. */
export async function applyPlan(host: ChangeableHost, plan: Plan, options: ApplyOptions): Promise<Outcome> {
  const edits = plan.edits.filter(({ before, after }) => before !== after);
  if (edits.length === 0) return { kind: 'unchanged', recovered: undefined };
  const early = await examineBeforeLocking(host, edits);
  if (early !== undefined) return refusedOutcome(early);
  const opened = await openOrMakeDirectory(host, STATE_PATH);
  if (!opened.ok) return refusedOutcome(opened.problem);
  const state = opened.directory;
  try {
    const locked = await lockState(state, options);
    if (!locked.ok) return refusedOutcome(locked.problem);
    try {
      return await applyUnderLock(host, state, { ...plan, edits }, options);
    } finally {
      locked.lock.release();
    }
  } finally {
    state.close();
  }
}

/** So that a refusal leaves no trace. With a plan unfinished the files say nothing yet. */
async function examineBeforeLocking(
  host: ChangeableHost,
  edits: readonly FileEdit[],
): Promise<ApplyProblem | undefined> {
  if ((await inspectJournal(host)).kind !== 'none') return undefined;
  const distrusted = await backupsProblem(host);
  if (distrusted !== undefined) return distrusted;
  const examined = await examineFiles(host, edits);
  if (!examined.ok) return examined.problem;
  closeFiles(examined.files);
  return undefined;
}

/** Why no set can be written beside those that are there. */
async function backupsProblem(host: ChangeableHost): Promise<ApplyProblem | undefined> {
  const opened = await openState(host, BACKUPS_PATH);
  if (opened?.ok === false) return opened.problem;
  opened?.directory.close();
  return undefined;
}

async function applyUnderLock(
  host: ChangeableHost,
  state: Directory,
  plan: Plan,
  options: ApplyOptions,
): Promise<Outcome> {
  const busy = await findPackageTransaction(host);
  if (busy !== undefined) return refusedOutcome(busy);
  const { settlement, problem } = await recoverUnderLock(host, state);
  const left = problem ?? (await sweepKeptOriginals(host, state));
  if (left !== undefined) return refusedOutcome(left, settlement);
  const distrusted = await backupsProblem(host);
  if (distrusted !== undefined) return refusedOutcome(distrusted, settlement);
  const examined = await examineFiles(host, plan.edits);
  if (!examined.ok) return refusedOutcome(examined.problem, settlement);
  try {
    const ids = await listSetIds(host);
    const lastId = ids.at(-1);
    const setId = nextSetId(options.clock(), plan.id, lastId);
    if (setId === undefined) {
      return refusedOutcome(refused('set-ids-used-up', { id: lastId ?? '' }), settlement);
    }
    const { files, missing } = examined;
    const directories = [...new Set([...missing, ...(options.directories ?? [])])];
    const transaction = { ...options, plan, setId, files, directories };
    const result = await runWithReserve(host, state, transaction);
    if (result.kind !== 'applied') {
      return { ...result, recovered: settlement };
    }
    const notes = [...result.notes, ...(await pruneBackups(host, state))];
    if (options.kind === 'apply') await keepReserve(state);
    const backup = { id: setId, path: setPath(setId) };
    return { kind: 'applied', backup, notes, recovered: settlement };
  } finally {
    closeFiles(examined.files);
  }
}

/** Taking a change back is not refused for want of space as long as there is the reserve. */
async function runWithReserve(
  host: ChangeableHost,
  state: Directory,
  transaction: Transaction,
): Promise<TransactionResult> {
  const result = await runTransaction(host, state, transaction);
  const mayRetry =
    transaction.kind === 'rollback' && result.kind === 'refused' && isForWantOfSpace(result.problem);
  if (!mayRetry || !(await giveUpReserve(state))) return result;
  return runTransaction(host, state, transaction);
}

function refusedOutcome(problem: ApplyProblem, recovered?: Settlement): Outcome {
  return { kind: 'refused', problem, recovered };
}
