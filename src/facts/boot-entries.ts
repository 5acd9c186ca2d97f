import type { BootEntriesReading } from './boot-entry.ts';
import { readBootMenu } from './boot-menu.ts';
import type { BootSources } from './boot-sources.ts';
import { grubEntries } from './grub-entries.ts';
import { lastAnswer } from './last-answer.ts';
import { readSystemdBootEntries } from './systemd-boot-entries.ts';

/** Every Linux entry of the menu in its order, submenus included, with the one that boots marked. */
export const readBootEntries = lastAnswer((sources: BootSources): BootEntriesReading => {
  return sources.kind === 'grub2'
    ? grubEntries(sources, readBootMenu(sources))
    : readSystemdBootEntries(sources);
});
