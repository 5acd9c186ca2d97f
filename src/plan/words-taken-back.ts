import type { WordGoal } from '../cmdline/revise-words.ts';
import type { Goal } from '../diagnosis/goal.ts';
import { readBootEntries } from '../facts/boot-entries.ts';
import type { BootEntry } from '../facts/boot-entry.ts';
import { type BootSources, withTexts } from '../facts/boot-sources.ts';
import type { FamilyRules } from '../facts/family.ts';
import { defaultsWords } from '../grub/defaults/defaults-words.ts';
import { evaluateDefaults } from '../grub/defaults/evaluate-defaults.ts';
import { parseDefaults } from '../grub/defaults/parse-defaults.ts';

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
  const perKernel = new Map<string, WordGoal>();
  let which: TakingBack['which'] = 'normal';
  if (before.ok && after.ok) {
    for (const entry of after.entries) {
      const old = before.entries.find(({ id, title }) => id === entry.id && title === entry.title);
      if (entry.release === undefined || old === undefined) continue;
      const goal = difference(wordsOf(old), wordsOf(entry));
      if (goal.set.length + goal.unset.length === 0) continue;
      perKernel.set(entry.release, goal);
      if (entry.kind !== 'normal') which = 'all';
    }
  }
  const shared = files.map(({ original, ours: text }) => {
    return difference(defaultsWordsOf(original, sources.rules), defaultsWordsOf(text, sources.rules));
  });
  const sharedGoal = { set: shared.flatMap(({ set }) => set), unset: shared.flatMap(({ unset }) => unset) };
  return { goal: { perKernel, shared: sharedGoal }, which };
}

function wordsOf(entry: BootEntry): readonly string[] {
  return entry.lines.flatMap(({ words }) => words.map(({ text }) => text));
}

/** The words of the defaults file's two variables; none where the text is no such file. */
function defaultsWordsOf(text: string, rules: FamilyRules): readonly string[] {
  const parsed = parseDefaults(text);
  if (!parsed.ok) return [];
  const values = evaluateDefaults([{ path: '', file: parsed.value }], rules.mkconfigShell);
  return ['GRUB_CMDLINE_LINUX', 'GRUB_CMDLINE_LINUX_DEFAULT'].flatMap((variable) =>
    defaultsWords(values.get(variable)).words.map((word) => word.text),
  );
}

function difference(before: readonly string[], after: readonly string[]): WordGoal {
  return {
    set: before.filter((word) => !after.includes(word)),
    unset: after.filter((word) => !before.includes(word)),
  };
}
