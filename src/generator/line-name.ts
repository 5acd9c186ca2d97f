import type { LaterLine } from './later-line.ts';

/** `grub-mkconfig (recovery)`: how a line is called where it is spoken of. */
export function lineName({ by, kind, entry }: LaterLine): string {
  return `${by} (${kind === 'literal' && entry !== undefined ? entry.title : kind})`;
}

/** What is not known of a line because of this system's files, not only of the disk that grub-mkconfig asks. */
export function unknownInFiles({ unknown }: LaterLine): LaterLine['unknown'] {
  return unknown.filter(({ from }) => !from.startsWith('/etc/grub.d/') && !from.startsWith('/proc/'));
}
