import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Boots of a tree, as /proc/sys/kernel/random/boot_id names them. */
export const FIRST_BOOT = '11111111-2222-3333-4444-555555555555';
export const SECOND_BOOT = '66666666-7777-8888-9999-aaaaaaaaaaaa';

/** Have a tree say which boot it was recorded in, and with which words. */
export function running(root: string, bootId: string, words: readonly string[]): void {
  mkdirSync(join(root, 'proc/sys/kernel/random'), { recursive: true });
  writeFileSync(join(root, 'proc/sys/kernel/random/boot_id'), `${bootId}\n`);
  writeFileSync(join(root, 'proc/cmdline'), `BOOT_IMAGE=/vmlinuz ${words.join(' ')}\n`);
}

/** What GRUB makes of its block when it boots the entry of the trial. */
export function clearNextEntry(root: string, block: string): void {
  const path = join(root, block);
  const text = readFileSync(path, 'latin1').replace('next_entry=~a-bootmend-trial\n', 'next_entry=\n');
  writeFileSync(path, text.padEnd(1024, '#'), 'latin1');
}
