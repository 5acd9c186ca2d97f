import { parseCmdline } from '../../cmdline/cmdline.ts';
import { parseParameter } from '../../cmdline/parameter.ts';
import { applyWordEdits, reviseWords, type WordGoal } from '../../cmdline/revise-words.ts';
import { userSpaceReading } from '../../cmdline/user-space.ts';
import { findTogether } from '../../diagnosis/contradictions.ts';
import { diagnose, isCmdlineFixed } from '../../diagnosis/diagnose.ts';
import { wordsGoal } from '../../diagnosis/goal.ts';
import { isStandingAgainst, remedyHazards } from '../../diagnosis/hazard.ts';
import { remedyOfWord } from '../../diagnosis/remedy.ts';
import { type BootEntry, decidingLine } from '../../facts/boot-entry.ts';
import type { HostFacts } from '../../facts/gather.ts';
import { askKernels, type KernelFacts } from '../../facts/kernels.ts';
import { selectEntries } from '../../facts/select-entries.ts';
import { supportOf } from '../../kernel/parameter-support.ts';
import { error, tell, warning } from '../../report/message.ts';
import { inFamily } from '../../report/messages/sentence.ts';
import type { KernelReport, Message, Report } from '../../report/report.ts';
import { consoleNote, wordsOfNowhere } from '../advice.ts';
import { carryOut } from '../carry-out.ts';
import type { CommandContext } from '../command-context.ts';
import { describeEntries, describeHazards } from '../describe.ts';
import { describeLayout } from '../describe-layout.ts';
import { EXIT } from '../exit-code.ts';
import { gatherOrRefuse } from '../gather-or-refuse.ts';
import { hazardNotAccepted } from '../hazard-not-accepted.ts';
import { mergeKernels } from '../merge-kernels.ts';

/** Put words on the command line, and take others off: proven ones quietly, unproven ones with a warning. */
export async function set(context: CommandContext): Promise<Report> {
  const { words, options } = context.invocation;
  return changeWords(context, { set: words, unset: options.unset });
}

/** Take words off the command line. */
export async function unset(context: CommandContext): Promise<Report> {
  return changeWords(context, { set: [], unset: context.invocation.words });
}

/** A word as loaders hold it: the kernel's quotes around a value with blanks are theirs to put. */
function withoutQuotes(word: string): string {
  const { name, value } = parseParameter(word);
  return value === undefined ? name : `${name}=${value}`;
}

/** A word with blanks outside quotes, shown in both of its readings. */
function ambiguousWord(words: readonly string[]): Message | undefined {
  for (const word of words) {
    const { parameters, tail } = parseCmdline(word);
    const isOne = parameters.length === 1 && parameters[0]?.source === word && tail === '';
    if (isOne) continue;
    const asWords = parameters.map(({ source }) => source).join(' ');
    const { name, value = '' } = parseParameter(word.trim());
    return error('error.word-with-blanks', { asWords, asValue: `${name}="${value}"` });
  }
  return undefined;
}

async function changeWords(context: CommandContext, given: WordGoal): Promise<Report> {
  const { invocation, host } = context;
  const ambiguous = ambiguousWord([...given.set, ...given.unset]);
  if (ambiguous !== undefined) {
    const refused = { outcome: 'refused', exitCode: EXIT.refused, messages: [ambiguous] } as const;
    return { command: invocation.command, root: host.root, ...refused };
  }
  const words = { set: given.set.map(withoutQuotes), unset: given.unset.map(withoutQuotes) };
  const gathered = await gatherOrRefuse(context);
  if (!gathered.ok) return gathered.report;
  const { start, facts } = gathered;
  const kernels = await askKernels(context.host, facts.kernels, words.set);
  const selected = facts.menus.flatMap(({ entries }) =>
    selectEntries(entries, invocation.options.entries ?? 'normal'),
  );
  const releases = [...new Set(selected.flatMap(({ release }) => (release === undefined ? [] : [release])))];
  const doubts = doubtsOf(facts, kernels, selected, releases, words, invocation.options.force);
  const hazards = remedyHazards(
    words.set.flatMap((word) => remedyOfWord(word) ?? []),
    facts.workload,
    invocation.options.accept,
  );
  const asked = kernels.filter(({ release }) => releases.includes(release));
  const report = {
    ...start,
    layout: describeLayout(facts),
    kernels: asked.map((kernel) => describeAsked(kernel, words.set)),
    entries: describeEntries(diagnose({ ...facts, kernels })),
    hazards: describeHazards(hazards),
    messages: doubts,
  };
  const standing = hazards.find(isStandingAgainst);
  if (doubts.some(({ level }) => level === 'error') || standing !== undefined) {
    const against = standing === undefined ? [] : [hazardNotAccepted(invocation, standing)];
    return { ...report, messages: [...doubts, ...against], outcome: 'refused', exitCode: EXIT.refused };
  }
  return carryOut(context, facts, wordsGoal(releases, words), report);
}

