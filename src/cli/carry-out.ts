import type { VerifyWritten } from '../apply/transaction.ts';
import type { Goal } from '../diagnosis/goal.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import type { HostFacts } from '../facts/gather.ts';
import { coversLaterKernels, selectEntries } from '../facts/select-entries.ts';
import type { Plan } from '../plan/plan.ts';
import { menuProblem, planGoal } from '../plan/plan-goal.ts';
import { changedAlong } from '../plan/wanted-words.ts';
import type { Message, Report } from '../report/report.ts';
import { carryOutPlan, type HowToApply } from './carry-out-plan.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-code.ts';
import { error, note, planRefusalMessage, warning } from './refusal-messages.ts';
import { regenerateMenu } from './regenerate-menu.ts';

/** The rest of the road of `fix`, `set` and `unset`: plan the goal, show it, ask, apply. */
export async function carryOut(
  context: CommandContext,
  facts: HostFacts,
  goal: Goal,
  report: Omit<Report, 'exitCode'>,
): Promise<Report> {
  const { options } = context.invocation;
  const which = options.entries ?? 'normal';
  const entries = facts.menus.flatMap((menu) => menu.entries);
  const selected = selectEntries(entries, which);
  if (selected.length === 0) {
    const messages = [...report.messages, error('error.no-such-entry', { which })];
    return { ...report, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  const planned = planGoal(facts, goal, which, options.force);
  if (!planned.ok) {
    const messages = [...report.messages, planRefusalMessage(planned.refusal)];
    return { ...report, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  const messages = [...report.messages, ...coverage(facts, goal, which), ...madeFiles(planned.plan)];
  const told = { ...report, messages };
  if (!options.regenerate)
    return carryOutPlan(context, planned.plan, facts, howTo(facts, facts.menus, goal, which), told);
  const made = await regenerateMenu(context, facts, goal, which, planned.plan);
  if (!made.ok) {
    const { exitCode, message } = made;
    return { ...told, outcome: 'refused', exitCode, messages: [...messages, message] };
  }
  const all = { ...told, messages: [...messages, ...made.messages] };
  return carryOutPlan(context, made.plan, facts, howTo(facts, [made.menu], made.goal, which), all);
}

function howTo(
  { madeFrom }: HostFacts,
  menus: readonly BootMenuFacts[],
  goal: Goal,
  which: string,
): HowToApply {
  return { kind: 'apply', madeFrom, verify: async (files) => verifyMenus(menus, goal, which, files) };
}

/** The menus made of what was read back must be those that were planned. */
function verifyMenus(
  menus: readonly BootMenuFacts[],
  goal: Goal,
  which: string,
  files: Parameters<VerifyWritten>[0],
): Awaited<ReturnType<VerifyWritten>> {
  const texts = new Map(
    files.flatMap(({ path, text }) => (text === undefined ? [] : [[path, text] as const])),
  );
  for (const menu of menus) {
    const detail = menuProblem(menu, goal, which, texts);
    if (detail !== undefined) return { path: menu.sources.configPath, detail };
  }
  return undefined;
}

/** What the change leaves alone and what it reaches beyond the entries that were meant, said aloud. */
function coverage(facts: HostFacts, goal: Goal, which: string): readonly Message[] {
  const messages: Message[] = [];
  const entries = facts.menus.flatMap((menu) => menu.entries);
  const along = facts.menus.flatMap((menu) => changedAlong(menu, goal, which));
  const untouched = entries.length - selectEntries(entries, which).length - along.length;
  if (untouched > 0) messages.push(note('note.entries-left-alone', { count: untouched }));
  for (const { title } of along) messages.push(warning('warning.entry-shares-words', { title }));
  if (!coversLaterKernels(which)) messages.push(warning('warning.later-kernels-not-covered'));
  if (isCopiedUnchanged(facts, which)) messages.push(warning('warning.default-entry-not-meant'));
  if (facts.menus.length > 1) messages.push(warning('warning.several-configs'));
  return messages;
}

/** Whether a new kernel's entry will be a copy of one that does not get the words. */
function isCopiedUnchanged({ menus }: HostFacts, which: string): boolean {
  return menus.some(({ sources, entries }) => {
    const isCopied = sources.kind === 'grub2' && sources.rules.laterKernels === 'default-entry';
    const meant = selectEntries(entries, which);
    return isCopied && entries.some((entry) => entry.isDefault && !meant.includes(entry));
  });
}

function madeFiles({ edits }: Plan): readonly Message[] {
  return edits.flatMap(({ path, before }) =>
    before === undefined ? [note('note.kernel-cmdline-made', { path })] : [],
  );
}
