import type { Host } from '../host/host.ts';
import { systemCode } from '../host/system-error.ts';
import type { WritableHost } from '../host/writable-host.ts';

/** A host that plans are applied to. */
export type ChangeableHost = Host & WritableHost;

/** Why a plan was not applied, by code, with the data of each. The sentence for each is the report's. */
export interface ApplyProblemData {
  /** Another bootmend holds the lock; `holder` is its process id. */
  readonly locked: AtPath & { readonly holder: string };
  /** Something that left no process id holds the lock. */
  readonly 'locked-by-unknown': AtPath;
  /** Without it no lock can be taken. */
  readonly 'lock-program-missing': AtPath & { readonly program: string };
  /** A package manager is at work. */
  readonly 'package-transaction': AtPath & { readonly pid: string | number };
  /** A package manager is at work, or was when it was cut short. */
  readonly 'package-lock-file': AtPath;
  /** Somebody else, user `uid`, may have written what our state says. */
  readonly 'state-not-trusted': AtPath & {
    readonly why: 'owner' | 'writable' | 'link' | 'inner-link';
    readonly uid: number;
  };
  /** Written by a newer bootmend. */
  readonly 'state-newer': AtPath & { readonly version: string | number };
  /** A set is named after the last second that there is, so that no other can follow it. */
  readonly 'set-ids-used-up': { readonly id: string };
  /** No file of boot configuration. */
  readonly 'not-boot-configuration': AtPath;
  /** Not as it was when the plan was made. */
  readonly changed: AtPath;
  /** A rename would split the names. */
  readonly 'hard-linked': AtPath & { readonly links: number };
  /** chattr +i, of the file or its directory. */
  readonly immutable: AtPath;
  /** Carries an IMA signature over its content. */
  readonly signed: AtPath;
  readonly 'not-writable': AtPath & { readonly systemCode: string; readonly need: WritingNeed };
  /** Attributes, ACL or label cannot be kept; `program` is the missing one, or empty. */
  readonly 'attributes-lost': AtPath & { readonly program: string; readonly detail: string };
  /** A GRUB environment block keeps its size. */
  readonly 'environment-block-size': AtPath & { readonly bytes: number };
  readonly 'system-refused': AtPath & { readonly operation: string; readonly systemCode: string };
  /** What was written does not read back as planned. */
  readonly 'verification-failed': AtPath & { readonly detail: string };
  /** An unfinished plan that could not be settled, for `cause`; the next run tries again. */
  readonly 'recovery-unfinished': OfSet & { readonly cause: ApplyProblemCode };
  /** An unfinished plan's files that are neither old nor new; they were left alone. */
  readonly 'recovery-left-files': OfSet;
  /** A power cut left two names for one file; fsck.vfat(8) has to run before anything else is written. */
  readonly 'file-system-damaged': AtPath & { readonly other: string };
  /** Put aside under this name for this part; nothing was recovered from it. */
  readonly 'journal-damaged': AtPath & { readonly part: string };
  readonly interrupted: Readonly<Record<string, never>>;
}

interface AtPath {
  readonly path: string;
}

interface OfSet {
  readonly paths: string;
  readonly setId: string;
}

/** Why nothing was written, or not all, as a code with a sentence in every language. */
export type ApplyProblemCode = keyof ApplyProblemData;

/** What a user lacks: a writable directory, to be the owner, to be in the group, or leave to change it. */
export type WritingNeed = 'directory' | 'owner' | 'group' | 'change';

/** A code with its data. */
export type ApplyProblem = {
  [Code in ApplyProblemCode]: { readonly code: Code; readonly data: ApplyProblemData[Code] };
}[ApplyProblemCode];

/** That what our state says may be somebody else's word. */
export type Distrust = Extract<ApplyProblem, { readonly code: 'state-not-trusted' }>;

/** A problem with the data that its code needs. */
export function refused<Code extends ApplyProblemCode>(
  code: Code,
  data: ApplyProblemData[Code],
): Extract<ApplyProblem, { readonly code: Code }> {
  return { code, data } as Extract<ApplyProblem, { readonly code: Code }>;
}

/** What the system said, where it was the system that refused: `EACCES`, `ENOSPC` … */
export function systemCodeOf({ data }: ApplyProblem): string | undefined {
  return 'systemCode' in data ? data.systemCode : undefined;
}

/** This user may not write there. */
export function notWritable(path: string, need: WritingNeed, systemCode: string): ApplyProblem {
  return refused('not-writable', { path, need, systemCode });
}

/** What the system refused: permission is for a person to decide, the rest is a failure. */
export function systemProblem(operation: string, path: string, code: string): ApplyProblem {
  if (code === 'EACCES' || code === 'EPERM') return notWritable(path, 'change', code);
  return refused('system-refused', { path, operation, systemCode: code });
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
  return signal?.aborted === true ? refused('interrupted', {}) : undefined;
}
