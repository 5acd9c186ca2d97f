import type { Host } from '../host/host.ts';
import { systemCode } from '../host/system-error.ts';
import type { WritableHost } from '../host/writable-host.ts';

/** A host that plans are applied to. */
export type ChangeableHost = Host & WritableHost;

/** Why a plan was not applied. The sentence for each is the report's. */
export type ApplyProblemCode =
  /** `path`, `holder` (its process id): another bootmend holds the lock. */
  | 'locked'
  /** `path`: something that left no process id holds the lock. */
  | 'locked-by-unknown'
  /** `path`, `program`: without it no lock can be taken. */
  | 'lock-program-missing'
  /** `path`, `pid`: a package manager is at work. */
  | 'package-transaction'
  /** `path`: a package manager is at work, or was when it was cut short. */
  | 'package-lock-file'
  /** `path`, `why` (owner, writable, link), `uid`: somebody else may have written what our state says. */
  | 'state-not-trusted'
  /** `path`, `version`: written by a newer bootmend. */
  | 'state-newer'
  /** `id`: named after the last second that there is, so that no set can follow it. */
  | 'set-ids-used-up'
  /** `path`: no file of boot configuration. */
  | 'not-boot-configuration'
  /** `path`: not as it was when the plan was made. */
  | 'changed'
  /** `path`, `links`: a rename would split the names. */
  | 'hard-linked'
  /** `path`: chattr +i, of the file or its directory. */
  | 'immutable'
  /** `path`: carries an IMA signature over its content. */
  | 'signed'
  /** `path`, `systemCode`, `need`: a `WritingNeed`. */
  | 'not-writable'
  /** `path`, `program` (missing, or empty), `detail`: attributes, ACL or label cannot be kept. */
  | 'attributes-lost'
  /** `path`, `bytes`: a GRUB environment block keeps its size. */
  | 'environment-block-size'
  /** `path`, `operation`, `systemCode`. */
  | 'system-refused'
  /** `path`, `detail`: what was written does not read back as planned. */
  | 'verification-failed'
  /** `paths`, `setId`: an unfinished plan that could not be settled; the next run tries again. */
  | 'recovery-unfinished'
  /** `paths`, `setId`: an unfinished plan's files that are neither old nor new; they were left alone. */
  | 'recovery-left-files'
  /** `path`, `other`: a power cut left two names for one file; fsck.vfat(8) has to run before anything else is written. */
  | 'file-system-damaged'
  /** `path`, `part`: put aside under this name for this part; nothing was recovered from it. */
  | 'journal-damaged'
  | 'interrupted';

/** What a user lacks: a writable directory, to be the owner, to be in the group, or leave to change it. */
export type WritingNeed = 'directory' | 'owner' | 'group' | 'change';

export interface ApplyProblem {
  readonly code: ApplyProblemCode;
  readonly exitCode: 1 | 3 | 130;
  readonly data: Readonly<Record<string, string | number>>;
}

/** A problem that a person must decide on. */
export function refused(code: ApplyProblemCode, data: ApplyProblem['data']): ApplyProblem {
  return { code, exitCode: 3, data };
}

/** This user may not write there. */
export function notWritable(path: string, need: WritingNeed, systemCode: string): ApplyProblem {
  return refused('not-writable', { path, need, systemCode });
}

/** What the system refused: permission is for a person to decide, the rest is a failure. */
export function systemProblem(operation: string, path: string, code: string): ApplyProblem {
  if (code === 'EACCES' || code === 'EPERM') return notWritable(path, 'change', code);
  return { code: 'system-refused', exitCode: 1, data: { path, operation, systemCode: code } };
}

/** Runs one step; an error of the system becomes a problem, any other error is a bug and is thrown on. */
export async function attempt(
  operation: string,
  path: string,
  act: () => Promise<ApplyProblem | undefined>,
): Promise<ApplyProblem | undefined> {
  try {
    return await act();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return systemProblem(operation, path, code);
  }
}

/** The problem `interrupted` once the signal is there; gives signals a turn to arrive. */
export async function interruption(signal: AbortSignal | undefined): Promise<ApplyProblem | undefined> {
  await new Promise((resolve) => setImmediate(resolve));
  return signal?.aborted === true ? { code: 'interrupted', exitCode: 130, data: {} } : undefined;
}
