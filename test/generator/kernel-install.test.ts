import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { factsWithTexts } from '../../src/facts/facts-with-texts.ts';
import type { HostFacts } from '../../src/facts/gather.ts';
import { laterLines } from '../../src/generator/later-lines.ts';
import { corpusFiles } from '../oracle/corpus.ts';
import { counted } from '../oracle/missing.ts';
import { factsOf } from './facts-of.ts';

/** systemd's own plug-in, which writes the entry of a new kernel. */
const PLUGIN = '/usr/lib/kernel/install.d/90-loaderentry.install';
const CMDLINE = '/etc/kernel/cmdline';
const MACHINE = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

/** The options of the entry that the plug-in writes with this /etc/kernel/cmdline. */
function writtenOptions(cmdline: string, token: string): string {
  const place = mkdtempSync(join(tmpdir(), 'bootmend-kernel-install-'));
  try {
    const entryDirectory = join(place, 'boot', token, '6.1.0');
    mkdirSync(entryDirectory, { recursive: true });
    mkdirSync(join(place, 'staging'));
    mkdirSync(join(place, 'conf'));
    writeFileSync(join(place, 'conf/cmdline'), cmdline, 'latin1');
    writeFileSync(join(place, 'vmlinuz'), 'kernel');
    const { status, stderr } = spawnSync(
      'sh',
      [PLUGIN, 'add', '6.1.0', entryDirectory, join(place, 'vmlinuz')],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'] ?? '',
          KERNEL_INSTALL_LAYOUT: 'bls',
          KERNEL_INSTALL_MACHINE_ID: MACHINE,
          KERNEL_INSTALL_ENTRY_TOKEN: token,
          KERNEL_INSTALL_BOOT_ROOT: join(place, 'boot'),
          KERNEL_INSTALL_CONF_ROOT: join(place, 'conf'),
          KERNEL_INSTALL_STAGING_AREA: join(place, 'staging'),
          KERNEL_INSTALL_VERBOSE: '0',
        },
      },
    );
    expect(status, stderr).toBe(0);
    const directory = join(place, 'boot/loader/entries');
    const [name = ''] = readdirSync(directory);
    const text = readFileSync(join(directory, name), 'latin1');
    return /^options +(.*)$/m.exec(text)?.[1] ?? '';
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const FILES: readonly (readonly [name: string, text: string])[] = [
  ['one line', 'root=/dev/vda2 rw quiet\n'],
  ['several lines', 'root=/dev/vda2\n  rw\tquiet\n\nnosmt\n'],
  ['no newline', 'root=/dev/vda2 rw'],
  ['a quoted value', 'root=/dev/vda2 dyndbg="file a.c +p" quiet\n'],
  ['the machine’s id', `root=/dev/vda2 systemd.machine_id=${MACHINE}\n`],
  ...corpusFiles('kernel-cmdline').map(({ name, text }) => [name, text] as const),
];

const baseFacts = (token: string): Promise<HostFacts> =>
  factsOf('systemd-boot', {
    '/etc/machine-id': `${MACHINE}\n`,
    [CMDLINE]: 'rw\n',
    [`/boot/loader/entries/${token}-6.1.0.conf`]: 'title A\nlinux /vmlinuz-linux\noptions rw\n',
  });

describe.runIf(counted(existsSync(PLUGIN), PLUGIN)).each(['debian', MACHINE])(
  'the entry token %s',
  (token) => {
    let base: HostFacts;
    beforeAll(async () => {
      base = await baseFacts(token);
    });

    test.each(FILES)('kernel-install writes the words that were predicted: %s', (_, cmdline) => {
      const facts = factsWithTexts(base, new Map([[CMDLINE, cmdline]]));
      const line = laterLines(facts).find(({ by }) => by === 'kernel-install');
      if (facts.kernelCmdline.kind === 'not-parsed') expect(line?.unknown.length).toBe(1);
      else expect(line?.words.map(({ text }) => text).join(' ')).toBe(writtenOptions(cmdline, token).trim());
    });
  },
);
