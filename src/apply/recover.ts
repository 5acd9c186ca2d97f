import type { Directory } from '../host/writable-host.ts';
import { type JournalReading, putAsideJournal, readJournal } from './journal.ts';
import { type LockOptions, lockState } from './lock-state.ts';
import { type ApplyProblem, attempt, type ChangeableHost, refused } from './problem.ts';
import { type Settlement, settle } from './settle.ts';
import { inDirectory, STATE_PATH } from './state-directory.ts';

/** What became of an unfinished plan, if there was one. */
export interface Recovery {
  readonly settlement: Settlement | undefined;
  /** Why a person must look before anything else is written. */
  readonly problem: ApplyProblem | undefined;
}

const NOTHING: Recovery = { settlement: undefined, problem: undefined };

/** The journal as `status` shows it. Creates and changes nothing. */
export async function inspectJournal(host: ChangeableHost): Promise<JournalReading> {
  const opened = await host.openDirectory(STATE_PATH);
  if (!opened.ok) {
    if (opened.reason === 'missing') return { kind: 'none' };
    return { kind: 'unreadable', systemCode: opened.systemCode ?? opened.reason };
  }
  try {
    return await readJournal(opened.directory);
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
  const recovery = await inDirectory(host, STATE_PATH, async (state) => {
    const locked = await lockState(state, options);
    if (!locked.ok) return { settlement: undefined, problem: locked.problem };
    try {
      return await recoverUnderLock(host, state);
    } finally {
      locked.lock.release();
    }
  });
  return recovery ?? NOTHING;
}

/** As `recover`, for the holder of the lock. */
export async function recoverUnderLock(host: ChangeableHost, state: Directory): Promise<Recovery> {
  const reading = await readJournal(state);
  switch (reading.kind) {
    case 'none':
      return NOTHING;
    case 'unreadable':
      return { settlement: undefined, problem: unreadable(state, reading.systemCode) };
    case 'damaged':
      return { settlement: undefined, problem: await putAside(state, reading.name) };
    case 'unfinished': {
      const settlement = await settle(host, state, reading.journal);
      return { settlement, problem: settlementProblem(settlement) };
    }
  }
}

function settlementProblem({ left, failures, setId }: Settlement): ApplyProblem | undefined {
  const [failure] = failures;
  if (failure !== undefined) return failure;
  return left.length === 0 ? undefined : refused('recovery-left-files', { paths: left.join(' '), setId });
}

async function putAside(state: Directory, name: string): Promise<ApplyProblem | undefined> {
  let aside = '';
  const problem = await attempt('rename', `${STATE_PATH}/${name}`, async () => {
    aside = await putAsideJournal(state, name);
    return undefined;
  });
  return problem ?? refused('journal-damaged', { path: `${STATE_PATH}/${aside}` });
}

function unreadable(state: Directory, code: string): ApplyProblem {
  return {
    code: 'system-refused',
    exitCode: 1,
    data: { path: state.realPath, operation: 'read', systemCode: code },
  };
}
