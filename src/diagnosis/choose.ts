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
import { forEachRemedy, type Remedy, type RemedyName, remediesOf } from './remedy.ts';

/** The remedy of one kernel, and why. */
export interface KernelChoice {
  readonly release: string;
  readonly isDefault: boolean;
  readonly remedy: Remedy | undefined;
  readonly because: readonly ChoiceReason[];
  readonly refusal: ChoiceRefusal | undefined;
}

/** What is to be done about all kernels of a host. */
export interface Choice {
  readonly kernels: readonly KernelChoice[];
  /** Of the remedies that were chosen, or would have been but for a hazard. */
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
  const remedies = remediesOf(diagnosis.problem);
  const hazardous = remedies.filter((remedy) =>
    remedyHazards([remedy], workload, accepted).some(isStandingAgainst),
  );
  const judged = diagnosis.kernels.filter(({ hasNormalEntry }) => hasNormalEntry);
  const kernels = judged.map((kernel): KernelChoice => {
    const { release, isDefault, exposure, support, inPlace, isCmdlineFixed } = kernel;
    const verdicts = forEachRemedy((remedy) => support[remedy].verdict);
    const question = { exposure, remedies, verdicts, inPlace, isCmdlineFixed, hazardous };
    const { because, ...choice } = chooseRemedy(question, requested, isForced);
    return choice.ok
      ? { release, isDefault, because, remedy: choice.remedy, refusal: undefined }
      : { release, isDefault, because, remedy: undefined, refusal: choice.refusal };
  });
  const hazards = remedyHazards(remediesInPlay(kernels, hazardous), workload, accepted);
  return { kernels, hazards, ...goalOf(kernels, judged, remedies) };
}

/** A refusal over a hazard is about the remedies that it stands against. */
function remediesInPlay(
  kernels: readonly KernelChoice[],
  hazardous: readonly RemedyName[],
): readonly Remedy[] {
  return kernels.flatMap(({ remedy, refusal }): readonly Remedy[] => {
    if (remedy !== undefined) return [remedy];
    return refusal === 'hazard-not-accepted' ? hazardous : [];
  });
}

function goalOf(
  kernels: readonly KernelChoice[],
  judged: readonly KernelDiagnosis[],
  all: readonly RemedyName[],
): { readonly goal: Goal | undefined; readonly warnings: readonly GoalWarning[] } {
  const remedies = kernels.flatMap(({ release, isDefault, remedy }) => {
    const support = judged.find((kernel) => kernel.release === release)?.support;
    const proven = all.filter((name) => support?.[name].verdict === 'supported');
    return remedy === undefined ? [] : [{ release, isDefault, remedy, proven }];
  });
  if (remedies.length < kernels.length) return { goal: undefined, warnings: [] };
  return remedyGoal(remedies);
}
