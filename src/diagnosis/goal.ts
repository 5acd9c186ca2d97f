import type { WordGoal } from '../cmdline/revise-words.ts';
import { REMEDY_NAMES, type Remedy, type RemedyName, remedyWordGoal } from './remedy.ts';

/** What the command lines of a host are to hold. */
export interface Goal {
  /** For the entries of each kernel, by release; an entry of another kernel stays as it is. */
  readonly perKernel: ReadonlyMap<string, WordGoal>;
  /** For the lines that serve several kernels, or kernels still to come. */
  readonly shared: WordGoal;
}

/** A kernel and what was chosen for it. */
export interface KernelRemedy {
  readonly release: string;
  readonly isDefault: boolean;
  readonly remedy: Remedy;
  /** The remedies that are proven to work on it. */
  readonly proven: readonly RemedyName[];
}

/** Where one line serves kernels that want different words. */
export type GoalWarning = 'shared-line-serves-unexposed' | 'shared-line-serves-default-only';

/**
 * The goal of a remedy per kernel. A line that serves several kernels gets the word that works on all the kernels that
 * need one, else the default kernel's, with a warning.
 */
export function remedyGoal(kernels: readonly KernelRemedy[]): {
  goal: Goal;
  warnings: readonly GoalWarning[];
} {
  const perKernel = new Map(kernels.map(({ release, remedy }) => [release, remedyWordGoal(remedy)]));
  const { remedy, warnings } = sharedRemedy(kernels);
  return { goal: { perKernel, shared: remedyWordGoal(remedy) }, warnings };
}

function sharedRemedy(kernels: readonly KernelRemedy[]): {
  remedy: Remedy;
  warnings: readonly GoalWarning[];
} {
  const inNeed = kernels.filter(({ remedy }) => remedy !== 'none');
  const first = inNeed[0];
  if (first === undefined) return { remedy: 'none', warnings: [] };
  const warnings: GoalWarning[] = inNeed.length < kernels.length ? ['shared-line-serves-unexposed'] : [];
  if (inNeed.every(({ remedy }) => remedy === first.remedy)) return { remedy: first.remedy, warnings };
  const onAll = REMEDY_NAMES.findLast((name) => inNeed.every(({ proven }) => proven.includes(name)));
  if (onAll !== undefined) return { remedy: onAll, warnings };
  const ofDefault = kernels.find(({ isDefault }) => isDefault) ?? first;
  return { remedy: ofDefault.remedy, warnings: [...warnings, 'shared-line-serves-default-only'] };
}

/** The goal of words that the operator gave: the same for every kernel. */
export function wordsGoal(releases: readonly string[], words: WordGoal): Goal {
  return { perKernel: new Map(releases.map((release) => [release, words])), shared: words };
}
