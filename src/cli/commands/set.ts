import { parseParameter } from '../../cmdline/parameter.ts';
import { applyWordEdits, reviseWords, type WordGoal } from '../../cmdline/revise-words.ts';
import { userSpaceReading } from '../../cmdline/user-space.ts';
import { findTogether } from '../../diagnosis/contradictions.ts';
import { isCmdlineFixed } from '../../diagnosis/diagnose.ts';
import { wordsGoal } from '../../diagnosis/goal.ts';
import { isStandingAgainst, remedyHazards } from '../../diagnosis/hazard.ts';
import { remedyOfWord } from '../../diagnosis/remedy.ts';
import { type BootEntry, decidingLine } from '../../facts/boot-entry.ts';
import type { HostFacts } from '../../facts/gather.ts';
import { askKernels, type KernelFacts } from '../../facts/kernels.ts';
import { selectEntries } from '../../facts/select-entries.ts';
import { supportOf } from '../../kernel/parameter-support.ts';
import type { Message, Report } from '../../report/report.ts';
import { carryOut } from '../carry-out.ts';
import type { CommandContext } from '../command-context.ts';
import { describeHazards } from '../describe.ts';
import { describeLayout } from '../describe-layout.ts';
import { EXIT } from '../exit-code.ts';
import { gatherOrRefuse } from '../gather-or-refuse.ts';
import { error, warning } from '../refusal-messages.ts';

/** Put words on the command line: proven ones quietly, unproven ones with a warning, dead ones only by force. */
export async function set(context: CommandContext): Promise<Report> {
  return changeWords(context, { set: context.invocation.words.map(withoutQuotes), unset: [] });
}

/** Take words off the command line. */
export async function unset(context: CommandContext): Promise<Report> {
  return changeWords(context, { set: [], unset: context.invocation.words.map(withoutQuotes) });
}

/** A word as loaders hold it: the kernel's quotes around a value with blanks are theirs to put. */
function withoutQuotes(word: string): string {
  const { name, value } = parseParameter(word);
  return value === undefined ? name : `${name}=${value}`;
}

async function changeWords(
  context: CommandContext,
  words: { readonly set: readonly string[]; readonly unset: readonly string[] },
): Promise<Report> {
  const { invocation } = context;
  const gathered = await gatherOrRefuse(context);
  if (!gathered.ok) return gathered.report;
  const { start, facts } = gathered;
  const kernels = await askKernels(context.host, facts.kernels, words.set);
  const selected = facts.menus.flatMap(({ entries }) =>
    selectEntries(entries, invocation.options.entries ?? 'normal'),
  );
  const releases = [...new Set(selected.flatMap(({ release }) => (release === undefined ? [] : [release])))];
  const doubts = [
    ...deafKernels(facts, releases),
    ...words.set.flatMap((word) => doubtsAbout(word, kernels, releases)),
    ...togetherWarnings(selected, words),
  ];
  const hazards = remedyHazards(
    words.set.flatMap((word) => remedyOfWord(word) ?? []),
    facts.workload,
    invocation.options.accept,
  );
  const report = {
    ...start,
    layout: describeLayout(facts),
    hazards: describeHazards(hazards),
    messages: doubts,
  };
  const isDoubtful = doubts.some(({ level }) => level === 'error') && !invocation.options.force;
  const standing = hazards.find(isStandingAgainst);
  if (isDoubtful || standing !== undefined) {
    const against = standing === undefined ? [] : [error('error.hazard-not-accepted', { id: standing.id })];
    return { ...report, messages: [...doubts, ...against], outcome: 'refused', exitCode: EXIT.refused };
  }
  return carryOut(context, facts, wordsGoal(releases, words), report);
}

/** Kernels that read no command line but the one that they were built with. */
function deafKernels(facts: HostFacts, releases: readonly string[]): readonly Message[] {
  const deaf = facts.kernels.filter((kernel) => releases.includes(kernel.release) && isCmdlineFixed(kernel));
  return deaf.map(({ release }) => error('refusal.command-line-fixed', { release }));
}

/** What of the words that are set would not go together with what stands on the lines, or wants another. */
function togetherWarnings(entries: readonly BootEntry[], goal: WordGoal): readonly Message[] {
  const found = new Map<string, Message>();
  for (const line of entries.map(decidingLine)) {
    const before = (line?.words ?? []).map(({ text }) => text);
    for (const { code, ...data } of findTogether(applyWordEdits(before, reviseWords(before, goal)))) {
      const isNew = Object.values(data).some((word) => goal.set.includes(word));
      if (isNew) found.set(JSON.stringify(data), warning(`warning.${code}`, data));
    }
  }
  return [...found.values()];
}

/** What the kernels say against a word; nothing where they know it, or where it is for a program after them. */
function doubtsAbout(
  word: string,
  kernels: readonly KernelFacts[],
  releases: readonly string[],
): readonly Message[] {
  const { name, value } = parseParameter(word);
  const reading = userSpaceReading(name, value);
  if (reading === 'documented') return [];
  return kernels.flatMap((kernel): readonly Message[] => {
    if (!releases.includes(kernel.release) || isCmdlineFixed(kernel)) return [];
    const { verdict, ignored } = supportOf(kernel, word);
    const data = { word, release: kernel.release };
    if (ignored !== undefined)
      return [error(`error.value-${ignored.how}`, { ...data, source: ignored.source })];
    if (verdict === 'absent' && reading === 'none') return [error('error.word-without-effect', data)];
    return verdict === 'supported' ? [] : [warning('warning.word-not-proven', data)];
  });
}
