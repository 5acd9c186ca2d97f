import { reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import type { Goal } from '../diagnosis/goal.ts';
import { readBootEntries } from '../facts/boot-entries.ts';
import type { BootEntry } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import { withTexts } from '../facts/boot-sources.ts';
import type { HostFacts } from '../facts/gather.ts';
import type { Keeper } from '../facts/layout/keeper.ts';
import { coversLaterKernels, selectEntries } from '../facts/select-entries.ts';
import { mkconfigLines } from '../generator/mkconfig-lines.ts';
import { printDefaults } from '../grub/defaults/syntax.ts';
import { positionAt } from '../grub/text-position.ts';
import { buildPlan, type FileChange } from './build-plan.ts';
import { editDefaults } from './edit-defaults.ts';
import { editEntries } from './edit-entries.ts';
import { editKernelCmdlineFile } from './edit-kernel-cmdline.ts';
import { editLiteralScripts } from './edit-literal-scripts.ts';
import { laterProblem } from './later-problem.ts';
import { nextBootLeftAlone } from './next-boot.ts';
import { type Plan, textsAfter } from './plan.ts';
import { type PlanProblem, type PlanRefusal, type RefusedPlanning, refusePlan } from './plan-refusal.ts';
import { editSharedOptions } from './shared-options.ts';
import { menuDifference } from './verify-menu.ts';
import { overlongLine, wantedWords } from './wanted-words.ts';

/** A plan, which may be empty, or why there is none. */
export type Planning = { readonly ok: true; readonly plan: Plan } | RefusedPlanning;

/**
 * The plan that gives a host's entries, and the kernels still to come, the words of a goal. The menu is read again from
 * the edited texts: it must be the old one with only the meant words changed.
 *
 * The defaults file comes before /etc/kernel/cmdline: where that is the older one, Red Hat's 20-grub.install takes it
 * for outdated and makes it anew.
 *
 * @param which the entries, as `--entries` names them
 * @param isForced allow changes to the words that mount the root file system
 */
export function planGoal(facts: HostFacts, goal: Goal, which: string, isForced: boolean): Planning {
  const planning = planFiles(facts, goal, which, isForced);
  const isNothingToDo = planning.ok && planning.plan.edits.length === 0;
  return facts.keeper === undefined || isNothingToDo ? planning : keptBySystem(facts.keeper);
}

function keptBySystem({ system, place, command }: Keeper): RefusedPlanning {
  const code = command === '' ? 'kept-by-file' : 'kept-by-system';
  return refusePlan({ code, system, place, command });
}

function planFiles(facts: HostFacts, goal: Goal, which: string, isForced: boolean): Planning {
  for (const menu of facts.menus) {
    const leftAlone = nextBootLeftAlone(menu, goal, which);
    if (leftAlone !== undefined) return refusePlan(leftAlone);
  }
  const later = coversLaterKernels(which) ? planLater(facts, goal, which, isForced) : nothing;
  if (!later.ok) return later;
  const next = new Map<string, FileChange>();
  for (const menu of facts.menus) {
    const planned = planMenu(menu, goal, which, isForced);
    if (!planned.ok) return planned;
    for (const change of planned.changes) {
      const other = next.get(change.path);
      if (other !== undefined && other.after !== change.after) {
        return refusePlan({ code: 'menus-disagree', path: change.path });
      }
      next.set(change.path, change);
    }
  }
  const plan = buildPlan([...later.changes, ...next.values()]);
  const problem = laterProblem(facts, goal, which, textsAfter(plan.edits));
  return problem === undefined ? { ok: true, plan } : refusePlan(problem);
}

type Changes = { readonly ok: true; readonly changes: readonly FileChange[] } | RefusedPlanning;

const nothing: Changes = { ok: true, changes: [] };

function planLater(facts: HostFacts, goal: Goal, which: string, isForced: boolean): Changes {
  const defaults = planDefaults(facts, withoutFixed(goal.shared, facts), which, isForced);
  if (!defaults.ok) return defaults;
  const scripts = editLiteralScripts(facts, goal, which, isForced);
  if (!scripts.ok) return scripts;
  const cmdline = editKernelCmdlineFile(facts.kernelCmdline, goal.shared, isForced);
  return cmdline.ok
    ? { ok: true, changes: [...defaults.changes, ...scripts.changes, ...cmdline.changes] }
    : cmdline;
}

/** The goal without the words that grub-mkconfig puts on every line by itself, such as `ro`. */
function withoutFixed(goal: WordGoal, facts: HostFacts): WordGoal {
  const line = mkconfigLines(facts).find(({ kind }) => kind !== 'recovery');
  const fixed = line?.words.filter(({ kind }) => kind === 'fixed').map(({ text }) => text) ?? [];
  return { ...goal, set: goal.set.filter((word) => !fixed.includes(word)) };
}

function planDefaults(
  { defaults, menus }: HostFacts,
  goal: WordGoal,
  which: string,
  isForced: boolean,
): Changes {
  const rules = menus[0]?.sources.rules;
  if (defaults.kind !== 'read' || rules === undefined) return nothing;
  const edited = editDefaults(defaults.files, rules, goal, which === 'all', isForced);
  if (!edited.ok) return edited;
  const changes = defaults.files.map(({ path, file }): FileChange => {
    const before = printDefaults(file);
    return { path, before, after: edited.texts.get(path) ?? before, decides: 'later-kernels' };
  });
  return { ok: true, changes };
}

function planMenu(menu: BootMenuFacts, goal: Goal, which: string, isForced: boolean): Changes {
  const { sources } = menu;
  const foreign = wordOfVariable(menu, goal, which);
  if (foreign !== undefined) return refusePlan(foreign);
  const shared = editSharedOptions(menu, goal.shared, which, isForced);
  if (!shared.ok) return shared;
  const entries = entriesWith(menu, shared.texts);
  const edited = editEntries(entries, selectEntries(entries, which), goal, sources.texts, isForced);
  if (!edited.ok) return edited;
  const overlong = overlongLine(menu, wantedWords(menu, goal, which));
  if (overlong !== undefined) return refusePlan(overlong);
  const after = new Map([...shared.texts, ...edited.texts]);
  const found = menuProblem(menu, goal, which, after);
  if (found !== undefined) return refusePlan({ code: 'menu-would-change', path: sources.configPath, found });
  const changes = [...after].map(([path, text]): FileChange => {
    return { path, before: sources.texts.get(path), after: text, decides: 'next-boot' };
  });
  return { ok: true, changes };
}

/** A word to change that a variable brings which is set for some other purpose, such as TuneD's. */
function wordOfVariable(
  { sources, entries }: BootMenuFacts,
  goal: Goal,
  which: string,
): PlanRefusal | undefined {
  for (const { release = '', lines } of selectEntries(entries, which)) {
    const wanted = goal.perKernel.get(release);
    for (const line of wanted === undefined ? [] : lines) {
      if (wanted === undefined || line.format !== 'loader-entry') continue;
      const edits = reviseWords(
        line.words.map(({ text }) => text),
        wanted,
      );
      const [word] = edits.flatMap((edit) => (edit.kind === 'insert' ? [] : (line.words[edit.index] ?? [])));
      if (word?.place.kind !== 'variable' || ['kernelopts', 'default_kernelopts'].includes(word.place.name))
        continue;
      const [path = '', row = ''] = word.from.split(/:(?=[0-9]+$)/);
      const text = sources.texts.get(path) ?? '';
      const offset = startOfLine(text, Number(row));
      const found = `${word.place.name}: ${word.text}`;
      const problem: PlanProblem = { code: 'word-from-variable', at: positionAt(text, offset), found };
      return { code: 'line-not-editable', path, problem };
    }
  }
  return undefined;
}

function startOfLine(text: string, line: number): number {
  let offset = 0;
  for (let at = 1; at < line; at += 1) offset = text.indexOf('\n', offset) + 1;
  return offset;
}

/** The entries once some files have other texts; as they were where those can't be read. */
export function entriesWith(
  { sources, entries }: BootMenuFacts,
  texts: ReadonlyMap<string, string>,
): readonly BootEntry[] {
  if (texts.size === 0) return entries;
  const reread = readBootEntries(withTexts(sources, texts));
  return reread.ok ? reread.entries : entries;
}

/**
 * What is wrong with a menu whose files have these texts, measured against the goal; undefined where it is the old one
 * with only the meant words changed.
 *
 * @param texts the changed files by path, latin1
 */
export function menuProblem(
  menu: BootMenuFacts,
  goal: Goal,
  which: string,
  texts: ReadonlyMap<string, string>,
): string | undefined {
  const wanted = wantedWords(menu, goal, which);
  if (texts.size === 0) return menuDifference(menu.entries, menu.entries, wanted);
  const reread = readBootEntries(withTexts(menu.sources, texts));
  if (!reread.ok) return `${reread.path}:${reread.problem.at.line}: ${reread.problem.found}`;
  return menuDifference(menu.entries, reread.entries, wanted);
}
