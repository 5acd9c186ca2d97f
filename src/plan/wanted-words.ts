import { applyWordEdits, reviseWords } from '../cmdline/revise-words.ts';
import type { Goal } from '../diagnosis/goal.ts';
import type { BootEntry, EntryLine } from '../facts/boot-entry.ts';
import type { BootMenuFacts } from '../facts/boot-menu-facts.ts';
import { excessBytes } from '../facts/dropped-words.ts';
import { selectEntries } from '../facts/select-entries.ts';
import { positionAt } from '../grub/text-position.ts';
import type { PlanRefusal } from './plan-refusal.ts';
import { sharedOptions, withSharedEdits } from './shared-options.ts';
import type { WantedWords } from './verify-menu.ts';

/** The words of each entry once the goal is met; those of an entry that is not meant change only where it shares them. */
export function wantedWords(menu: BootMenuFacts, goal: Goal, which: string): WantedWords {
  const selected = new Set(selectEntries(menu.entries, which));
  const shared = sharedOptions(menu, goal.shared, which);
  return (entry, line) => {
    const words = withSharedEdits(line, shared);
    const isMeant = selected.has(entry) && entry.release !== undefined;
    const own = isMeant ? goal.perKernel.get(entry.release ?? '') : undefined;
    return own === undefined ? words : applyWordEdits(words, reviseWords(words, own));
  };
}

/** The entries that are not meant and get other words all the same, since they share them with those that are. */
export function changedAlong(menu: BootMenuFacts, goal: Goal, which: string): readonly BootEntry[] {
  const selected = new Set(selectEntries(menu.entries, which));
  const wanted = wantedWords(menu, goal, which);
  return menu.entries.filter((entry) => {
    const isOther = (line: EntryLine) => {
      return JSON.stringify(wanted(entry, line)) !== JSON.stringify(line.words.map(({ text }) => text));
    };
    return !selected.has(entry) && entry.lines.some(isOther);
  });
}

/** The first line that would become longer than its loader or its kernel takes. */
export function overlongLine(menu: BootMenuFacts, wanted: WantedWords): PlanRefusal | undefined {
  for (const entry of menu.entries) {
    for (const line of entry.lines) {
      const words = wanted(entry, line);
      const isLonger = words.join(' ').length > line.words.map(({ text }) => text).join(' ').length;
      const excess = isLonger ? excessBytes(line, words, entry.cmdlineBytes) : 0;
      if (excess === 0) continue;
      const { path } = line;
      const at = line.format === 'grub-script' ? line.line.place : optionsPosition(menu, line);
      return { code: 'line-too-long', path, at, excess };
    }
  }
  return undefined;
}

function optionsPosition({ sources }: BootMenuFacts, { path }: EntryLine) {
  const text = sources.texts.get(path) ?? '';
  return positionAt(text, Math.max(text.search(/^[ \t]*options/m), 0));
}
