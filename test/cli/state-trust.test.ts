import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canMount, isRoot } from '../host/mounted.ts';
import { commandLine, copyFixture, runCli, treeOf } from './run-cli.ts';
import { withUnfinishedChange } from './unfinished-tree.ts';

const STRANGER = 4711;
const STATE = 'var/lib/bootmend';
const BACKUPS = `${STATE}/backups`;

describe('a change that was cut short', () => {
  test.each([['set', 'quiet'], ['fix'], ['rollback']])(
    'is shown by a dry run and by a run without leave, and left alone: %s',
    (...words) => {
      const root = withUnfinishedChange();
      const before = treeOf(root);
      for (const leave of [['--dry-run'], [], ['--json']]) {
        const { stdout, stderr } = runCli([...words, ...leave, '--root', root]);
        expect(stderr + stdout).toMatch(/A change of \/.* was cut short \(backup 2/);
      }
      expect(treeOf(root)).toEqual(before);
      expect(existsSync(join(root, STATE, 'journal-undo.json'))).toBe(true);
      expect(runCli([...words, '--yes', '--root', root]).stderr).toContain('was undone first');
    },
  );
});

describe.runIf(isRoot)('a tree of another user', () => {
  test('is said to be one, where there is state in it that is used', () => {
    const root = copyFixture('centos-7.3');
    chownSync(root, STRANGER, STRANGER);
    expect(runCli(['set', 'nosmt', '--yes', '--root', root]).stderr).not.toContain('belongs to user');
    for (const words of [['set', 'quiet', '--dry-run'], ['rollback', '--dry-run'], ['status'], ['backups']]) {
      expect(runCli([...words, '--root', root]).stderr).toContain(`${root} belongs to user ${STRANGER}`);
    }
  });

  test.each([
    { words: ['set', 'quiet', '--yes'] },
    { words: ['rollback', '--yes'] },
    { words: ['rollback', '--dry-run'] },
    { words: ['backups'] },
  ])('whose state is theirs: nothing of it is used: $words', ({ words }) => {
    const root = withUnfinishedChange();
    spawnSync('chown', ['-R', `${STRANGER}:${STRANGER}`, root]);
    const before = treeOf(root);
    const { exitCode, stderr } = runCli([...words, '--root', root]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(
      /\/var\/lib\/bootmend\S* is what bootmend would go by, and it belongs to somebody else \(user 4711\)/,
    );
    expect(treeOf(root)).toEqual(before);
  });
});

describe('a backup that can’t be used is never passed over in silence', () => {
  const spoil = (text: string) => {
    const root = copyFixture('centos-7.3');
    const original = treeOf(root);
    runCli(['set', 'nosmt', '--yes', '--root', root]);
    runCli(['set', 'nopti', '--yes', '--root', root]);
    const [, newest = ''] = readdirSync(join(root, BACKUPS)).sort();
    writeFileSync(join(root, BACKUPS, newest, 'manifest.json'), text);
    return { root, newest, original };
  };

  test('the newest one damaged: named, exit 3; passed over by force', () => {
    const { root, newest, original } = spoil('noise');
    for (const words of [['rollback'], ['rollback', 'latest'], ['rollback', 'first']]) {
      const { exitCode, stderr } = runCli([...words, '--yes', '--root', root]);
      expect([exitCode, stderr]).toEqual([3, expect.stringContaining(`Backup ${newest}`)]);
      expect(stderr).not.toContain('nothing to undo');
    }
    const forced = runCli(['rollback', '--force', '--yes', '--root', root]);
    expect([forced.exitCode, forced.stderr]).toEqual([0, expect.stringContaining('passed over')]);
    expect(treeOf(root)).toEqual(original);
  });

  test('the newest one of a newer bootmend: named, exit 3, whatever was forced', () => {
    const { root, newest } = spoil('{"version":7}');
    const before = treeOf(root);
    for (const more of [[], ['--force']]) {
      const { exitCode, stderr } = runCli(['rollback', ...more, '--yes', '--root', root]);
      expect([exitCode, stderr]).toEqual([
        3,
        expect.stringMatching(`${newest} was written by a newer bootmend`),
      ]);
    }
    expect(treeOf(root)).toEqual(before);
    expect(runCli(['backups', '--root', root]).stderr).toContain('newer bootmend');
  });

  test('a name whose date is none stops no change', () => {
    const root = copyFixture('centos-7.3');
    mkdirSync(join(root, BACKUPS, '20269999T999999Z-00000000'), { recursive: true, mode: 0o700 });
    expect(runCli(['set', 'nosmt', '--yes', '--root', root]).exitCode).toBe(0);
    const { exitCode, stderr } = runCli(['backups', '--root', root]);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('20269999T999999Z-00000000')]);
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(3);
    expect(runCli(['rollback', '--force', '--yes', '--root', root]).exitCode).toBe(0);
  });
});

