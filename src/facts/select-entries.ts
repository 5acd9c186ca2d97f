import type { BootEntry } from './boot-entry.ts';

/**
 * The entries that `--entries` names: `normal`, `default`, `all` (the way back included, other systems never), or one
 * title, id or kernel release. Empty where nothing has that name.
 */
export function selectEntries(entries: readonly BootEntry[], which: string): readonly BootEntry[] {
  const ours = entries.filter(({ kind }) => kind !== 'foreign' && kind !== 'unknown-kernel');
  if (which === 'normal') return ours.filter(({ kind }) => kind === 'normal');
  if (which === 'default') return ours.filter(({ isDefault }) => isDefault);
  if (which === 'all') return ours;
  return ours.filter(({ title, id, release }) => which === title || which === id || which === release);
}

/** Whether a change to these entries is also meant for kernels still to come. */
export function coversLaterKernels(which: string): boolean {
  return which === 'normal' || which === 'all';
}
