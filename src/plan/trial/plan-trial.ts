import { applyWordEdits, type WordGoal } from '../../cmdline/revise-words.ts';
import type { Goal } from '../../diagnosis/goal.ts';
import type { BootEntry, EntryLine } from '../../facts/boot-entry.ts';
import { readBootMenu } from '../../facts/boot-menu.ts';
import type { BootMenuFacts } from '../../facts/boot-menu-facts.ts';
import type { GrubSources } from '../../facts/boot-sources.ts';
import { excessBytes } from '../../facts/dropped-words.ts';
import { TRIAL_ENTRY_ID } from '../../facts/entry-kind.ts';
import type { HostFacts } from '../../facts/gather.ts';
import { menuEntries } from '../../facts/one-shot-saves.ts';
import { selectEntries } from '../../facts/select-entries.ts';
import { grubWriting } from '../../facts/writable-by-grub.ts';
import { parseEnvironmentBlock, setEnvironmentVariables } from '../../grub/environment-block.ts';
import { positionAt } from '../../grub/text-position.ts';
import { buildPlan, type FileChange } from '../build-plan.ts';
import type { Plan } from '../plan.ts';
import type { PlanRefusal } from '../plan-refusal.ts';
import { copyEntryFile } from './entry-file.ts';
import { copyScriptEntry } from './entry-of-script.ts';
import { originalEntry } from './original-entry.ts';
import { withTrialBlock } from './trial-block.ts';
import type { TrialRefusal } from './trial-refusal.ts';
import { trialEdits } from './trial-words.ts';

/** The plan of a trial with what it is to be judged by, or why there is none. */
export type TrialPlanning =
  | { readonly ok: true; readonly plan: Plan; readonly trial: PlannedTrial }
  | RefusedTrial;

interface RefusedTrial {
  readonly ok: false;
  readonly refusal: PlanRefusal | TrialRefusal;
}

/** What is to boot once. */
export interface PlannedTrial {
  readonly menu: BootMenuFacts;
  /** The kernel's. */
  readonly release: string;
  /** What is tried: the goal for the kernel of the entry that boots next. */
  readonly goal: WordGoal;
  /** The words of each line of the trial's entry. */
  readonly words: readonly (readonly string[])[];
  /** The block whose `next_entry` names the entry. */
  readonly blockPath: string;
}

/**
 * The plan that boots the words of a goal once: an entry of ours that does what the entry does that boots next, with these
 * words, and GRUB's `next_entry` for it. Nothing that decides the boots after it is touched.
 *
 * The caller reads the menu again with the files of the plan (`trialMenuProblem`) before it is used.
 */
export function planTrial(facts: HostFacts, goal: Goal, which: string): TrialPlanning {
  const [menu, other] = facts.menus;
  if (menu?.sources.kind !== 'grub2') return refuse({ code: 'trial-loader', loader: 'systemd-boot' });
  if (other !== undefined) {
    const paths = facts.menus.map(({ sources }) => sources.configPath).join(', ');
    return refuse({ code: 'trial-several-configs', paths });
  }
  const earlier = menu.entries.find(({ kind }) => kind === 'trial');
  if (earlier !== undefined) return refuse({ code: 'trial-there', title: earlier.title });
  const once = menu.entries.find(({ isNext }) => isNext);
  if (once !== undefined) {
    return refuse({
      code: 'trial-once-already',
      path: menu.environmentPaths.at(-1) ?? '',
      title: once.title,
    });
  }
  const original = originalEntry(menu);
  const release = original?.release ?? '';
  const own = goal.perKernel.get(release);
  if (original === undefined || own === undefined || !selectEntries(menu.entries, which).includes(original)) {
    return refuse({ code: 'trial-other-entry', title: original?.title ?? '' });
  }
  const block = planBlock(facts, menu);
  if (!block.ok) return block;
  const entry = planEntry(menu.sources, original, own);
  if (!entry.ok) return entry;
  const words = original.lines.map((line) => trialWords(line, own));
  const overlong = original.lines.findIndex((line, index) => excess(original, line, words[index]) > 0);
  const line = original.lines[overlong];
  if (line !== undefined) return refuse(tooLong(menu, original, line, words[overlong]));
  const trial = { menu, release, goal: own, words, blockPath: block.change.path };
  // The entry is there before anything names it.
  return { ok: true, plan: buildPlan([entry.change, block.change]), trial };
}

type Change = { readonly ok: true; readonly change: FileChange } | RefusedTrial;

