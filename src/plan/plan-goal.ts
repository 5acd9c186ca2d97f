import type { WordGoal } from '../cmdline/revise-words.ts';
import type { Goal } from '../diagnosis/goal.ts';
import { readBootEntries } from '../facts/boot-entries.ts';
import { withTexts } from '../facts/boot-sources.ts';
import type { BootMenuFacts, HostFacts } from '../facts/gather.ts';
import { coversLaterKernels, selectEntries } from '../facts/select-entries.ts';
import { printDefaults } from '../grub/defaults/syntax.ts';
import { applyTextEdits } from '../grub/text-edit.ts';
import { buildPlan, type FileChange } from './build-plan.ts';
import { editDefaults } from './edit-defaults.ts';
import { editEntries } from './edit-entries.ts';
import type { Plan } from './plan.ts';
import type { PlanRefusal } from './plan-refusal.ts';
import { menuDifference } from './verify-menu.ts';

export type Planning =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly refusal: PlanRefusal };

/**
 * The plan that gives a host's entries, and the kernels still to come, the words of a goal. The menu is read again from
 * the edited texts: it must be the old one with only the meant words changed.
 *
 * @param which the entries, as `--entries` names them
 * @param isForced allow changes to the words that mount the root file system
 */
export function planGoal(facts: HostFacts, goal: Goal, which: string, isForced: boolean): Planning {
  const later = coversLaterKernels(which)
    ? planDefaults(facts, goal.shared, isForced)
    : { ok: true as const, changes: [] };
  if (!later.ok) return later;
  const changes = [...later.changes];
  for (const menu of facts.menus) {
    const planned = planMenu(menu, goal, which, isForced);
    if (!planned.ok) return planned;
    changes.push(...planned.changes);
  }
  return { ok: true, plan: buildPlan(changes) };
}

type Changes =
  | { readonly ok: true; readonly changes: readonly FileChange[] }
  | { readonly ok: false; readonly refusal: PlanRefusal };

function planDefaults({ defaults, menus }: HostFacts, goal: WordGoal, isForced: boolean): Changes {
  const rules = menus[0]?.sources.rules;
  if (defaults.kind !== 'read' || rules === undefined) return { ok: true, changes: [] };
  const edited = editDefaults(defaults.files, rules, goal, isForced);
  if (!edited.ok) return edited;
  const changes = defaults.files.map(({ path, file }): FileChange => {
    const before = printDefaults(file);
    return { path, before, after: edited.texts.get(path) ?? before, decides: 'later-kernels' };
  });
  return { ok: true, changes };
}

function planMenu(menu: BootMenuFacts, goal: Goal, which: string, isForced: boolean): Changes {
  const { sources, entries } = menu;
  const edited = editEntries(selectEntries(entries, which), goal, sources.texts, isForced);
  if (!edited.ok) return edited;
  const after = new Map<string, string>();
  for (const [path, edits] of edited.byPath) {
    after.set(path, applyTextEdits(sources.texts.get(path) ?? '', edits));
  }
  const found = menuProblem(menu, goal, which, after);
  if (found !== undefined) {
    return { ok: false, refusal: { code: 'menu-would-change', path: sources.configPath, found } };
  }
  const changes = [...after].map(([path, text]): FileChange => {
    return { path, before: sources.texts.get(path), after: text, decides: 'next-boot' };
  });
  return { ok: true, changes };
}

/**
 * What is wrong with a menu whose files have these texts, measured against the goal; undefined where it is the old one
 * with only the meant words changed.
 *
 * @param texts the changed files by path, latin1
 */
export function menuProblem(
  { sources, entries }: BootMenuFacts,
  goal: Goal,
  which: string,
  texts: ReadonlyMap<string, string>,
): string | undefined {
  const reread = readBootEntries(withTexts(sources, texts));
  if (!reread.ok) return `${reread.path}:${reread.problem.at.line}: ${reread.problem.found}`;
  const selected = selectEntries(entries, which);
  return menuDifference(entries, reread.entries, (entry) =>
    selected.includes(entry) && entry.release !== undefined ? goal.perKernel.get(entry.release) : undefined,
  );
}
