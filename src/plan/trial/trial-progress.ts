import { isSameName, parseParameter } from '../../cmdline/parameter.ts';
import { reviseWords, type WordGoal } from '../../cmdline/revise-words.ts';

/** `pending`: not booted yet; `booted`: it runs; `failed`: something else was booted since; `unknown`: what runs can't be told. */
export type TrialProgress = 'pending' | 'booted' | 'failed' | 'unknown';

/** What tells how far a trial is. */
export interface TrialSigns {
  /** What the trial's kernel is started with, and the boot that it was made in; undefined where that is not known. */
  readonly line: readonly string[];
  readonly goal: WordGoal;
  readonly bootId: string | undefined;
  /** Of the boot that runs; undefined where that can't be told. */
  readonly runningWords: readonly string[] | undefined;
  readonly runningBootId: string | undefined;
  /** GRUB is told to boot it next. */
  readonly isNamed: boolean;
}

/** How far a trial is, from the boot that runs. */
export function trialProgress(signs: TrialSigns): TrialProgress {
  const { bootId, runningWords, runningBootId, isNamed } = signs;
  if (runningWords === undefined) return 'unknown';
  if (bootId !== undefined && runningBootId === bootId) return 'pending';
  if (carries(runningWords, signs)) return 'booted';
  return isNamed ? 'pending' : 'failed';
}

/** Whether the running line is the trial's: its words in their order, whatever a loader or the kernel's own put between them. */
function carries(running: readonly string[], { line, goal }: TrialSigns): boolean {
  let at = 0;
  for (const word of running) if (isSameWord(word, line[at])) at += 1;
  return at === line.length && reviseWords(running, { set: [], unset: goal.unset }).length === 0;
}

function isSameWord(word: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return false;
  const [a, b] = [parseParameter(word), parseParameter(wanted)];
  return isSameName(a.name, b.name) && a.value === b.value;
}
