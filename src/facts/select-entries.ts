import type { BootEntry } from './boot-entry.ts';
import type { BootMenuFacts } from './boot-menu-facts.ts';

/**
 * The entries that `--entries` names: `normal`, `default`, `all` (the way back included, other systems never), or one
 * title or id, or the normal entries of one kernel release. Empty where nothing has that name.
 */
export function selectEntries(entries: readonly BootEntry[], which: string): readonly BootEntry[] {
  const ours = entries.filter(({ kind }) => kind !== 'foreign' && kind !== 'unknown-kernel');
  if (which === 'normal') return ours.filter(({ kind }) => kind === 'normal');
  if (which === 'default') return ours.filter(({ isDefault }) => isDefault);
  if (which === 'all') return ours;
  const isNamed = ({ title, id }: BootEntry) => which === title || which === id;
  return ours.filter((entry) => isNamed(entry) || (entry.release === which && entry.kind === 'normal'));
}

/** Whether a change to these entries is also meant for kernels still to come. */
export function coversLaterKernels(which: string): boolean {
  return which === 'normal' || which === 'all';
}

/**
 * The entries of all menus as one list: an entry file that two configurations read is one entry, and the default is
 * that of the first configuration.
 */
export function entriesOfAll(menus: readonly BootMenuFacts[]): readonly BootEntry[] {
  const files = new Set<string>();
  const all: BootEntry[] = [];
  for (const [index, { entries }] of menus.entries()) {
    for (const entry of entries) {
      const paths = entry.lines.flatMap(({ format, path }) => (format === 'loader-entry' ? [path] : []));
      if (paths.some((path) => files.has(path))) continue;
      for (const path of paths) files.add(path);
      all.push(index === 0 ? entry : { ...entry, isDefault: false, isNext: false });
    }
  }
  return all;
}
