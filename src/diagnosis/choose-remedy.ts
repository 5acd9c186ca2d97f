import type { Verdict } from '../kernel/parameter-support.ts';
import type { Exposure } from './exposure.ts';
import { REMEDIES, type Remedy, type RemedyDefinition, type RemedyName } from './remedy.ts';

/** What `--remedy` can ask for. */
export type RequestedRemedy = 'auto' | RemedyName;

/** All that decides on the remedy of one kernel. */
export interface RemedyQuestion {
  readonly exposure: Exposure;
  /** Those of the problem, mildest first. */
  readonly remedies: readonly RemedyName[];
  /** What the kernel makes of each remedy's word. */
  readonly verdicts: Readonly<Partial<Record<RemedyName, Verdict>>>;
  /** Remedies that every normal entry of this kernel has already. */
  readonly inPlace: readonly RemedyName[];
  /** The kernel reads the command line that it was built with, and no other. */
  readonly isCmdlineFixed: boolean;
  /** Remedies that a blocking hazard stands against. */
  readonly hazardous: readonly RemedyName[];
}

/** Why a remedy was chosen or passed over. */
export type ChoiceReason =
  | 'not-exposed'
  | 'disabled-already'
  | 'huge-pages-off-already'
  | `${RemedyName}-proven`
  | `${RemedyName}-without-effect`
  | `${RemedyName}-not-proven`
  | 'requested'
  | 'requested-unproven'
  | 'requested-without-effect';

/** Why no remedy was chosen though one is needed. */
export type ChoiceRefusal =
  | 'command-line-fixed'
  | 'exposure-unknown'
  | 'hazard-not-accepted'
  | 'no-proven-remedy'
  | 'remedy-too-hard'
  | 'remedy-without-effect';

/** The remedy of one kernel, or why it is refused. */
export type RemedyChoice =
  | { readonly ok: true; readonly remedy: Remedy; readonly because: readonly ChoiceReason[] }
  | { readonly ok: false; readonly refusal: ChoiceRefusal; readonly because: readonly ChoiceReason[] };

/**
 * The mildest remedy that is proven to work on one kernel and that nothing stands against; none where it can't leak. What
 * isn't known is refused, never guessed.
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
  for (const remedy of question.inPlace) {
    const { staysBecause } = REMEDIES[remedy];
    if (staysBecause !== undefined && question.verdicts[remedy] === 'supported') {
      return { ok: true, remedy, because: [staysBecause] };
    }
  }
  if (question.exposure.verdict === 'unknown') return { ok: false, refusal: 'exposure-unknown', because: [] };
  return mildestProven(question);
}

function mildestProven({ exposure, remedies, verdicts, hazardous }: RemedyQuestion): RemedyChoice {
  const because: ChoiceReason[] = [];
  let refusal: ChoiceRefusal = 'no-proven-remedy';
  for (const remedy of remedies) {
    const verdict = verdicts[remedy];
    if (verdict !== 'supported') {
      because.push(verdict === 'absent' ? `${remedy}-without-effect` : `${remedy}-not-proven`);
    } else if (isTooHard(remedy, exposure)) {
      refusal = 'remedy-too-hard';
    } else if (hazardous.includes(remedy)) {
      refusal = 'hazard-not-accepted';
    } else {
      return { ok: true, remedy, because: [...because, `${remedy}-proven`] };
    }
  }
  return { ok: false, refusal, because };
}

/** Where the leak is small, what a remedy takes away may be worse: that is a person's to decide. */
function isTooHard(remedy: RemedyName, { because }: Exposure): boolean {
  const { tooHardFor }: RemedyDefinition = REMEDIES[remedy];
  return because.some(({ code }) => tooHardFor.includes(code));
}

function requestedRemedy(
  { verdicts, hazardous }: RemedyQuestion,
  requested: RemedyName,
  isForced: boolean,
): RemedyChoice {
  const verdict = verdicts[requested];
  if (verdict === 'absent' && !isForced) {
    return { ok: false, refusal: 'remedy-without-effect', because: ['requested-without-effect'] };
  }
  if (hazardous.includes(requested)) {
    return { ok: false, refusal: 'hazard-not-accepted', because: ['requested'] };
  }
  if (verdict === 'supported') return { ok: true, remedy: requested, because: ['requested'] };
  const doubt = verdict === 'absent' ? 'requested-without-effect' : 'requested-unproven';
  return { ok: true, remedy: requested, because: [doubt] };
}
