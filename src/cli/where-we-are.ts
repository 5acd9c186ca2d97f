import { exposureWith } from '../diagnosis/diagnose.ts';
import { decidingLine } from '../facts/boot-entry.ts';
import type { HostFacts } from '../facts/gather.ts';
import { readRunningFacts } from '../facts/running/running-facts.ts';
import { entriesOfAll, nextEntry } from '../facts/select-entries.ts';
import type { Report } from '../report/report.ts';
import { situationOf } from '../verification/situation.ts';
import { verifyWords } from '../verification/verify-words.ts';
import type { CommandContext } from './command-context.ts';
import { describeRunning } from './describe-running.ts';
import { lastWords } from './verify-running.ts';

/** Where the running kernel is between leak and cure, by its line, what it shows, the last change and the next boot. */
export async function whereWeAre(
  host: CommandContext['host'],
  { running: state, menus, kernels, osRelease }: HostFacts,
): Promise<Pick<Report, 'running' | 'nextEntry' | 'situation' | 'rebootNeeded'>> {
  const next = nextEntry(entriesOfAll(menus));
  const told = next === undefined ? {} : { nextEntry: { title: next.title, kernel: next.release } };
  if (state === undefined) return told;
  const last = await lastWords(host, state.release, next?.release);
  const running = await readRunningFacts(host, state, osRelease, kernels, last?.set ?? []);
  const nextWords = next && decidingLine(next)?.words.map(({ text }) => text);
  const verified = last === undefined ? [] : verifyWords(last, running, nextWords);
  const { kernel } = running;
  const exposure = kernel && exposureWith(kernel, state.words);
  const situation = situationOf(running, exposure, nextWords, verified);
  const { set, unset } = situation.pending;
  return {
    ...told,
    running: describeRunning(state, kernel),
    situation,
    rebootNeeded: set.length + unset.length > 0,
  };
}
