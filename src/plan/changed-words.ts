import type { WordGoal } from '../cmdline/revise-words.ts';
import { readBootEntries } from '../facts/boot-entries.ts';
import type { BootEntry } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import { withTexts } from '../facts/boot-sources.ts';
import type { FamilyRules } from '../facts/family.ts';
import { defaultsWords } from '../grub/defaults/defaults-words.ts';
import { evaluateDefaults } from '../grub/defaults/evaluate-defaults.ts';
import { parseDefaults } from '../grub/defaults/parse-defaults.ts';
import { type FileEdit, textsAfter } from './plan.ts';

/** What a plan changes on the lines of some kernels. */
export interface ChangedWords extends WordGoal {
  /** Releases; none for words that only later kernels get. */
  readonly kernels: readonly string[];
}

/** The words that a plan puts on and takes off, kernels with the same change together. */
export function changedWords(
  menus: readonly BootMenuFacts[],
  edits: readonly FileEdit[],
): readonly ChangedWords[] {
  const texts = textsAfter(edits);
  const changes = new Map<string, ChangedWords>();
  const add = (kernels: readonly string[], { set, unset }: WordGoal) => {
    if (set.length + unset.length === 0) return;
    const key = JSON.stringify([set, unset]);
    const known = changes.get(key)?.kernels ?? [];
    changes.set(key, { kernels: [...new Set([...known, ...kernels])], set, unset });
  };
  for (const { sources, entries } of menus) {
    const after = readBootEntries(withTexts(sources, texts));
    if (!after.ok) continue;
    for (const [release, goal] of entryChanges(entries, after.entries)) add([release], goal);
    for (const { before, after: made } of edits) {
      if (before === undefined || made === undefined) continue;
      add([], difference(defaultsWordsOf(before, sources.rules), defaultsWordsOf(made, sources.rules)));
    }
  }
  const onEntries = [...changes.values()].filter(({ kernels }) => kernels.length > 0);
  return onEntries.length > 0 ? onEntries : [...changes.values()];
}

/** What leads from the lines of some entries to those that the same entries have later, by kernel release. */
export function entryChanges(
  before: readonly BootEntry[],
  after: readonly BootEntry[],
): ReadonlyMap<string, WordGoal & { readonly isNormal: boolean }> {
  const changes = new Map<string, WordGoal & { readonly isNormal: boolean }>();
  for (const entry of after) {
    const old = before.find(({ id, title }) => id === entry.id && title === entry.title);
    if (entry.release === undefined || old === undefined) continue;
    const goal = difference(wordsOf(old), wordsOf(entry));
    if (goal.set.length + goal.unset.length === 0) continue;
    const isNormal = entry.kind === 'normal' && changes.get(entry.release)?.isNormal !== false;
    changes.set(entry.release, { ...goal, isNormal });
  }
  return changes;
}

function wordsOf(entry: BootEntry): readonly string[] {
  return entry.lines.flatMap(({ words }) => words.map(({ text }) => text));
}

/** The words of the defaults file's two variables; none where the text is no such file. */
export function defaultsWordsOf(text: string, rules: FamilyRules): readonly string[] {
  const parsed = parseDefaults(text);
  if (!parsed.ok) return [];
  const values = evaluateDefaults([{ path: '', file: parsed.value }], rules.mkconfigShell);
  return ['GRUB_CMDLINE_LINUX', 'GRUB_CMDLINE_LINUX_DEFAULT'].flatMap((variable) =>
    defaultsWords(values.get(variable)).words.map((word) => word.text),
  );
}

/** What leads from some words to others. */
export function difference(before: readonly string[], after: readonly string[]): WordGoal {
  return {
    set: after.filter((word) => !before.includes(word)),
    unset: before.filter((word) => !after.includes(word)),
  };
}
