import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { counted } from '../../oracle/missing.ts';
import { runGrub } from '../../oracle/run-grub.ts';
import { fixtureHost, tryOn } from './tried-host.ts';

const grub214 = process.env['BOOTMEND_GRUB_EMU_2_14'] ?? '';
const hasGrub214 = counted(
  grub214 !== '',
  'GRUB 2.14: BOOTMEND_GRUB_EMU_2_14, as test/oracle/fetch-grub-2.14.sh prints it',
);

const ENTRIES = '/boot/loader/entries';
/** What GRUB 2.14 boots of a fixture's entry files with the trial's among them: its title. */
async function bootedTitle(fixture: string, choice: string): Promise<string | undefined> {
  const host = await fixtureHost(fixture);
  const { plan } = await tryOn(host, ['example=1']);
  const listed = await host.list(ENTRIES);
  const files = new Map<string, string>();
  for (const name of listed.ok ? listed.names : []) {
    const read = await host.read(`${ENTRIES}/${name}`);
    if (read.ok) files.set(name, read.bytes.toString('latin1'));
  }
  const [trial] = plan?.edits ?? [];
  files.set(trial?.path.slice(ENTRIES.length + 1) ?? '', trial?.after ?? '');
  const script = `set timeout=0\nset default=${choice}\nblscfg --path @DIR@/entries\n`;
  const output = await runGrub(grub214, script, /Booting `[^']*'/, async (directory) => {
    await mkdir(join(directory, 'entries'));
    for (const [name, text] of files) await writeFile(join(directory, 'entries', name), text, 'latin1');
  });
  // The terminal breaks long lines.
  return /Booting `([^']*)'/.exec(output)?.[1]?.replaceAll(/\s+/g, ' ');
}

describe.runIf(hasGrub214)('entry files that GRUB 2.14 reads', () => {
  test.each(['amazon-2023', 'rocky-8', 'rocky-9', 'fedora'])(
    '%s: it boots the trial by its name, and something else as the first of the menu',
    async (fixture) => {
      const { trial } = await tryOn(await fixtureHost(fixture), ['example=1']);
      expect(await bootedTitle(fixture, '~a-bootmend-trial')).toBe(trial?.title);
      const first = await bootedTitle(fixture, '0');
      expect(first).toBeDefined();
      expect(first).not.toContain('trial');
    },
  );
});
