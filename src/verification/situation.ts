import type { WordGoal } from '../cmdline/revise-words.ts';
import type { Exposure } from '../diagnosis/exposure.ts';
import { REMEDIES, remedyOfWord, THE_LEAK } from '../diagnosis/remedy.ts';
import type { RunningFacts } from '../facts/running/running-facts.ts';
import { standsOn, verifyWords, type WordVerification } from './verify-words.ts';

/** Where a host is on its way from a leak to its cure, as the kernel that runs shows it. */
export interface Situation {
  readonly state: SituationState;
  /** The words that the state is about: those in effect, without effect, or to come. */
  readonly words: readonly string[];
  /** The first thing that it is seen by; empty where nothing shows it. */
  readonly seenBy: string;
  /** Whether the kernel that runs leaks now. */
  readonly isLeaking: boolean | undefined;
  /** What the next boot brings, and takes away, of the words of the last change and of remedies. */
  readonly pending: WordGoal;
}

/**
 * `leaks`: no word is on the running line; `reboot-pending`: the next boot changes something; `in-effect`: a remedy is seen to
 * act; `on-line`: one is there, and nothing shows what it does; `without-effect`: one is there and does nothing.
 */
export type SituationState =
  | 'leaks'
  | 'reboot-pending'
  | 'in-effect'
  | 'on-line'
  | 'without-effect'
  | 'not-exposed'
  | 'not-known';

/**
 * Where a host is.
 *
 * @param exposure of the kernel that runs, with its own line
 * @param nextWords the line that boots next; undefined where it is not known
 * @param last the words of the last change, as they were verified
 */
export function situationOf(
  running: RunningFacts,
  exposure: Exposure | undefined,
  nextWords: readonly string[] | undefined,
  last: readonly WordVerification[],
): Situation {
  const { words } = running.state;
  const remedies = verifyWords({ set: words.filter(isOurs), unset: [] }, running, undefined);
  const pending = pendingWords(words, nextWords, last);
  const having = (verdict: WordVerification['verdict']) =>
    remedies.filter((remedy) => remedy.verdict === verdict);
  const acting = having('in-effect');
  const dead = having('without-effect');
  const unseen = having('on-line');
  const isCured = acting.length > 0;
  const isOpen = exposure === undefined || exposure.verdict === 'unknown' || unseen.length > 0;
  const isLeaking = isCured || exposure?.verdict === 'not-exposed' ? false : isOpen ? undefined : true;
  const told = (state: SituationState, about: readonly WordVerification[] = []): Situation => ({
    state,
    words: about.map(({ word }) => word),
    seenBy: about[0]?.seenBy.find(({ path }) => path !== '')?.path ?? '',
    isLeaking,
    pending,
  });
  if (pending.set.length + pending.unset.length > 0) return { ...told('reboot-pending'), words: pending.set };
  if (isCured) return told('in-effect', acting);
  if (dead.length > 0) return told('without-effect', dead);
  if (unseen.length > 0) return told('on-line', unseen);
  if (isLeaking === undefined) return told('not-known');
  return told(isLeaking ? 'leaks' : 'not-exposed');
}

function isOurs(word: string): boolean {
  const remedy = remedyOfWord(word);
  return remedy !== undefined && REMEDIES[remedy].problem === THE_LEAK;
}

function pendingWords(
  running: readonly string[],
  nextWords: readonly string[] | undefined,
  last: readonly WordVerification[],
): WordGoal {
  const waiting = last.filter(({ verdict }) => verdict === 'pending');
  const of = (wanted: WordVerification['wanted']) =>
    waiting.filter((word) => word.wanted === wanted).map(({ word }) => word);
  const next = nextWords ?? [];
  const coming = next.filter((word) => isOurs(word) && !standsOn(running, word));
  const going =
    nextWords === undefined ? [] : running.filter((word) => isOurs(word) && !standsOn(next, word));
  return {
    set: [...new Set([...of('present'), ...coming])],
    unset: [...new Set([...of('absent'), ...going])],
  };
}