/** GRUB's environment block with the trial named in it, where GRUB loads it and can clear it. */
function planBlock({ mounts }: HostFacts, { sources, environmentPaths }: BootMenuFacts): Change {
  const path = environmentPaths.at(-1);
  const before = path === undefined ? undefined : sources.texts.get(path);
  const block = before === undefined ? undefined : parseEnvironmentBlock(before);
  if (path === undefined || block?.ok !== true) {
    return refuse({ code: 'trial-no-environment', path: sources.configPath });
  }
  const writing = grubWriting(mounts, path);
  if (writing.kind === 'unknown') return refuse({ code: 'trial-block-device-unknown', path });
  if (writing.kind === 'read-only') {
    const { fileSystem, source } = writing;
    return refuse({ code: 'trial-block-read-only', path, fileSystem, source });
  }
  const edited = setEnvironmentVariables(block.value, new Map([['next_entry', TRIAL_ENTRY_ID]]));
  if (edited.ok) return { ok: true, change: { path, before, after: edited.value, decides: 'next-boot' } };
  const { problem } = edited;
  const { freeBytes, neededBytes } = problem;
  return problem.code === 'no-room' && freeBytes !== undefined && neededBytes !== undefined
    ? refuse({ code: 'environment-block-full', path, freeBytes, neededBytes })
    : refuse({ code: 'line-not-editable', path, problem });
}

function planEntry(sources: GrubSources, original: BootEntry, goal: WordGoal): Change {
  const [line] = original.lines;
  return line?.format === 'loader-entry'
    ? planEntryFile(sources, line, goal)
    : planScriptEntry(sources, original, goal);
}

function planEntryFile(
  { texts }: GrubSources,
  line: Extract<EntryLine, { readonly format: 'loader-entry' }>,
  goal: WordGoal,
): Change {
  const copied = copyEntryFile(texts.get(line.path) ?? '', line, goal);
  if (!copied.ok) return refuse({ code: 'line-not-editable', path: line.path, problem: copied.problem });
  const directory = line.path.slice(0, line.path.lastIndexOf('/'));
  const path = `${directory}/${TRIAL_ENTRY_ID}.conf`;
  return { ok: true, change: { path, before: texts.get(path), after: copied.value, decides: 'next-boot' } };
}

/** In custom.cfg where the menu takes it in, as grub-mkconfig's 41_custom does, else at the end of grub.cfg. */
function planScriptEntry(sources: GrubSources, original: BootEntry, goal: WordGoal): Change {
  const { configPath, prefix, texts, resolved } = sources;
  const reading = readBootMenu(sources);
  const items = reading.ok ? menuEntries(reading.lasting.items) : [];
  const item = items.find(({ title, id }) => title === original.title && id === original.id);
  const place = item?.place ?? { path: configPath, offset: 0, line: 1, column: 1 };
  const text = texts.get(place.path) ?? '';
  const copied = item === undefined ? undefined : copyScriptEntry(text, item, original, goal);
  if (copied?.ok !== true) {
    const { path, ...at } = place;
    return copied?.problem === undefined
      ? refuse({ code: 'trial-entry-not-copied', path, at, title: original.title })
      : refuse({ code: 'line-not-editable', path, problem: copied.problem });
  }
  const custom = `${prefix}/custom.cfg`;
  const path = resolved.has(custom) ? (resolved.get(custom) ?? custom) : configPath;
  const before = texts.get(path);
  const after = withTrialBlock(before ?? '', copied.text);
  return { ok: true, change: { path, before, after, decides: 'next-boot' } };
}

function trialWords(line: EntryLine, goal: WordGoal): readonly string[] {
  const words = line.words.map(({ text }) => text);
  return applyWordEdits(words, trialEdits(words, goal));
}

function excess({ cmdlineBytes }: BootEntry, line: EntryLine, words: readonly string[] = []): number {
  return excessBytes(line, words, cmdlineBytes);
}

function tooLong(
  { sources }: BootMenuFacts,
  entry: BootEntry,
  line: EntryLine,
  words: readonly string[] | undefined,
): PlanRefusal {
  const { path } = line;
  const at = line.format === 'grub-script' ? line.line.place : positionAt(sources.texts.get(path) ?? '', 0);
  return { code: 'line-too-long', path, at, excess: excess(entry, line, words) };
}

function refuse(refusal: RefusedTrial['refusal']): RefusedTrial {
  return { ok: false, refusal };
}
