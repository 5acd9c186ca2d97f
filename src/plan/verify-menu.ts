import { parseParameter } from '../cmdline/parameter.ts';
import type { BootEntry, EntryLine } from '../facts/boot-entry.ts';

/** The words that a line of an entry is to have. */
export type WantedWords = (entry: BootEntry, line: EntryLine) => readonly string[];

/**
 * The first way in which a menu is not the one before with the goals met: an entry that came, went, moved, changed its
 * name or its default, or has other words than it should. Undefined where all is as meant.
 *
 * Acceptance by a syntax checker is no proof: two stray quotes pair up silently and swallow an entry. So the menus are
 * compared entry by entry.
 */
export function menuDifference(
  before: readonly BootEntry[],
  after: readonly BootEntry[],
  wantedWords: WantedWords,
): string | undefined {
  if (before.length !== after.length) return `${before.length} entries became ${after.length}`;
  for (const [index, old] of before.entries()) {
    const edited = after[index];
    if (edited === undefined || identity(old) !== identity(edited)) return old.title;
    for (const [place, line] of old.lines.entries()) {
      const found = edited.lines[place]?.words.map(({ text }) => text) ?? [];
      if (!isSameLine(found, wantedWords(old, line))) return old.title;
    }
  }
  return undefined;
}

/** Whether the kernel is given the same words: systemd-boot hands the quotes of a value on, GRUB puts them itself. */
function isSameLine(found: readonly string[], wanted: readonly string[]): boolean {
  return (
    found.length === wanted.length && found.every((word, index) => unquoted(word) === unquoted(wanted[index]))
  );
}

function unquoted(word = ''): string {
  const { name, value } = parseParameter(word);
  return JSON.stringify([name, value]);
}

function identity({ title, id, kernelPath, isDefault, isNext, lines }: BootEntry): string {
  return JSON.stringify([title, id, kernelPath, isDefault, isNext, lines.length]);
}
