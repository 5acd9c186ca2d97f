import { listTokens } from '../cmdline/comma-list.ts';
import { isSameName, parseParameter } from '../cmdline/parameter.ts';
import { reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import { userSpaceReading } from '../cmdline/user-space.ts';
import { supportsOf } from '../diagnosis/audit.ts';
import { lineEffects, type SupportOf } from '../diagnosis/word-effect.ts';
import type { RunningFacts } from '../facts/running/running-facts.ts';
import { CMDLINE_PATH } from '../facts/running/running-state.ts';
import { accountingSigns, controllerSigns } from './memory-signs.ts';
import type { Observation } from './observation.ts';
import { settingSigns } from './setting-signs.ts';

/** What became of one word that was to stand on the line, or to be gone from it. */
export interface WordVerification {
  readonly word: string;
  readonly wanted: 'present' | 'absent';
  /** undefined where the running line is not known. */
  readonly isOnLine: boolean | undefined;
  readonly inEffect: 'yes' | 'no' | 'unknown';
  readonly seenBy: readonly Observation[];
  readonly verdict: WordVerdict;
}

/**
 * `in-effect`: it is seen to act; `on-line`: it stands there, and nothing shows what it does; `gone`: as it was to be;
 * `pending`: the next boot makes it so; `without-effect`: it stands there and does nothing; `missing`: neither this line nor
 * the next one has it; `still-there`: this line has it, and so has the next one; `unknown`: nothing is known of what runs.
 */
export type WordVerdict =
  | 'in-effect'
  | 'on-line'
  | 'gone'
  | 'pending'
  | 'without-effect'
  | 'missing'
  | 'still-there'
  | 'unknown';

/**
 * Look after the words of a goal on the kernel that runs.
 *
 * @param running undefined where nothing is known of it
 * @param nextWords the line that boots next; undefined where it is not known
 */
export function verifyWords(
  goal: WordGoal,
  running: RunningFacts | undefined,
  nextWords: readonly string[] | undefined,
): readonly WordVerification[] {
  const isNext = (word: string) => nextWords !== undefined && standsOn(nextWords, word);
  return [
    ...goal.set.map((word) => verifyPresence(word, running, isNext(word))),
    ...goal.unset.map((word) => verifyAbsence(word, running, isNext(word))),
  ];
}

/** Whether a line has a word, in any spelling; of a list, its tokens. */
export function standsOn(words: readonly string[], word: string): boolean {
  return reviseWords(words, { set: [], unset: [word] }).length > 0;
}

function verifyPresence(word: string, running: RunningFacts | undefined, isNext: boolean): WordVerification {
  const judged = judgeWord(word, running);
  return { word, wanted: 'present', ...judged, verdict: presenceVerdict(judged, isNext) };
}

function presenceVerdict({ isOnLine, inEffect }: JudgedWord, isNext: boolean): WordVerdict {
  if (isOnLine === undefined) return 'unknown';
  if (!isOnLine) return isNext ? 'pending' : 'missing';
  if (inEffect === 'unknown') return 'on-line';
  return inEffect === 'yes' ? 'in-effect' : 'without-effect';
}

function verifyAbsence(word: string, running: RunningFacts | undefined, isNext: boolean): WordVerification {
  const judged = judgeWord(word, running);
  return { word, wanted: 'absent', ...judged, verdict: absenceVerdict(judged, isNext) };
}

function absenceVerdict({ isOnLine }: JudgedWord, isNext: boolean): WordVerdict {
  if (isOnLine === undefined) return 'unknown';
  if (!isOnLine) return 'gone';
  return isNext ? 'still-there' : 'pending';
}

type JudgedWord = Pick<WordVerification, 'isOnLine' | 'inEffect' | 'seenBy'>;

function judgeWord(word: string, running: RunningFacts | undefined): JudgedWord {
  if (running === undefined) return { isOnLine: undefined, inEffect: 'unknown', seenBy: [] };
  const { words } = running.state;
  if (!standsOn(words, word)) {
    const absent: Observation = { path: CMDLINE_PATH, shows: 'no-effect', code: 'not-on-line', data: {} };
    return { isOnLine: false, inEffect: 'no', seenBy: [absent] };
  }
  const index = words.findLastIndex((one) => standsOn([one], word));
  const seenBy = observe(word, index, running);
  return { isOnLine: true, inEffect: conclusion(seenBy), seenBy };
}

function conclusion(seenBy: readonly Observation[]): WordVerification['inEffect'] {
  if (seenBy.some(({ shows }) => shows === 'no-effect')) return 'no';
  return seenBy.some(({ shows }) => shows === 'effect') ? 'yes' : 'unknown';
}

/** Behaviour first; what is known of the word itself only where nothing is seen. */
function observe(word: string, index: number, running: RunningFacts): readonly Observation[] {
  const support = supportsOf(running.kernel);
  const signs = behaviour(word, running, support);
  const isDecided = signs.some(({ shows }) => shows !== 'nothing');
  return isDecided ? signs : [...signs, ...knownOf(word, index, running, support)];
}

function behaviour(
  word: string,
  { state, control, log, settings }: RunningFacts,
  support: SupportOf,
): readonly Observation[] {
  const parameter = parseParameter(word);
  const { name, value } = parameter;
  if (isSameName(name, 'cgroup.memory')) {
    if (!listTokens(value).includes('nokmem')) return [];
    return accountingSigns(state.release, control, support(word).verdict === 'supported');
  }
  if (isSameName(name, 'cgroup_disable'))
    return listTokens(value).flatMap((controller) => controllerSigns(controller, control, log));
  return settingSigns(parameter, settings.get(word));
}

/** Who reads the word, where nothing shows what it does. */
function knownOf(
  word: string,
  index: number,
  { state, log }: RunningFacts,
  support: SupportOf,
): readonly Observation[] {
  const release = state.release ?? '';
  const { name, value } = parseParameter(word);
  const reading = userSpaceReading(name, value);
  const isUnclaimed = reading === 'none' && log?.lines.some((line) => unclaimedWords(line).includes(word));
  if (log !== undefined && isUnclaimed)
    return [{ path: log.path, shows: 'no-effect', code: 'unknown-to-kernel', data: {} }];
  const effect = lineEffects(state.words, release, support)[index];
  const { decidedBy, verdict } = support(word);
  const path = decidedBy?.path ?? '';
  if (effect === 'none') return [{ path, shows: 'no-effect', code: 'not-read', data: { release } }];
  if (effect === 'known' && reading === 'documented')
    return [{ path: '', shows: 'nothing', code: 'read-in-user-space', data: {} }];
  if (verdict === 'supported') return [{ path, shows: 'nothing', code: 'read-by-kernel', data: { release } }];
  return [{ path: '', shows: 'nothing', code: 'not-known-whether-read', data: {} }];
}

/** Words that the kernel handed on, as print_unknown_bootoptions() of init/main.c names them since 5.14. */
function unclaimedWords(line: string): readonly string[] {
  const told = /Unknown (?:kernel )?command line parameters "(.*)", will be passed/i.exec(line)?.[1];
  return told?.split(' ') ?? [];
}

/** What all words together come to, the worst first. */
export type RunningVerdict = 'without-effect' | 'pending' | 'unknown' | 'in-effect';

/** The words of a verification as one verdict: what a reboot does not mend goes before what it does. */
export function runningVerdict(words: readonly WordVerification[]): RunningVerdict {
  const has = (...verdicts: readonly WordVerdict[]) =>
    words.some(({ verdict }) => verdicts.includes(verdict));
  if (has('without-effect', 'missing', 'still-there')) return 'without-effect';
  if (has('pending')) return 'pending';
  return has('unknown') ? 'unknown' : 'in-effect';
}
