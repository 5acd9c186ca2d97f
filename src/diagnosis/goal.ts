import type { WordGoal } from '../cmdline/revise-words.ts';
import { REMEDY_WORDS, type Remedy } from './remedy.ts';

/** What the command lines of a host are to hold. */
export interface Goal {
  /** For the entries of each kernel, by release; an entry of another kernel stays as it is. */
  readonly perKernel: ReadonlyMap<string, WordGoal>;
  /** For the lines that serve several kernels, or kernels still to come. */
  readonly shared: WordGoal;
}

export interface KernelRemedy {
  readonly release: string;
  readonly isDefault: boolean;
  readonly remedy: Remedy;
  readonly isDisableProven: boolean;
}

export type GoalWarning = 'shared-line-serves-unexposed' | 'shared-line-serves-default-only';

/**
 * The goal of a remedy per kernel. A line that serves several kernels gets the word that works on all the kernels that
 * need one, else the default kernel's, with a warning.
 */
export function remedyGoal(kernels: readonly KernelRemedy[]): {
  goal: Goal;
  warnings: readonly GoalWarning[];
} {
  const perKernel = new Map(kernels.map(({ release, remedy }) => [release, REMEDY_WORDS[remedy]]));
  const { remedy, warnings } = sharedRemedy(kernels);
  return { goal: { perKernel, shared: REMEDY_WORDS[remedy] }, warnings };
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
  if (inNeed.every(({ isDisableProven }) => isDisableProven)) return { remedy: 'disable', warnings };
  const ofDefault = kernels.find(({ isDefault }) => isDefault) ?? first;
  return { remedy: ofDefault.remedy, warnings: [...warnings, 'shared-line-serves-default-only'] };
}

/** The goal of words that the operator gave: the same for every kernel. */
export function wordsGoal(releases: readonly string[], words: WordGoal): Goal {
  return { perKernel: new Map(releases.map((release) => [release, words])), shared: words };
}
