import type { WordGoal } from '../cmdline/revise-words.ts';
import type { Goal } from '../diagnosis/goal.ts';
import { readBootEntries } from '../facts/boot-entries.ts';
import { type BootSources, withTexts } from '../facts/boot-sources.ts';
import { defaultsWordsOf, difference, entryChanges } from './changed-words.ts';

/** One file that a backup set changed. Latin1 texts. */
export interface ChangedFile {
  readonly path: string;
  readonly original: string;
  readonly ours: string;
}

/** What takes our words out, and from which entries, as `--entries` names them. */
export interface TakingBack {
  readonly goal: Goal;
  readonly which: 'normal' | 'all';
}

/**
 * The goal that takes only our own words out again, whatever else became of the files: what our change added goes, what
 * it removed comes back.
 *
 * @param sources the boot configuration as it is now
 * @param files as they were before and after our change
 */
export function goalTakenBack(sources: BootSources, files: readonly ChangedFile[]): TakingBack {
  const originals = new Map(files.map(({ path, original }) => [path, original]));
  const ours = new Map(files.map((file) => [file.path, file.ours]));
  const before = readBootEntries(withTexts(sources, originals));
  const after = readBootEntries(withTexts(sources, ours));
  const changes = before.ok && after.ok ? entryChanges(after.entries, before.entries) : new Map();
  const perKernel = new Map<string, WordGoal>(
    [...changes].map(([release, { set, unset }]) => [release, { set, unset }]),
  );
  const isOfNormal = [...changes.values()].every(({ isNormal }) => isNormal);
  const shared = files.map(({ original, ours: text }) =>
    difference(defaultsWordsOf(text, sources.rules), defaultsWordsOf(original, sources.rules)),
  );
  const sharedGoal = { set: shared.flatMap(({ set }) => set), unset: shared.flatMap(({ unset }) => unset) };
  return { goal: { perKernel, shared: sharedGoal }, which: isOfNormal ? 'normal' : 'all' };
}