/** What speaks against the change, or is to be known before it. */
function doubtsOf(
  facts: HostFacts,
  kernels: readonly KernelFacts[],
  selected: readonly BootEntry[],
  releases: readonly string[],
  words: WordGoal,
  isForced: boolean,
): readonly Message[] {
  return mergeKernels([
    ...deafKernels(facts, releases, isForced),
    ...wordsOfNowhere(facts, words.unset),
    ...consoleNote(selected, words),
    ...words.set.flatMap((word) => doubtsAbout(word, kernels, releases, isForced)),
    ...togetherWarnings(selected, words),
  ]);
}

/** What a kernel says of the words that are set. */
function describeAsked(kernel: KernelFacts, words: readonly string[]): KernelReport {
  const support = words.map((word) => {
    const { verdict, evidence, decidedBy } = supportOf(kernel, word);
    return [word, { verdict, evidence, decidedBy }] as const;
  });
  const { release, isRunning: running } = kernel;
  return { release, running, default: false, support: Object.fromEntries(support) };
}

/** Kernels that read no command line but the one that they were built with. */
function deafKernels(facts: HostFacts, releases: readonly string[], isForced: boolean): readonly Message[] {
  const deaf = facts.kernels.filter((kernel) => releases.includes(kernel.release) && isCmdlineFixed(kernel));
  return deaf.map(({ release }) =>
    isForced
      ? warning('warning.forced-command-line-fixed', { release })
      : error('refusal.command-line-fixed', { release }),
  );
}

/** What of the words that are set would not go together with what stands on the lines, or wants another. */
function togetherWarnings(entries: readonly BootEntry[], goal: WordGoal): readonly Message[] {
  const found = new Map<string, Message>();
  for (const line of entries.map(decidingLine)) {
    const before = (line?.words ?? []).map(({ text }) => text);
    for (const together of findTogether(applyWordEdits(before, reviseWords(before, goal)))) {
      const sentence = inFamily('warning', together);
      const isNew = Object.values(sentence.data).some((word) => goal.set.includes(word));
      if (isNew) found.set(JSON.stringify(sentence), tell('warning', sentence));
    }
  }
  return [...found.values()];
}

/** What the kernels say against a word; nothing where they know it, or where it is for a program after them. */
function doubtsAbout(
  word: string,
  kernels: readonly KernelFacts[],
  releases: readonly string[],
  isForced: boolean,
): readonly Message[] {
  const { name, value } = parseParameter(word);
  const reading = userSpaceReading(name, value);
  if (reading === 'documented') return [];
  return kernels.flatMap((kernel): readonly Message[] => {
    if (!releases.includes(kernel.release) || isCmdlineFixed(kernel)) return [];
    const { verdict, ignored } = supportOf(kernel, word);
    const data = { word, release: kernel.release };
    if (ignored !== undefined && !isForced)
      return [error(`error.value-${ignored.how}`, { ...data, source: ignored.source })];
    if (ignored !== undefined || (verdict === 'absent' && reading === 'none')) {
      return isForced
        ? [warning('warning.forced-without-effect', data)]
        : [error('error.word-without-effect', data)];
    }
    return verdict === 'supported' ? [] : [warning('warning.word-not-proven', data)];
  });
}
