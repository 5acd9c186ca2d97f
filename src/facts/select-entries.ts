import type { BootEntry } from './boot-entry.ts';
import type { BootMenuFacts } from './boot-menu-facts.ts';
import type { EntryKind } from './entry-kind.ts';

/**
 * The entries that `--entries` names: `normal`, `default`, `all` (the way back included, other systems never), or one
 * title or id, or the normal entries of one kernel release or image, or one place in the menu, counted from 0 as grubby(8) does.
 * Empty where nothing has that name.
 */
export function selectEntries(entries: readonly BootEntry[], which: string): readonly BootEntry[] {
  const ours = entries.filter(({ kind }) => !NEVER_OURS.includes(kind));
  if (which === 'normal') return ours.filter(({ kind }) => kind === 'normal');
  if (which === 'default') return ours.filter(({ isDefault }) => isDefault);
  if (which === 'all') return ours;
  const isNamed = ({ title, id }: BootEntry) => which === title || which === id;
  const named = ours.filter((entry) => isNamed(entry) || isKernel(entry, which));
  if (named.length > 0 || !/^\d+$/.test(which)) return named;
  const placed = entries[Number(which)];
  return ours.filter((entry) => entry === placed);
}

/** By its release, or by the image as the loader names it or as the running system does (/boot in front, or a device). */
function isKernel({ release, image, kind }: BootEntry, which: string): boolean {
  if (release === which) return kind === 'normal';
  const path = image.replace(/^\([^)]*\)/, '');
  const isPath = which.startsWith('/') && path.startsWith('/');
  return kind !== 'recovery' && isPath && (path.endsWith(which) || which.endsWith(path));
}

/** What `--entries` can name of these entries. */
export function entryNames(entries: readonly BootEntry[]): readonly string[] {
  const names = entries.flatMap(({ title, id, release }) => [
    title,
    id,
    ...(release === undefined ? [] : [release]),
  ]);
  return ['normal', 'default', 'all', ...new Set(names)];
}

/** Entries whose words stay as they are whatever is named: other systems', those without a kernel, and a trial's. */
const NEVER_OURS: readonly EntryKind[] = ['foreign', 'unknown-kernel', 'trial'];

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

/** The entry that boots next when nobody touches the keyboard: a pending `next_entry`, else the default one. */
export function nextEntry(entries: readonly BootEntry[]): BootEntry | undefined {
  return entries.find(({ isNext }) => isNext) ?? entries.find(({ isDefault }) => isDefault);
}
