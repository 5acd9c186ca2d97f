import { listBackups } from '../../apply/backup-set.ts';
import type { ChangeableHost } from '../../apply/problem.ts';
import { latestTrial, type Trial } from '../../apply/trials.ts';
import { readText } from '../../facts/layout/read-text.ts';
import { readRunningState } from '../../facts/running/running-state.ts';
import { type TrialProgress, trialProgress } from '../../plan/trial/trial-progress.ts';
import { namesTrial } from '../../plan/trial/trial-removal.ts';
import type { Message, TrialReport, TrialState } from '../../report/report.ts';
import { stateMessage } from '../state-message.ts';

/** The newest trial of a host and how far it is; no trial where none was made or all were taken back. */
export type FoundTrial =
  | { readonly ok: true; readonly trial: Trial | undefined; readonly progress: TrialProgress }
  | { readonly ok: false; readonly message: Message; readonly exitCode: number };

/** Reads our state and the boot that runs; changes nothing. */
export async function findTrial(host: ChangeableHost): Promise<FoundTrial> {
  const listed = await listBackups(host);
  if (!listed.ok) return { ok: false, ...stateMessage(listed.problem) };
  const trial = latestTrial(listed.sets);
  if (trial === undefined) return { ok: true, trial, progress: 'unknown' };
  const { record, manifest } = trial;
  const running = await readRunningState(host);
  const block = await readText(host, record.block, 1 << 16);
  const progress = trialProgress({
    line: record.line,
    goal: record.tried,
    bootId: manifest.purpose?.bootId,
    runningWords: running?.words,
    runningBootId: running?.bootId,
    isNamed: block.ok && namesTrial(block.text),
  });
  return { ok: true, trial, progress };
}

/** A trial as the report shows it. */
export function describeTrial(
  trial: Trial,
  progress: TrialProgress,
): TrialReport & { readonly state: TrialState } {
  const { manifest, record, isConfirmed } = trial;
  const { set, unset } = record.tried;
  const state = isConfirmed ? 'confirmed' : progress === 'unknown' ? 'pending' : progress;
  return { state, id: manifest.id, set, unset, line: record.line };
}
