import type { BootEntry, EntryLine } from '../../facts/boot-entry.ts';
import { readBootMenu } from '../../facts/boot-menu.ts';
import type { BootMenuFacts } from '../../facts/boot-menu-facts.ts';
import type { GrubSources } from '../../facts/boot-sources.ts';
import { TRIAL_ENTRY_ID } from '../../facts/entry-kind.ts';
import { menuEntries, nextBootSaves } from '../../facts/one-shot-saves.ts';
import type { MenuEntry } from '../../grub/script/grub-menu.ts';
import { menuDifference } from '../verify-menu.ts';
import { originalEntry } from './original-entry.ts';
import type { TrialRefusal } from './trial-refusal.ts';

/**
 * What is wrong with a menu that the trial's entry was added to; undefined where it boots that entry once, with these words
 * and the kernel of the entry that boots otherwise, and where all else is as it was.
 *
 * @param before the menu without the trial
 * @param after the same read with the trial's files
 * @param words those of each line of the trial's entry
 * @param blockPath the environment block that names the trial
 */
export function trialMenuProblem(
  before: BootMenuFacts,
  after: BootMenuFacts,
  words: readonly (readonly string[])[],
  blockPath: string,
): TrialRefusal | undefined {
  const path = after.sources.configPath;
  const trials = after.entries.filter(({ kind }) => kind === 'trial');
  const [trial] = trials;
  const original = originalEntry(before);
  const others = after.entries.filter(({ kind }) => kind !== 'trial');
  const changed = menuDifference(before.entries, others, (_, line) => textsOf(line));
  if (changed !== undefined) return { code: 'trial-menu-would-change', path, found: changed };
  const isMade = trial !== undefined && original !== undefined && trials.length === 1;
  if (!isMade || differs(original, trial, words)) {
    return { code: 'trial-menu-would-change', path, found: trial?.title ?? TRIAL_ENTRY_ID };
  }
  if (!trial.isNext || trial.isDefault) return { code: 'trial-next-entry-ignored', path };
  return after.sources.kind === 'grub2' ? onceProblem(after.sources, original, blockPath) : undefined;
}

function textsOf({ words }: EntryLine): readonly string[] {
  return words.map(({ text }) => text);
}

/** Whether the trial boots something else than the entry that it was copied from, or with other words than planned. */
function differs(original: BootEntry, trial: BootEntry, words: readonly (readonly string[])[]): boolean {
  const shape = ({ image, kernelPath, lines }: BootEntry) =>
    JSON.stringify([
      image,
      kernelPath,
      lines.map((line) => [
        line.format,
        line.isConditional,
        line.format === 'loader-entry' ? line.images : [],
      ]),
    ]);
  return (
    shape(original) !== shape(trial) || JSON.stringify(trial.lines.map(textsOf)) !== JSON.stringify(words)
  );
}

/** What stands against its being once: GRUB must clear what names the entry first, and write nothing that brings it back. */
function onceProblem(sources: GrubSources, original: BootEntry, blockPath: string): TrialRefusal | undefined {
  const { configPath: path } = sources;
  const saves = nextBootSaves(sources, TRIAL_ENTRY_ID);
  const last = saves?.beforeMenu.findLast(({ name, realPath }) => {
    return name === 'next_entry' && realPath === blockPath;
  });
  const isEmpty = last?.value === undefined || (last.value.known && last.value.text === '');
  if (last === undefined || last.conditional || !isEmpty) return { code: 'trial-next-entry-kept', path };
  const [within] = saves?.inEntry ?? [];
  if (within !== undefined) {
    return { code: 'trial-entry-saves', path: within.place.path, line: within.place.line, name: within.name };
  }
  const isSame = saves?.inEntry === undefined || loadsTheSame(sources, original);
  return isSame ? undefined : { code: 'trial-menu-would-change', path, found: original.title };
}

/** Whether the copied commands load the same initrds, from the same device, as those that they were copied from. */
function loadsTheSame(sources: GrubSources, original: BootEntry): boolean {
  const reading = readBootMenu(sources);
  const entries = reading.ok ? menuEntries(reading.next.items) : [];
  const trial = entries.find(({ id }) => id === TRIAL_ENTRY_ID);
  const copied = entries.find((entry) => entry !== trial && isOf(entry, original));
  return trial !== undefined && copied !== undefined && loads(trial) === loads(copied);
}

function isOf({ title, id }: MenuEntry, original: BootEntry): boolean {
  return title === original.title && id === original.id;
}

function loads({ bootLines }: MenuEntry): string {
  return JSON.stringify(
    bootLines.map(({ command, role, image, words, device }) => {
      const others = role === 'linux' || role === 'linux-under-xen' ? [] : words.map(({ text }) => text);
      return [command, image?.text, device, others];
    }),
  );
}
