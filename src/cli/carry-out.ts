import type { Goal } from '../diagnosis/goal.ts';
import type { BootEntry } from '../facts/boot-entry.ts';
import { factsWithTexts } from '../facts/facts-with-texts.ts';
import type { HostFacts } from '../facts/gather.ts';
import { coversLaterKernels, entryNames, selectEntries } from '../facts/select-entries.ts';
import { changedWords } from '../plan/changed-words.ts';
import { entriesOnLines } from '../plan/edit-entries.ts';
import { type Plan, textsAfter } from '../plan/plan.ts';
import { changedAlong } from '../plan/wanted-words.ts';
import { error, note, warning } from '../report/message.ts';
import type { Message, Report } from '../report/report.ts';
import { carryOutPlan, type HowToApply } from './carry-out-plan.ts';
import type { CommandContext } from './command-context.ts';
import { laterWarnings } from './describe-later.ts';
import { didYouMean } from './did-you-mean.ts';
import { entryPlaces } from './entry-places.ts';
import { EXIT } from './exit-code.ts';
import { planOrRefuse } from './plan-or-refuse.ts';
import { regenerateMenu } from './regenerate-menu.ts';
import { carryOutTrial } from './trial/carry-out-trial.ts';
import { verifyWritten } from './verify-written.ts';

/**
 * The rest of the road of `fix`, `set` and `unset`: plan the goal, show it, ask, apply.
 *
 * @param other what is done where the operator wants another remedy; undefined where there is none
 */
export async function carryOut(
  context: CommandContext,
  facts: HostFacts,
  goal: Goal,
  report: Omit<Report, 'exitCode'>,
  other?: () => Promise<Report>,
): Promise<Report> {
  const { options } = context.invocation;
  const which = options.entries ?? 'normal';
  const entries = facts.menus.flatMap((menu) => menu.entries);
  const selected = selectEntries(entries, which);
  if (selected.length === 0 && !coversLaterKernels(which)) {
    const messages = [...report.messages, noSuchEntry(entries, which)];
    return { ...report, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  const planned = planOrRefuse(facts, goal, which, options.force);
  if (!planned.ok) {
    const messages = [...report.messages, planned.message];
    return { ...report, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  if (options.trial) return carryOutTrial(context, facts, goal, planned.plan, report);
  const messages = [
    ...report.messages,
    ...coverage(facts, goal, which),
    ...laterNews(facts, planned.plan, which),
    ...madeFiles(facts, planned.plan),
  ];
  const told = { ...report, messages, entryPlaces: entryPlaces(facts) };
  if (!options.regenerate)
    return carryOutPlan(context, planned.plan, facts, howTo(facts, goal, which, planned.plan), told, other);
  const made = await regenerateMenu(context, facts, goal, which, planned.plan);
  if (!made.ok) {
    const { exitCode, message } = made;
    return { ...told, outcome: 'refused', exitCode, messages: [...messages, message] };
  }
  const all = { ...told, messages: [...messages, ...made.messages] };
  return carryOutPlan(
    context,
    made.plan,
    facts,
    howTo({ ...facts, menus: [made.menu] }, made.goal, which, made.plan),
    all,
    other,
  );
}

function noSuchEntry(entries: readonly BootEntry[], which: string): Message {
  const near = didYouMean(which, entryNames(entries));
  return near === undefined
    ? error('error.no-such-entry', { which })
    : error('error.no-such-entry-near', { which, near });
}

function howTo(facts: HostFacts, goal: Goal, which: string, plan: Plan): HowToApply {
  return {
    kind: 'apply',
    words: () => changedWords(facts.menus, plan.edits),
    madeFrom: facts.madeFrom,
    verify: verifyWritten(facts, goal, which),
  };
}

/** What the change leaves alone and what it reaches beyond the entries that were meant, said aloud. */
function coverage(facts: HostFacts, goal: Goal, which: string): readonly Message[] {
  const messages: Message[] = [];
  const entries = facts.menus.flatMap((menu) => menu.entries);
  const along = facts.menus.flatMap((menu) => changedAlong(menu, goal, which));
  const changed = [...selectEntries(entries, which), ...along];
  messages.push(...leftAlone(entries.filter((entry) => !changed.includes(entry))));
  for (const { title } of along) messages.push(warning('warning.entry-shares-words', { title }));
  for (const shared of sharedLines(facts, which)) messages.push(shared);
  if (!coversLaterKernels(which)) messages.push(warning('warning.later-kernels-not-covered'));
  if (isCopiedUnchanged(facts, which)) messages.push(warning('warning.default-entry-not-meant'));
  if (facts.menus.length > 1) messages.push(warning('warning.several-configs'));
  return messages;
}

/** How many titles stand in a message before the rest is only counted. */
const MAXIMUM_TITLES = 4;

/** The entries that stay as they are, by the reason for it. */
function leftAlone(entries: readonly BootEntry[]): readonly Message[] {
  return LEFT_ALONE.flatMap((kind) => {
    const titles = entries.filter((entry) => entry.kind === kind).map(({ title }) => title);
    if (titles.length === 0) return [];
    const more = titles.length > MAXIMUM_TITLES ? ` … (+${titles.length - MAXIMUM_TITLES})` : '';
    const data = { titles: titles.slice(0, MAXIMUM_TITLES).join(', ') + more };
    return [note(`note.left-alone.${kind}`, data)];
  });
}

const LEFT_ALONE = ['normal', 'recovery', 'rescue', 'foreign', 'unknown-kernel', 'trial'] as const;

/** Lines of scripts that make several of the meant entries. */
function sharedLines({ menus }: HostFacts, which: string): readonly Message[] {
  const told = new Map<string, Message>();
  for (const { entries } of menus) {
    const onLine = entriesOnLines(entries);
    for (const line of selectEntries(entries, which).flatMap((entry) => entry.lines)) {
      const titles = onLine(line).map(({ entry }) => entry.title);
      if (titles.length < 2 || line.format !== 'grub-script') continue;
      const data = { path: line.path, line: line.line.place.line, titles: titles.join(', ') };
      told.set(`${data.line} ${data.path}`, note('note.line-of-several-entries', data));
    }
  }
  return [...told.values()];
}

/** Whether a new kernel's entry will be a copy of one that does not get the words. */
function isCopiedUnchanged({ menus }: HostFacts, which: string): boolean {
  return menus.some(({ sources, entries }) => {
    const isCopied = sources.kind === 'grub2' && sources.rules.laterKernels === 'default-entry';
    const meant = selectEntries(entries, which);
    return isCopied && entries.some((entry) => entry.isDefault && !meant.includes(entry));
  });
}

/** What can't be known, or will be lost, of the lines of later kernels once the plan is written. */
function laterNews(facts: HostFacts, { edits }: Plan, which: string): readonly Message[] {
  if (!coversLaterKernels(which)) return [];
  return laterWarnings(factsWithTexts(facts, textsAfter(edits)));
}

function madeFiles({ kernelCmdline, menus }: HostFacts, { edits }: Plan): readonly Message[] {
  const vendor = kernelCmdline.kind === 'missing' ? kernelCmdline.vendorPath : undefined;
  const entry = menus[0]?.entries.find(({ isDefault }) => isDefault);
  const model = vendor ?? entry?.title ?? '';
  return edits.flatMap(({ path, before }) =>
    before === undefined ? [note('note.kernel-cmdline-made', { path, model })] : [],
  );
}
