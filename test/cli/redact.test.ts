import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const GRUB_CFG = '/boot/grub2/grub.cfg';
const DEFAULTS = '/etc/default/grub';
const SECRETS = /hunter2|10\.9\.8\.7|s3cr3t/;

/** A host whose boot files hold secrets in every way of quoting. */
function hostWithSecrets(): string {
  const root = copyFixture('centos-7.3-dead-word');
  const edit = (path: string, change: (text: string) => string) => {
    const file = join(root, path);
    writeFileSync(file, change(readFileSync(file, 'latin1')), 'latin1');
  };
  edit(GRUB_CFG, (text) =>
    text.replaceAll(
      ' ro ',
      ` ro rd.luks.key=/hunter2 "rd.iscsi.password=hunter2 hunter2" ip=10.9.8.7::: x='a b' `,
    ),
  );
  edit(DEFAULTS, (text) =>
    text.replace('rhgb', 'cryptkey=\\"hunter2 hunter2\\" netroot=iscsi:u:hunter2@10.9.8.7::::t rhgb'),
  );
  return root;
}

test.each([
  { words: ['status', '-v'] },
  { words: ['audit'] },
  { words: ['fix', '--dry-run', '-v'] },
  { words: ['set', 'rd.luks.key=/s3cr3t', '--dry-run', '--force'] },
  { words: ['set', 'rd.luks.key=/s3cr3t', '--dry-run'] },
  { words: ['set', 'api_token=s3cr3t two', 'systemd.setenv=DB_PASSWORD=s3cr3t', '--dry-run'] },
  { words: ['unset', 'rd.luks.key', 'ip', '--dry-run', '--force'] },
  { words: ['probe', 'api_token=s3cr3t', 'rd.luks.key=s3cr3t two'] },
  { words: ['--nope', 'status', 'api_token=s3cr3t'] },
  { words: ['fix', '--yes'] },
])(
  '$words with --redact: no secret on stdout and stderr, as text and as JSON, in both languages',
  ({ words }) => {
    for (const more of [[], ['--json'], ['--lang', 'zh-CN']]) {
      const root = hostWithSecrets();
      const { stdout, stderr } = runCli([...words, ...more, '--redact', '--root', root]);
      expect(stdout + stderr).not.toMatch(SECRETS);
      expect(stdout + stderr).not.toBe('');
      if (more[0] === '--json' && stdout !== '') JSON.parse(stdout);
    }
  },
);

test('without --redact they are shown, and what is written and kept is the same with it', () => {
  const plain = hostWithSecrets();
  const redacted = hostWithSecrets();
  expect(runCli(['fix', '--yes', '--root', plain]).stdout).toMatch(SECRETS);
  expect(runCli(['fix', '--yes', '--redact', '--root', redacted]).exitCode).toBe(0);
  expect(treeOf(redacted)).toEqual(treeOf(plain));
  expect(treeOf(redacted)[GRUB_CFG]).toContain('rd.luks.key=/hunter2');
  const [before] = [treeOf(hostWithSecrets())];
  expect(runCli(['rollback', '--yes', '--redact', '--root', redacted]).exitCode).toBe(0);
  expect(treeOf(redacted)).toEqual(before);
});

test('a hidden word is named, and a change of it alone is still seen', () => {
  const root = hostWithSecrets();
  const { stdout } = runCli(['set', 'cryptkey=s3cr3t', '--force', '--dry-run', '--redact', '--root', root]);
  expect(stdout).toMatch(/^-GRUB_CMDLINE_LINUX=.* cryptkey=… netroot=… rhgb/m);
  expect(stdout).toMatch(/^\+GRUB_CMDLINE_LINUX=.* cryptkey=… netroot=… rhgb/m);
});