describe('the guards of a rollback hold with --force', () => {
  test('an entry file whose kernel and initrd are gone does not come back (EL9)', () => {
    const root = copyFixture('rocky-9');
    runCli(['set', 'nosmt', '--yes', '--root', root]);
    const gone = '5.14.0-427.13.1.el9_4.x86_64';
    const entries = join(root, 'boot/loader/entries');
    for (const directory of [join(root, 'boot'), entries]) {
      for (const name of readdirSync(directory)) if (name.includes(gone)) rmSync(join(directory, name));
    }
    const before = treeOf(root);
    const { exitCode, stderr } = runCli(['rollback', '--force', '--yes', '--root', root]);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining(`vmlinuz-${gone}`)]);
    expect(treeOf(root)).toEqual(before);
  });

  test.each([
    { name: 'can’t be parsed', text: "menuentry 'x' {\n" },
    { name: 'is empty', text: '' },
    { name: 'is not there', text: undefined },
  ])('where grub.cfg $name, its older text comes back only if its kernels are there', ({ text }) => {
    const root = copyFixture('centos-7.3');
    const original = treeOf(root);
    runCli(['set', 'nosmt', '--yes', '--root', root]);
    const config = join(root, 'boot/grub2/grub.cfg');
    if (text === undefined) rmSync(config);
    else writeFileSync(config, text);
    const kernel = join(root, 'boot/vmlinuz-3.10.0-514.2.2.el7.x86_64');
    const image = readFileSync(kernel);
    rmSync(kernel);
    const before = treeOf(root);
    const refused = runCli(['rollback', '--force', '--yes', '--root', root]);
    expect([refused.exitCode, refused.stderr]).toEqual([
      3,
      expect.stringContaining('vmlinuz-3.10.0-514.2.2'),
    ]);
    expect(treeOf(root)).toEqual(before);
    writeFileSync(kernel, image);
    expect(runCli(['rollback', '--force', '--yes', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)).toEqual(original);
  });
});

test('a mode that somebody changed is shown, and decides', () => {
  const root = copyFixture('centos-7.3');
  runCli(['set', 'nosmt', '--yes', '--root', root]);
  chmodSync(join(root, 'boot/grub2/grub.cfg'), 0o400);
  const refused = runCli(['rollback', '--yes', '--root', root]);
  expect(refused.exitCode).toBe(3);
  expect(refused.stdout).toMatch(/^\/boot\/grub2\/grub\.cfg: mode 0\d{3} -> 0400$/m);
  const { changedSince } = JSON.parse(runCli(['rollback', '--yes', '--json', '--root', root]).stdout);
  expect(changedSince).toMatchObject([{ diff: '', ownershipChanges: [{ what: 'mode', after: '0400' }] }]);
  expect(runCli(['rollback', '--force', '--yes', '--root', root]).exitCode).toBe(0);
});

test('the command that undoes is one that works when it is pasted', () => {
  const root = copyFixture('centos-7.3');
  const original = treeOf(root);
  const { stdout } = runCli(['set', 'nosmt', '--yes', '--root', root]);
  const [, command = ''] = /Written[\s\S]*\nUndo +bootmend (.*)\n/.exec(stdout) ?? [];
  expect(command).toMatch(/^rollback 2\S+Z-[0-9a-f]{8} --root /);
  expect(runCli([...command.split(' '), '--yes']).exitCode).toBe(0);
  expect(treeOf(root)).toEqual(original);
});

test.runIf(canMount)('without /proc the message says so, and not that the root is no directory', () => {
  const [program, ...words] = commandLine(['status']);
  const script = 'umount -l /proc && exec "$@"';
  const run = spawnSync('unshare', ['--mount', 'sh', '-c', script, 'sh', program, ...words], {
    encoding: 'utf8',
  });
  expect([run.status, run.stderr]).toEqual([1, expect.stringContaining('mount -t proc proc /proc')]);
});
