import { expect, test } from 'vitest';
import { hasProgram } from '../../oracle/available.ts';
import { runGrubEmu } from '../../oracle/grub-emu.ts';
import { fixtureHost, tryOn, wordsOf } from './tried-host.ts';

/** Fixtures whose entries stand in scripts, with the command that loads the kernel. */
const scripts: readonly (readonly [fixture: string, command: string])[] = [
  ['amazon-2', 'linux16'],
  ['arch', 'linux'],
  ['centos-7.3', 'linux16'],
  ['centos-7.9', 'linuxefi'],
  ['debian-9', 'linux'],
  ['debian-12', 'linux'],
  ['ubuntu-22.04', 'linux'],
];

const END = '<END>';

/**
 * What real GRUB hands to the kernel when the menu runs with the trial's file behind it, as the generated configuration takes
 * it in, and with this in its environment.
 */
async function bootedWords(fixture: string, command: string, nextEntry: string): Promise<readonly string[]> {
  const host = await fixtureHost(fixture);
  const { plan, trial } = await tryOn(host, ['example=1']);
  const [entry] = plan?.edits ?? [];
  const directory = entry?.path.slice(0, entry.path.lastIndexOf('/')) ?? '';
  const read = await host.read(`${directory}/grub.cfg`);
  const config = read.ok ? read.bytes.toString('latin1') : '';
  const loader = `function ${command} {\n  echo "@BOOT@"\n  for word in "$@"; do echo "@$word@"; done\n  echo "${END}"\n  exit\n}\n`;
  const variables = `set saved_entry='${(await savedEntry(host, directory)) ?? ''}'\nset next_entry='${nextEntry}'\n`;
  const choice = 'unset superusers\nterminal_output console\nset timeout=0\nset timeout_style=menu\n';
  const output = await runGrubEmu(
    `${loader}${variables}${config}\n${entry?.after}\n${choice}`,
    new RegExp(END),
  );
  expect(trial?.isNext).toBe(true);
  const shown = output.slice(output.indexOf('@BOOT@') + '@BOOT@'.length).replaceAll('\n', '');
  return [...shown.matchAll(/@([^@]*)@/g)].map(([, word = '']) => word).slice(1);
}

async function savedEntry(host: Awaited<ReturnType<typeof fixtureHost>>, directory: string) {
  const block = await host.read(`${directory}/grubenv`);
  const text = block.ok ? block.bytes.toString('latin1') : '';
  return /^saved_entry=(.*)$/m.exec(text)?.[1];
}

test.runIf(hasProgram('grub-emu')).each(scripts)(
  '%s: GRUB boots the trial where next_entry names it, and the old words where it does not',
  async (fixture, command) => {
    const { trial } = await tryOn(await fixtureHost(fixture), ['example=1']);
    expect(await bootedWords(fixture, command, '~a-bootmend-trial')).toEqual(wordsOf(trial));
    const old = await bootedWords(fixture, command, '');
    expect(old.length).toBeGreaterThan(2);
    expect(old).not.toContain('example=1');
  },
);
