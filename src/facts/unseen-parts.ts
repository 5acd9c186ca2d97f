import type { MenuProblem } from '../grub/script/grub-menu.ts';
import type { UnseenPart } from './boot-entry.ts';
import type { BootMenuReading } from './boot-menu.ts';

/**
 * Where the menu of now or of a pending `next_entry` goes on unseen, each place once. That the default is not known goes
 * without saying where entries may be missing.
 */
export function unseenParts(
  { lasting, next }: Extract<BootMenuReading, { readonly ok: true }>,
  others: readonly UnseenPart[],
): readonly UnseenPart[] {
  const parts = [...[...lasting.problems, ...next.problems].flatMap(unseenPart), ...others];
  const byPlace = new Map<string, UnseenPart>();
  const hidesEntries = parts.some((part) => part.hidesEntries);
  for (const part of parts) {
    if (hidesEntries && part.code === 'default-unknown') continue;
    const { path, offset } = part.place;
    const key = `${part.code} ${offset} ${part.hidesEntries} ${path}`;
    if (!byPlace.has(key)) byPlace.set(key, part);
  }
  return [...byPlace.values()];
}

/** A block that isn't there, or that GRUB would not load either, leaves nothing unseen; a menu without an end is none. */
function unseenPart({ code, place, detail, hidesEntries }: MenuProblem): readonly UnseenPart[] {
  if (code === 'environment-unreadable' || code === 'too-many-commands') return [];
  return [{ code, place, found: detail, hidesEntries }];
}
