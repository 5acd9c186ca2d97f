import { listBackups } from '../apply/backup-set.ts';
import { type StandingWords, standingWords } from '../apply/standing-words.ts';
import type { WordGoal } from '../cmdline/revise-words.ts';
import { type BootEntry, decidingLine } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import type { KernelFacts } from '../facts/kernels.ts';
import { readOsRelease } from '../facts/os-release.ts';
import { type RunningFacts, readRunningFacts } from '../facts/running/running-facts.ts';
import { type RunningState, readRunningState } from '../facts/running/running-state.ts';
import { entriesOfAll, nextEntry } from '../facts/select-entries.ts';
import { compareLines, type LineDifference, ownWords } from '../verification/compare-lines.ts';
import {
  type RunningVerdict,
  runningVerdict,
  verifyWords,
  type WordVerification,
} from '../verification/verify-words.ts';
import type { CommandContext } from './command-context.ts';

/** What runs, held against what was meant. */
export interface RunningVerification {
  /** undefined where nothing is known of what runs. */
  readonly running: RunningFacts | undefined;
  readonly words: readonly WordVerification[];
  readonly verdict: RunningVerdict;
  readonly next: BootEntry | undefined;
  /** What differs beside the words that were looked after; undefined where one of the lines is not known. */
  readonly difference: LineDifference | undefined;
}

/** What of the facts of a host it takes; what boots next is not known where they could not be gathered. */
export interface BootFacts {
  readonly menus: readonly BootMenuFacts[];
  readonly kernels: readonly KernelFacts[];
}

/**
 * Look after words on the kernel that runs.
 *
 * @param goalFor the words that were meant, by what runs and the line that boots next
 */
export async function verifyRunning(
  host: CommandContext['host'],
  { menus, kernels }: BootFacts,
  goalFor: (
    state: RunningState | undefined,
    next: BootEntry | undefined,
    nextWords: readonly string[] | undefined,
  ) => WordGoal,
): Promise<RunningVerification> {
  const state = await readRunningState(host);
  const next = nextEntry(entriesOfAll(menus));
  const nextWords = next && decidingLine(next)?.words.map(({ text }) => text);
  const goal = goalFor(state, next, nextWords);
  const running =
    state && (await readRunningFacts(host, state, await readOsRelease(host), kernels, goal.set));
  const words = verifyWords(goal, running, nextWords);
  const verdict = state === undefined ? 'unknown' : runningVerdict(words);
  const difference = state && nextWords && otherDifference(compareLines(state.words, nextWords), words);
  return { running, words, verdict, next, difference };
}

function otherDifference(
  { onlyRunning, onlyNextBoot }: LineDifference,
  verified: readonly WordVerification[],
): LineDifference {
  const isOther = (word: string) => !verified.some((one) => one.word === word);
  return { onlyRunning: onlyRunning.filter(isOther), onlyNextBoot: onlyNextBoot.filter(isOther) };
}

/** Every word of the line that boots next, and the absence of every other; of the running line where the next is not known. */
export function wholeLineGoal(
  state: RunningState | undefined,
  nextWords: readonly string[] | undefined,
): WordGoal {
  const running = ownWords(state?.words ?? []);
  if (nextWords === undefined) return { set: running, unset: [] };
  const set = ownWords(nextWords);
  return { set, unset: state === undefined ? [] : compareLines(running, set).onlyRunning };
}

/** What the last change wants of the kernel that runs, or of the one that boots next. Damaged records want nothing. */
export async function lastWords(
  host: CommandContext['host'],
  running: string | undefined,
  next: string | undefined,
): Promise<StandingWords | undefined> {
  const listed = await listBackups(host);
  return listed.ok ? standingWords(listed.sets, [running, next]) : undefined;
}
