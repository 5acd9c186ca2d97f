import type { Workload } from '../facts/workload.ts';
import {
  type ChoiceReason,
  type ChoiceRefusal,
  chooseRemedy,
  type RequestedRemedy,
} from './choose-remedy.ts';
import type { Diagnosis, KernelDiagnosis } from './diagnose.ts';
import { type Goal, type GoalWarning, remedyGoal } from './goal.ts';
import { type Hazard, isStandingAgainst, remedyHazards } from './hazard.ts';
import { DISABLE, NOKMEM, type Remedy } from './remedy.ts';

/** The remedy of one kernel, and why. */
export interface KernelChoice {
  readonly release: string;
  readonly isDefault: boolean;
  readonly remedy: Remedy | undefined;
  readonly because: readonly ChoiceReason[];
  readonly refusal: ChoiceRefusal | undefined;
}

export interface Choice {
  readonly kernels: readonly KernelChoice[];
  /** Of the remedies that were chosen or would have been. */
  readonly hazards: readonly Hazard[];
  /** undefined where a kernel's remedy was refused. */
  readonly goal: Goal | undefined;
  readonly warnings: readonly GoalWarning[];
}

/**
 * Choose the remedy for every kernel that a normal entry boots.
 *
 * @param accepted hazard ids, or `all`
 * @param isForced write even a word that is proven to have no effect
 */
export function choose(
  diagnosis: Diagnosis,
  workload: Workload,
  requested: RequestedRemedy,
  accepted: readonly string[],
  isForced: boolean,
): Choice {
  const ofDisable = remedyHazards(['disable'], workload, accepted);
  const isDisableHazardous = ofDisable.some(isStandingAgainst);
  const judged = diagnosis.kernels.filter(({ hasNormalEntry }) => hasNormalEntry);
  const kernels = judged.map((kernel): KernelChoice => {
    const { release, isDefault, exposure, isDisabledAlready, isCmdlineFixed } = kernel;
    const question = {
      exposure,
      nokmem: kernel.nokmem.verdict,
      disable: kernel.disable.verdict,
      isDisabledAlready,
      isCmdlineFixed,
      isDisableHazardous,
    };
    const { because, ...choice } = chooseRemedy(question, requested, isForced);
    return choice.ok
      ? { release, isDefault, because, remedy: choice.remedy, refusal: undefined }
      : { release, isDefault, because, remedy: undefined, refusal: choice.refusal };
  });
  const hazards = remedyHazards(remediesInPlay(kernels), workload, accepted);
  return { kernels, hazards, ...goalOf(kernels, judged) };
}

/** A refusal over a hazard is about turning the controller off. */
function remediesInPlay(kernels: readonly KernelChoice[]): readonly Remedy[] {
  return kernels.flatMap(({ remedy, refusal }) => {
    if (remedy !== undefined) return [remedy];
    return refusal === 'hazard-not-accepted' ? (['disable'] as const) : [];
  });
}

function goalOf(
  kernels: readonly KernelChoice[],
  judged: readonly KernelDiagnosis[],
): { readonly goal: Goal | undefined; readonly warnings: readonly GoalWarning[] } {
  const remedies = kernels.flatMap(({ release, isDefault, remedy }) => {
    const isDisableProven =
      judged.find((kernel) => kernel.release === release)?.disable.verdict === 'supported';
    return remedy === undefined ? [] : [{ release, isDefault, remedy, isDisableProven }];
  });
  if (remedies.length < kernels.length) return { goal: undefined, warnings: [] };
  return remedyGoal(remedies);
}

/** The words that a remedy puts on a command line. */
export function remedyWords(remedy: Remedy): readonly string[] {
  if (remedy === 'none') return [];
  return [remedy === 'nokmem' ? NOKMEM : DISABLE];
}
