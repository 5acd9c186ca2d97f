import type { CodesOf } from './messages/sentence.ts';
import type { Report } from './report.ts';

/** What `confirm` has done where it has written; undefined where a change ended as every other does. */
export function trialOutcome({ command, outcome, trial }: Report): CodesOf<'trial-outcome'> | undefined {
  if (command !== 'confirm' || outcome !== 'applied') return undefined;
  if (trial?.state === 'confirmed') return 'kept';
  return trial?.state === 'pending' ? 'at-boot' : 'left';
}
