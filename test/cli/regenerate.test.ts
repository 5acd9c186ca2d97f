import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { canEnter, makeEnterable } from '../host/enterable-root.ts';
import { isRoot } from '../host/mounted.ts';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const CONFIG = '/boot/grub/grub.cfg';

/** Makes a grub.cfg as 10_linux does, from the words of the defaults file; `/menu.sed` is what else is pending. */
const MKCONFIG = `#!/bin/busybox sh
. /etc/default/grub 2> /dev/null
[ ! -e /fails ] || { echo 'no device for /' >&2; exit 1; }
/bin/busybox sed "s/ro  quiet$/ro  $GRUB_CMDLINE_LINUX_DEFAULT/" ${CONFIG} | /bin/busybox sed -f /menu.sed
`;

/** A Debian whose grub-mkconfig runs in it; Debian's own is run in test/boot/regenerate.slow.test.ts. */
function enterableRoot(pending: string): string {
  const root = copyFixture('debian-12');
  makeEnterable(root, ['usr/sbin', 'dev', 'proc', 'sys', 'tmp']);
  writeFileSync(join(root, 'usr/sbin/grub-mkconfig'), MKCONFIG);
  chmodSync(join(root, 'usr/sbin/grub-mkconfig'), 0o755);
  writeFileSync(join(root, 'menu.sed'), pending);
  return root;
}

function regenerate(root: string, ...words: readonly string[]) {
  const { exitCode, stdout } = runCli(['set', 'nosmt', '--regenerate', '--json', '--root', root, ...words]);
  const { outcome, messages, plan } = JSON.parse(stdout);
  const codes: readonly string[] = messages
    .map(({ code }: { code: string }) => code)
    .filter((code: string) => code.includes('regenerate'));
  return { exitCode, outcome, codes, messages, plan };
}

describe.runIf(canEnter)('what grub-mkconfig makes', () => {
  test('is written where it is the plan, and made again it is the same', () => {
    const root = enterableRoot('');
    const before = treeOf(root);
    expect(regenerate(root, '--yes')).toMatchObject({ exitCode: 0, outcome: 'applied', codes: [] });
    const after = treeOf(root);
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed).toEqual([CONFIG, '/etc/default/grub']);
    expect(after[CONFIG]?.match(/ro {2}quiet nosmt$/gm)).toHaveLength(3);
    expect(regenerate(root, '--yes')).toMatchObject({ exitCode: 0, outcome: 'unchanged' });
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)).toEqual(before);
  });

  const TOLD: readonly [name: string, pending: string, codes: readonly string[]][] = [
    ['text around the entries', 's/timeout=5/timeout=17/', []],
    ['words of recovery entries', 's/ro single/ro single nomodeset/', ['warning.regenerate-entry-words']],
    ['an entry that goes', "/^\\tmenuentry.*6.1.0-39-amd64' /,/^\\t}/d", ['warning.regenerate-entry-went']],
    [
      'an entry that is called otherwise',
      "s/'Debian GNU.Linux, with Linux 6.1.0-39-amd64'/'Old'/",
      ['warning.regenerate-entry-went', 'warning.regenerate-entry-came'],
    ],
  ];

  test.each(TOLD)('may bring more, which is told: %s', (_, pending, codes) => {
    const root = enterableRoot(pending);
    const told = ['warning.regenerate-more', ...codes];
    const dry = regenerate(root, '--dry-run');
    expect({ ...dry, codes: [...new Set(dry.codes)] }).toMatchObject({ outcome: 'planned', codes: told });
    expect(regenerate(root, '--yes')).toMatchObject({ exitCode: 0, outcome: 'applied' });
  });

  const REFUSED: readonly [name: string, pending: string, code: string, data: string][] = [
    [
      'the root file system by another name',
      's/UUID=d83f1b6a/UUID=0000aaaa/',
      'root-words',
      'root=UUID=0000aaaa',
    ],
    ['another default', 's/set default="0"/set default="1>2"/', 'other-default', '6.1.0-39-amd64'],
  ];

  test.each(REFUSED)('is refused, but by force: %s', (_, pending, code, shown) => {
    const root = enterableRoot(pending);
    const before = treeOf(root);
    const refused = regenerate(root, '--yes');
    expect(refused).toMatchObject({ exitCode: 3, outcome: 'refused', codes: [`error.regenerate-${code}`] });
    expect(refused.messages.at(-1).text).toContain(shown);
    expect(treeOf(root)).toEqual(before);
    expect(regenerate(root, '--yes', '--force')).toMatchObject({ exitCode: 0, outcome: 'applied' });
  });

  const UNUSABLE: readonly [name: string, pending: string, code: string][] = [
    ['the words are missing', 's/ nosmt//', 'error.regenerate-goal-missed'],
    ['GRUB could not read it', '$a menuentry {', 'error.regenerate-not-parsed'],
    ['it has no entry', '/./d', 'error.regenerate-no-entry'],
  ];

  test.each(UNUSABLE)('is never written where %s', (_, pending, code) => {
    const root = enterableRoot(pending);
    const before = treeOf(root);
    expect(regenerate(root, '--yes', '--force')).toMatchObject({ exitCode: 3, codes: [code] });
    expect(treeOf(root)).toEqual(before);
  });

  test('is not made where the tree’s program can’t be confined, but by force', () => {
    const root = enterableRoot('');
    const programs = mkdtempSync(join(tmpdir(), 'bootmend-programs-'));
    writeFileSync(join(programs, 'bwrap'), '#!/bin/sh\necho no namespaces here >&2; exit 1\n', {
      mode: 0o755,
    });
    vi.stubEnv('PATH', `${programs}:${process.env['PATH']}`);
    const refused = regenerate(root, '--dry-run');
    expect(refused).toMatchObject({ exitCode: 3, codes: ['error.regenerate-no-sandbox'] });
    expect(refused.messages.at(-1).text).toContain('no namespaces here');
    expect(regenerate(root, '--yes', '--force')).toMatchObject({ exitCode: 0, outcome: 'applied' });
    vi.unstubAllEnvs();
    rmSync(programs, { recursive: true });
  });

  test('does not come about where the program fails: its last line says why', () => {
    const root = enterableRoot('');
    writeFileSync(join(root, 'fails'), '');
    const failed = regenerate(root, '--yes');
    expect(failed).toMatchObject({ exitCode: 1, outcome: 'refused', codes: ['error.regenerate-failed'] });
    expect(failed.messages.at(-1).text).toContain('no device for /');
    expect(readFileSync(join(root, CONFIG), 'latin1')).not.toContain('nosmt');
  });
});

const NOT_OFFERED: readonly [fixture: string, program: string | undefined, code: string][] = [
  ['centos-7.3', undefined, 'error.regenerate-no-program'],
  ['rocky-8', 'grub2-mkconfig', 'error.regenerate-writes-more'],
  ['fedora', 'grub2-mkconfig', 'error.regenerate-writes-more'],
  ['systemd-boot', undefined, 'error.regenerate-no-grub'],
];

test.runIf(isRoot).each(NOT_OFFERED)('%s with %s: the way without it is named', (fixture, program, code) => {
  const root = copyFixture(fixture);
  if (program !== undefined) {
    mkdirSync(join(root, 'usr/sbin'), { recursive: true });
    writeFileSync(join(root, 'usr/sbin', program), '');
  }
  const before = treeOf(root);
  expect(regenerate(root, '--yes', '--force')).toMatchObject({
    exitCode: 3,
    outcome: 'refused',
    codes: [code],
  });
  expect(treeOf(root)).toEqual(before);
});
