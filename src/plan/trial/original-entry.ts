import type { BootEntry } from '../../facts/boot-entry.ts';
import type { BootMenuFacts } from '../../facts/boot-menu-facts.ts';

/** The entry that a trial copies: the one that boots when nobody touches the keyboard. */
export function originalEntry({ entries }: BootMenuFacts): BootEntry | undefined {
  return entries.find(({ isDefault, kind }) => isDefault && kind !== 'trial');
}
