import { applyWordEdits, reviseWords, type WordGoal } from '../cmdline/revise-words.ts';
import type { BootEntry } from '../facts/boot-entry.ts';

/**
 * The first way in which a menu is not the one before with the goals met: an entry that came, went, moved, changed its
 * name or its default, or has other words than it should. Undefined where all is as meant.
 *
 * Acceptance by a syntax checker is no proof: two stray quotes pair up silently and swallow an entry. So the menus are
 * compared entry by entry.
 *
 * @param goalOf the goal of an entry that was to change
 */
export function menuDifference(
  before: readonly BootEntry[],
  after: readonly BootEntry[],
  goalOf: (entry: BootEntry) => WordGoal | undefined,
): string | undefined {
  if (before.length !== after.length) return `${before.length} entries became ${after.length}`;
  for (const [index, old] of before.entries()) {
    const edited = after[index];
    if (edited === undefined || identity(old) !== identity(edited)) return old.title;
    for (const [place, { words }] of old.lines.entries()) {
      const texts = words.map(({ text }) => text);
      const goal = goalOf(old);
      const expected = goal === undefined ? texts : applyWordEdits(texts, reviseWords(texts, goal));
      const found = edited.lines[place]?.words.map(({ text }) => text);
      if (JSON.stringify(found) !== JSON.stringify(expected)) return old.title;
    }
  }
  return undefined;
}

function identity({ title, id, kernelPath, isDefault, isNext, lines }: BootEntry): string {
  return JSON.stringify([title, id, kernelPath, isDefault, isNext, lines.length]);
}
