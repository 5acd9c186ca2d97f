import type { StandingWords } from '../../apply/standing-words.ts';
import { remedyOfWord } from '../../diagnosis/remedy.ts';
import { decidingLine } from '../../facts/boot-entry.ts';
import { gather } from '../../facts/gather.ts';
import { runningRelease } from '../../facts/kernels.ts';
import { entriesOfAll, nextEntry } from '../../facts/select-entries.ts';
import { note, tell, warning } from '../../report/message.ts';
import type { Message, Report } from '../../report/report.ts';
import { shellWord } from '../../report/shell-word.ts';
import type { RunningVerdict, WordVerification } from '../../verification/verify-words.ts';
import type { CommandContext } from '../command-context.ts';
import { describeRunning } from '../describe-running.ts';
import { EXIT } from '../exit-code.ts';
import { factsRefusalMessage } from '../facts-refusal-message.ts';
import { targetOf } from '../target.ts';
import {
  type BootFacts,
  lastWords,
  type RunningVerification,
  verifyRunning,
  wholeLineGoal,
} from '../verify-running.ts';

/** Look whether the kernel that runs obeys the words of the last change, or every word of its line. */
export async function verify({ invocation, host }: CommandContext): Promise<Report> {
  const gathered = await gather(host);
  const facts: BootFacts = gathered.ok ? gathered.facts : { menus: [], kernels: [] };
  const refused = gathered.ok ? [] : [tell('warning', factsRefusalMessage(gathered.refusal))];
  const next = nextEntry(entriesOfAll(facts.menus));
  const last = invocation.options.all
    ? undefined
    : await lastWords(host, await runningRelease(host), next?.release);
  const verified = await verifyRunning(
    host,
    facts,
    (state, _, nextWords) => last ?? wholeLineGoal(state, nextWords),
  );
  const isAsked = last !== undefined || invocation.options.all;
  return {
    command: invocation.command,
    root: host.root,
    exitCode: EXIT_OF[verified.verdict],
    ...describeVerification(verified, last),
    messages: [
      ...refused,
      ...(isAsked ? [] : [note('verify.no-change')]),
      ...verificationMessages(verified, targetOf(invocation)),
    ],
  };
}

const EXIT_OF: Readonly<Record<RunningVerdict, number>> = {
  'in-effect': EXIT.done,
  'without-effect': EXIT.found,
  pending: EXIT.pending,
  unknown: EXIT.refused,
};

/** The parts of a report that tell of what runs. */
export function describeVerification(
  { running, words, verdict, next, difference }: RunningVerification,
  last: StandingWords | undefined,
): Pick<Report, 'running' | 'nextLine' | 'verification' | 'verified' | 'lineDifference' | 'rebootNeeded'> {
  const line = next && decidingLine(next);
  return {
    ...(running === undefined ? {} : { running: describeRunning(running.state, running.kernel) }),
    ...(next === undefined ? {} : { nextLine: { title: next.title, cmdline: line?.cmdline ?? '' } }),
    verification: words,
    verified: {
      verdict,
      ...(last === undefined ? {} : { change: last.setId }),
      ...(next?.release === undefined ? {} : { expectedKernel: next.release }),
    },
    ...(difference === undefined ? {} : { lineDifference: difference }),
    rebootNeeded: words.some((word) => word.verdict === 'pending'),
  };
}

/** What is to be done about words that are not as they were meant, and what of all this is not known. */
export function verificationMessages(
  { running, words, verdict, next }: RunningVerification,
  where: string,
): readonly Message[] {
  if (running === undefined) return [warning('verify.nothing-known')];
  const { release } = running.state;
  const isOther = release !== undefined && next?.release !== undefined && release !== next.release;
  return [
    ...(isOther ? [warning('verify.other-kernel', { release, next: next.release ?? '' })] : []),
    ...words.flatMap((word) => wordMessage(word, where)),
    ...(verdict === 'pending' ? [warning('verify.reboot', { command: `bootmend verify${where}` })] : []),
  ];
}

function wordMessage({ word, verdict }: WordVerification, where: string): readonly Message[] {
  switch (verdict) {
    case 'without-effect': {
      const isOurs = remedyOfWord(word) !== undefined;
      const command = isOurs ? `bootmend fix${where}` : `bootmend probe${where} ${shellWord(word)}`;
      return [warning('verify.without-effect', { word, command })];
    }
    case 'missing':
      return [warning('verify.missing', { word, command: `bootmend set${where} ${shellWord(word)}` })];
    case 'still-there':
      return [warning('verify.still-there', { word, command: `bootmend unset${where} ${shellWord(word)}` })];
    default:
      return [];
  }
}
