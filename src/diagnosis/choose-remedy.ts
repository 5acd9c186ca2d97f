import type { Verdict } from '../kernel/parameter-support.ts';
import type { Exposure } from './exposure.ts';
import type { Remedy } from './remedy.ts';

export type RequestedRemedy = 'auto' | 'nokmem' | 'disable';

export interface RemedyQuestion {
  readonly exposure: Exposure;
  readonly nokmem: Verdict;
  readonly disable: Verdict;
  /** Every normal entry of this kernel turns the memory controller off already. */
  readonly isDisabledAlready: boolean;
  /** The kernel reads the command line that it was built with, and no other. */
  readonly isCmdlineFixed: boolean;
  /** A blocking hazard stands against turning the memory controller off. */
  readonly isDisableHazardous: boolean;
}

export type ChoiceReason =
  | 'not-exposed'
  | 'disabled-already'
  | 'nokmem-proven'
  | 'nokmem-without-effect'
  | 'nokmem-not-proven'
  | 'disable-proven'
  | 'requested'
  | 'requested-unproven'
  | 'requested-without-effect';

export type ChoiceRefusal =
  | 'command-line-fixed'
  | 'exposure-unknown'
  | 'hazard-not-accepted'
  | 'no-proven-remedy'
  | 'remedy-without-effect';

export type RemedyChoice =
  | { readonly ok: true; readonly remedy: Remedy; readonly because: readonly ChoiceReason[] }
  | { readonly ok: false; readonly refusal: ChoiceRefusal; readonly because: readonly ChoiceReason[] };

/**
 * The mildest remedy that is proven to work on one kernel: nothing where it can't leak, `cgroup.memory=nokmem` where
 * the kernel is proven to know the token, else `cgroup_disable=memory` where that is proven and nothing stands against
 * it. What isn't known is refused, never guessed.
 *
 * @param requested `auto`, or the remedy that the operator decided on
 * @param isForced write even a word that is proven to have no effect
 */
export function chooseRemedy(
  question: RemedyQuestion,
  requested: RequestedRemedy,
  isForced: boolean,
): RemedyChoice {
  const isLeftAlone = requested === 'auto' && question.exposure.verdict === 'not-exposed';
  if (isLeftAlone) return { ok: true, remedy: 'none', because: ['not-exposed'] };
  if (question.isCmdlineFixed && !isForced) return { ok: false, refusal: 'command-line-fixed', because: [] };
  if (requested !== 'auto') return requestedRemedy(question, requested, isForced);
  if (question.isDisabledAlready && question.disable === 'supported') {
    return { ok: true, remedy: 'disable', because: ['disabled-already'] };
  }
  if (question.exposure.verdict === 'unknown') return { ok: false, refusal: 'exposure-unknown', because: [] };
  return mildestProven(question);
}

function mildestProven(question: RemedyQuestion): RemedyChoice {
  if (question.nokmem === 'supported') return { ok: true, remedy: 'nokmem', because: ['nokmem-proven'] };
  const whyNotNokmem = question.nokmem === 'absent' ? 'nokmem-without-effect' : 'nokmem-not-proven';
  if (question.disable !== 'supported')
    return { ok: false, refusal: 'no-proven-remedy', because: [whyNotNokmem] };
  if (question.isDisableHazardous)
    return { ok: false, refusal: 'hazard-not-accepted', because: [whyNotNokmem] };
  return { ok: true, remedy: 'disable', because: [whyNotNokmem, 'disable-proven'] };
}

function requestedRemedy(
  question: RemedyQuestion,
  requested: 'nokmem' | 'disable',
  isForced: boolean,
): RemedyChoice {
  const verdict = question[requested];
  if (verdict === 'absent' && !isForced) {
    return { ok: false, refusal: 'remedy-without-effect', because: ['requested-without-effect'] };
  }
  if (requested === 'disable' && question.isDisableHazardous) {
    return { ok: false, refusal: 'hazard-not-accepted', because: ['requested'] };
  }
  if (verdict === 'supported') return { ok: true, remedy: requested, because: ['requested'] };
  const doubt = verdict === 'absent' ? 'requested-without-effect' : 'requested-unproven';
  return { ok: true, remedy: requested, because: [doubt] };
}
