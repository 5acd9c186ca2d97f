import type { ApplyNote } from '../apply/apply-note.ts';
import type { ApplyProblem } from '../apply/problem.ts';
import { leftoverNotes, type Settlement } from '../apply/settle.ts';
import { error, tell, warning } from './message.ts';
import { inFamily } from './messages/sentence.ts';
import type { Message, Report } from './report.ts';

/** How the files were left, as `files.STATE` says it behind what went wrong. */
type FilesLeft = 'nothing-written' | 'as-before' | 'not-as-before' | 'tried-again';

/** The message of a problem that came before anything was written. */
export function refusedMessage(problem: ApplyProblem): Message {
  return problemMessage(problem, 'nothing-written');
}

/** What the operator should know about a change, done or taken back. */
export function noteMessages(notes: readonly ApplyNote[]): readonly Message[] {
  return notes.map((note) =>
    tell(note.code === 'file-system-damaged' ? 'warning' : 'info', inFamily('apply', note)),
  );
}

/** Why a change failed, and what became of its files. */
export function takenBackMessages(problem: ApplyProblem, takenBack: Settlement): readonly Message[] {
  const { setId, left, unrestored, notes } = takenBack;
  const isAsBefore = left.length === 0 && unrestored.length === 0;
  return [
    problemMessage(problem, isAsBefore ? 'as-before' : 'not-as-before'),
    ...(left.length === 0 ? [] : [error('apply.left-alone', { paths: left.join(' '), setId })]),
    ...(unrestored.length === 0 ? [] : [error('apply.unrestored', { paths: unrestored.join(' ') })]),
    ...(isAsBefore ? noteMessages(leftoverNotes(takenBack)) : failureMessages(takenBack)),
    ...noteMessages(notes),
  ];
}

/** What became of a change that an earlier run left unfinished. */
export function settlementMessages(settlement: Settlement): readonly Message[] {
  const { direction, paths, setId, left, failures, notes } = settlement;
  const isSettled = left.length === 0 && failures.length === 0;
  const ending = warning(`apply.recovered-${direction}`, { paths: paths.join(' '), setId });
  return [...(isSettled ? [ending] : failureMessages(settlement)), ...noteMessages(notes)];
}

/** The files that are not as before the change, for a report; no key where all are. */
export function unrestoredFiles({ paths, left, unrestored }: Settlement): Pick<Report, 'unrestored'> {
  const files = paths.filter((path) => left.includes(path) || unrestored.includes(path));
  return files.length === 0 ? {} : { unrestored: files };
}

function failureMessages({ failures }: Settlement): readonly Message[] {
  return failures.map((failure) => problemMessage(failure, 'tried-again'));
}

function problemMessage(problem: ApplyProblem, files: FilesLeft): Message {
  return tell('error', inFamily('apply', withFiles(problem, files)));
}

type WithFiles<Problem extends ApplyProblem> = Problem extends Problem
  ? { readonly code: Problem['code']; readonly data: Problem['data'] & { readonly files: FilesLeft } }
  : never;

function withFiles({ code, data }: ApplyProblem, files: FilesLeft): WithFiles<ApplyProblem> {
  return { code, data: { ...data, files } } as WithFiles<ApplyProblem>;
}
