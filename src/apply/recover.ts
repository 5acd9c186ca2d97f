import type { Directory } from '../host/writable-host.ts';
import { listSetIds, readManifest } from './backup-set.ts';
import {
  type Journal,
  type JournalReading,
  putAsideJournal,
  readJournal,
  temporaryNames,
} from './journal.ts';
import { type LockOptions, lockState } from './lock-state.ts';
import { findPackageTransaction } from './package-transaction.ts';
import {
  type ApplyProblem,
  attempt,
  type ChangeableHost,
  refused,
  systemCodeOf,
  systemProblem,
} from './problem.ts';
import { type Settlement, settle } from './settle.ts';
import { inDirectory, openState, parentOf, STATE_PATH } from './state-directory.ts';

/** What became of an unfinished plan, if there was one. */
export interface Recovery {
  readonly settlement: Settlement | undefined;
  /** Why a person must look before anything else is written. */
  readonly problem: ApplyProblem | undefined;
}

const NOTHING: Recovery = { settlement: undefined, problem: undefined };

/** The journal as `status` shows it. Creates and changes nothing. */
export async function inspectJournal(host: ChangeableHost): Promise<JournalReading> {
  const opened = await openState(host, STATE_PATH);
  if (opened === undefined) return { kind: 'none' };
  if (!opened.ok) {
    const { problem } = opened;
    if (problem.code === 'state-not-trusted') return { kind: 'untrusted', problem };
    return { kind: 'unreadable', systemCode: systemCodeOf(problem) ?? problem.code };
  }
  try {
    return await readJournal(host, opened.directory);
  } finally {
    opened.directory.close();
  }
}

/**
 * Ends what a run that was cut short left unfinished, under the lock. To be called by every command that writes,
 * before it reads what it plans against. Where there is nothing unfinished, nothing is created or locked.
 */
export async function recover(host: ChangeableHost, options: LockOptions = {}): Promise<Recovery> {
  const reading = await inspectJournal(host);
  if (reading.kind === 'none') return NOTHING;
  if (reading.kind === 'unreadable') return unreadable(STATE_PATH, reading.systemCode);
  if (reading.kind === 'untrusted') return { settlement: undefined, problem: reading.problem };
  const recovery = await inDirectory(host, STATE_PATH, async (state) => {
    const locked = await lockState(state, options);
    if (!locked.ok) return { settlement: undefined, problem: locked.problem };
    try {
      const busy = await findPackageTransaction(host);
      if (busy !== undefined) return { settlement: undefined, problem: busy };
      return await recoverUnderLock(host, state);
    } finally {
      locked.lock.release();
    }
  });
  return recovery ?? NOTHING;
}

function unreadable(path: string, systemCode: string): Recovery {
  return { settlement: undefined, problem: systemProblem('read', path, systemCode) };
}

function newer(name: string, version: number): ApplyProblem {
  return refused('state-newer', { path: `${STATE_PATH}/${name}`, version });
}

/** As `recover`, for the holder of the lock. */
export async function recoverUnderLock(host: ChangeableHost, state: Directory): Promise<Recovery> {
  const reading = await readJournal(host, state);
  switch (reading.kind) {
    case 'none':
      return NOTHING;
    case 'unreadable':
      return unreadable(state.realPath, reading.systemCode);
    case 'untrusted':
      return { settlement: undefined, problem: reading.problem };
    case 'damaged':
      return reading.fault.code === 'newer'
        ? { settlement: undefined, problem: newer(reading.name, reading.fault.version) }
        : recoverFromBackup(host, state, { ...reading, part: reading.fault.part });
    case 'unfinished': {
      const settlement = await settle(host, state, reading.journal);
      return { settlement, problem: settlementProblem(settlement) };
    }
  }
}

/** That it is not settled; what stood against that are its failures. */
function settlementProblem(settlement: Settlement): ApplyProblem | undefined {
  const { setId, paths, left, failures } = settlement;
  const [failure] = failures;
  if (failure !== undefined) {
    return refused('recovery-unfinished', { paths: paths.join(' '), setId, cause: failure.code });
  }
  return left.length === 0 ? undefined : refused('recovery-left-files', { paths: left.join(' '), setId });
}

/**
 * The newest backup set says the same as the journal of its plan. It is taken for unfinished only where temporary files
 * of it are still there; without any, either nothing was replaced yet or all was done.
 */
async function recoverFromBackup(
  host: ChangeableHost,
  state: Directory,
  damaged: { readonly name: string; readonly isUndoing: boolean; readonly part: string },
): Promise<Recovery> {
  const journal = await journalFromBackup(host, damaged.isUndoing);
  let aside = '';
  const failed = await attempt('write', state.realPath, async () => {
    aside = await putAsideJournal(state, damaged.name, journal);
    return undefined;
  });
  if (failed !== undefined) return { settlement: undefined, problem: failed };
  const settlement = journal === undefined ? undefined : await settle(host, state, journal);
  const unsettled = settlement === undefined ? undefined : settlementProblem(settlement);
  return {
    settlement,
    problem: unsettled ?? refused('journal-damaged', { path: `${STATE_PATH}/${aside}`, part: damaged.part }),
  };
}

async function journalFromBackup(host: ChangeableHost, isUndoing: boolean): Promise<Journal | undefined> {
  const setId = (await listSetIds(host)).at(-1);
  if (setId === undefined) return undefined;
  const manifest = await readManifest(host, setId);
  if (!manifest.ok) return undefined;
  for (const [index, { path }] of manifest.value.files.entries()) {
    const names = temporaryNames(setId, index);
    for (const name of [names.new, names.old]) {
      if ((await host.status(`${parentOf(path)}/${name}`)).ok) {
        const { planId, files, directories } = manifest.value;
        return { setId, planId, files, directories, isUndoing };
      }
    }
  }
  return undefined;
}
