import type { Outcome } from '../apply/outcome.ts';
import type { ApplyProblem, ApplyProblemCode } from '../apply/problem.ts';
import type { RollbackProblem } from '../apply/rollback.ts';

/** Exit codes: a contract that scripts rely on. */
export const EXIT = {
  done: 0,
  /** The system refused, or we failed; every file is as before, or it is named. */
  failed: 1,
  usage: 2,
  /** A person must decide. */
  refused: 3,
  /** Words without effect, or a change pending with `--check`. */
  found: 4,
  /** Words stand for the next boot that the running kernel was started without. */
  pending: 5,
  interrupted: 130,
} as const;

/** From what is least to worry about to what is most. */
const BY_SEVERITY: readonly number[] = [
  EXIT.done,
  EXIT.pending,
  EXIT.found,
  EXIT.refused,
  EXIT.usage,
  EXIT.failed,
  EXIT.interrupted,
];

/** The exit code that stands for those of several machines: their worst, by what a person has to do about it. */
export function worstExit(codes: readonly number[]): number {
  return BY_SEVERITY[Math.max(0, ...codes.map((code) => BY_SEVERITY.indexOf(code)))] ?? EXIT.done;
}

/** What became of a plan as an exit code. */
export function outcomeExit(outcome: Outcome): number {
  return 'problem' in outcome ? problemExit(outcome.problem) : EXIT.done;
}

/** A problem that the system or a signal made; every other one is for a person to decide. */
export function problemExit(problem: ApplyProblem): number {
  return codeExit(problem.code === 'recovery-unfinished' ? problem.data.cause : problem.code);
}

function codeExit(code: ApplyProblemCode): number {
  if (code === 'system-refused') return EXIT.failed;
  return code === 'interrupted' ? EXIT.interrupted : EXIT.refused;
}

/** Why nothing is undone, as an exit code. */
export function rollbackExit(problem: RollbackProblem): number {
  if (problem.code === 'nothing-to-undo') return EXIT.done;
  return problem.code === 'backups-unreadable' ? unreadableExit(problem.data.systemCode) : EXIT.refused;
}

/** A file that can't be read, as an exit code: another user could, or the system refuses everybody. */
export function unreadableExit(systemCode: string): number {
  return ['EACCES', 'EPERM'].includes(systemCode) ? EXIT.refused : EXIT.failed;
}

/** Names of files that the operator gave and that lead to none. */
const WRONG_NAME: readonly string[] = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'];

/** A file named on the command line that can't be read, as an exit code: as with a `--root` that is none, the name may be wrong. */
export function namedFileExit(systemCode: string): number {
  return WRONG_NAME.includes(systemCode) ? EXIT.usage : unreadableExit(systemCode);
}
