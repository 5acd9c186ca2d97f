import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyFixture, runCli } from './run-cli.ts';

const UUID = 'd83f1b6a-4e70-49c5-8b2d-f61c07a95e34';
const CONFIG = 'boot/grub/grub.cfg';
const READS_ONLY = 0;
const REFUSED = 3;
const UNCHANGED_BY_DRY_RUN = 0;

function withScript(before: string, after = ''): string {
  const root = copyFixture('debian-12');
  const path = join(root, CONFIG);
  writeFileSync(path, `${before}${readFileSync(path, 'latin1')}${after}`, 'latin1');
  return root;
}

function messagesOf(words: readonly string[], root: string) {
  const { exitCode, stdout } = runCli([...words, '--root', root, '--json']);
  const { messages } = JSON.parse(stdout) as { messages: { code: string; data: Record<string, unknown> }[] };
  const unseen = messages.filter(({ code }) => /menu-(?:entries-)?unseen$/.test(code));
  return { exitCode, unseen: unseen.map(({ code, data }) => [code, data['unseen'], data['line']]) };
}

test.each([
  ['eval', 'set x=b\neval "$x"\n', 'config-not-evaluated', 2],
  ['a menu in another language', 'legacy_source /boot/menu.lst\n', 'config-not-evaluated', 1],
  ["another device's file", 'source (hd1)/x.cfg\n', 'config-unknown', 1],
  ['a file that only GRUB finds', 'configfile $cmdpath/x.cfg\n', 'config-unknown', 1],
])('%s may bring entries: said when looking, refused when changing', (_, script, unseen, line) => {
  const root = withScript(script);
  const said = ['warning.menu-entries-unseen', unseen, line];
  expect(messagesOf(['status'], root)).toEqual({ exitCode: READS_ONLY, unseen: [said] });
  expect(messagesOf(['audit'], root).unseen).toEqual([said]);
  const refused = messagesOf(['set', 'nosmt', '--dry-run'], root);
  expect(refused).toEqual({ exitCode: REFUSED, unseen: [['error.menu-entries-unseen', unseen, line]] });
});

test.each([
  ['an environment block elsewhere', 'load_env -f (hd1)/grubenv theme\n', '', 'environment-unknown'],
  ['a default from such a block', '', '\nload_env -f (hd1)/grubenv default\n', 'default-unknown'],
  ['a file that is not there', 'source /boot/none.cfg\n', '', 'config-unreadable'],
  [
    'eval in an entry',
    '',
    "menuentry 'x' {\neval y\nlinux /boot/vmlinuz-6.1.0-40-amd64 ro\n}\n",
    'config-not-evaluated',
  ],
])('%s hides no entry: said, and no reason to refuse', (_, before, after, unseen) => {
  const root = withScript(before, after);
  const said = messagesOf(['status'], root).unseen.map(([code, part]) => [code, part]);
  expect(said).toContainEqual(['warning.menu-unseen', unseen]);
  expect(messagesOf(['set', 'nosmt', '--dry-run'], root)).toEqual({
    exitCode: UNCHANGED_BY_DRY_RUN,
    unseen: [],
  });
});

test('a default entry that only leads to another configuration is said, and nothing is changed', () => {
  const root = withScript("menuentry 'Other' {\nconfigfile /boot/other.cfg\n}\nset default=0\n");
  const config = join(root, CONFIG);
  writeFileSync(config, `${readFileSync(config, 'latin1')}\nset default=0\n`, 'latin1');
  expect(messagesOf(['status'], root).unseen).toEqual([
    ['warning.menu-entries-unseen', 'default-leads-elsewhere', 1],
  ]);
  expect(messagesOf(['set', 'nosmt', '--dry-run'], root).exitCode).toBe(REFUSED);
});

test.each(['r=$root', '/boot/vm*', 'k=$k'])(
  'a word of the default entry that only GRUB knows is said: %s',
  (word) => {
    const line = `regexp --set 1:k '(x)' x\nlinux /boot/vmlinuz-6.1.0-40-amd64 root=UUID=${UUID} ro ${word}`;
    const root = withScript(`menuentry 'x' {\nsearch --fs-uuid --set=root ${UUID}\n${line}\n}\n`);
    expect(messagesOf(['status'], root).unseen).toEqual([['warning.menu-unseen', 'word-unknown', 4]]);
    expect(messagesOf(['set', 'nosmt', '--dry-run'], root).exitCode).toBe(UNCHANGED_BY_DRY_RUN);
  },
);

test.each([
  ['superusers', 'set superusers=root\n', '', true],
  ['superusers, and users of the entry’s own', 'set superusers=root\n', '--users alice ', true],
  ['superusers, but the entry is for everybody', 'set superusers=root\n', '--unrestricted ', false],
  ['users, but no superusers', '', '--users alice ', false],
])('an entry that boots only with a password is told: %s', (_, before, options, isTold) => {
  const line = `linux /boot/vmlinuz-6.1.0-40-amd64 root=UUID=${UUID} ro`;
  const root = withScript(`${before}menuentry 'x' ${options}{\n${line}\n}\n`);
  const codes = messagesOf(['status'], root).unseen.map(([, code]) => code);
  expect(codes.includes('default-asks-password')).toBe(isTold);
  expect(messagesOf(['set', 'nosmt', '--dry-run'], root).exitCode).toBe(UNCHANGED_BY_DRY_RUN);
});

test('an endless loop in front of the menu is refused by its place', () => {
  const { exitCode, stdout } = runCli([
    'status',
    '--json',
    '--root',
    withScript('while true; do true; done\n'),
  ]);
  expect(exitCode).toBe(REFUSED);
  expect(JSON.parse(stdout).messages).toMatchObject([
    { code: 'error.config-not-parsed', data: { problem: 'too-many-commands', line: 1 } },
  ]);
});
