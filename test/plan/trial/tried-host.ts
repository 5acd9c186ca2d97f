import { fileURLToPath } from 'node:url';
import type { Goal } from '../../../src/diagnosis/goal.ts';
import { type BootEntry, decidingLine } from '../../../src/facts/boot-entry.ts';
import { gather, gatherMenus } from '../../../src/facts/gather.ts';
import { hostWithTexts } from '../../../src/facts/host-with-texts.ts';
import type { Host } from '../../../src/host/host.ts';
import { openHost } from '../../../src/host/root-host.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { planTrial } from '../../../src/plan/trial/plan-trial.ts';
import { trialMenuProblem } from '../../../src/plan/trial/trial-menu.ts';

/** What came of planning a trial on a host: its plan with the entry that it boots, or the code of why there is none. */
export interface Tried {
  readonly code: string | undefined;
  readonly plan: Plan | undefined;
  readonly trial: BootEntry | undefined;
}

/** A host of grub-fixtures/, to be read only. */
export function fixtureHost(name: string): Promise<Host> {
  return openHost(fileURLToPath(new URL(`../../../grub-fixtures/${name}`, import.meta.url)));
}

/** Plan a trial of words for every kernel, and judge the menu with its files as the command does. */
export async function tryOn(host: Host, set: readonly string[], which = 'normal'): Promise<Tried> {
  const gathered = await gather(host);
  if (!gathered.ok) return refused(gathered.refusal.code);
  const { facts } = gathered;
  const words = { set, unset: [] };
  const goal: Goal = {
    shared: words,
    perKernel: new Map(facts.kernels.map(({ release }) => [release, words])),
  };
  const planned = planTrial(facts, goal, which);
  if (!planned.ok) return refused(planned.refusal.code);
  const { plan, trial } = planned;
  const texts = new Map(plan.edits.map(({ path, after }) => [path, after]));
  const after = await gatherMenus(hostWithTexts(host, texts));
  const [menu] = after.ok ? after.menus : [];
  if (menu === undefined) return refused('unreadable');
  const problem = trialMenuProblem(trial.menu, menu, trial.words, trial.blockPath);
  if (problem !== undefined) return refused(problem.code);
  return { code: undefined, plan, trial: menu.entries.find(({ kind }) => kind === 'trial') };
}

function refused(code: string): Tried {
  return { code, plan: undefined, trial: undefined };
}

/** The words that the entry hands to its kernel. */
export function wordsOf(entry: BootEntry | undefined): readonly string[] {
  const line = entry === undefined ? undefined : decidingLine(entry);
  return line?.words.map(({ text }) => text) ?? [];
}
