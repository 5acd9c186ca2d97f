import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedLines, copyFixture, runCli, treeOf } from './run-cli.ts';

const GRUB_CFG = '/boot/grub2/grub.cfg';
const DEFAULTS = '/etc/default/grub';

interface Case {
  readonly rule: string;
  readonly words: readonly string[];
  readonly exitCode: number;
  /** What the words of the default entry gain and lose. */
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
  readonly says?: RegExp;
}

test.each<Case>([
  { rule: 'a new word is added', words: ['set', 'nosmt'], exitCode: 0, has: ['nosmt'] },
  {
    rule: 'a value is replaced',
    words: ['set', 'crashkernel=256M', '--force'],
    exitCode: 0,
    has: ['crashkernel=256M'],
  },
  {
    rule: 'a console is added beside none',
    words: ['set', 'console=tty0', 'console=ttyS0,115200n8'],
    exitCode: 0,
    has: ['console=tty0', 'console=ttyS0,115200n8'],
  },
  {
    rule: 'a value with a blank is quoted so that it arrives whole',
    words: ['set', 'dyndbg="file x.c +p"'],
    exitCode: 0,
    has: ['dyndbg=file x.c +p'],
  },
  {
    rule: 'a dollar survives both languages',
    words: ['set', 'memmap=64M$0x18000000'],
    exitCode: 0,
    has: ['memmap=64M$0x18000000'],
  },
  { rule: 'unset by name', words: ['unset', 'rhgb'], exitCode: 0, lacks: ['rhgb'] },
  { rule: 'a word that is not there has nothing to unset', words: ['unset', 'nosuchword'], exitCode: 0 },
  {
    rule: 'a word that the kernel ignores is refused',
    words: ['set', 'cgroup.memory=nokmem'],
    exitCode: 3,
    lacks: ['cgroup.memory=nokmem'],
    says: /ignores cgroup\.memory=nokmem/,
  },
  {
    rule: 'force writes it all the same',
    words: ['set', 'cgroup.memory=nokmem', '--force'],
    exitCode: 0,
    has: ['cgroup.memory=nokmem'],
  },
  {
    rule: 'a word that mounts the root is guarded',
    words: ['set', 'root=/dev/sdb1'],
    exitCode: 3,
    lacks: ['root=/dev/sdb1'],
    says: /--force/,
  },
  {
    rule: 'removing one is guarded, too',
    words: ['unset', 'rd.lvm.lv'],
    exitCode: 3,
    has: ['rd.lvm.lv=cl/root'],
    says: /--force/,
  },
  {
    rule: 'a literal double quote can not reach the kernel',
    words: ['set', 'x="a"b"'],
    exitCode: 3,
    says: /a literal double quote/,
  },
  {
    rule: 'words of systemd are not the kernel’s to prove',
    words: ['set', 'systemd.log_level=debug'],
    exitCode: 0,
    has: ['systemd.log_level=debug'],
  },
  {
    rule: 'an entry that is not there is named',
    words: ['set', 'nosmt', '--entries', 'Windows'],
    exitCode: 3,
    says: /Windows/,
  },
  {
    rule: 'a line longer than the loader hands on is refused',
    words: ['set', `x=${'y'.repeat(2048)}`],
    exitCode: 3,
    says: /bytes longer/,
  },
])('$rule', ({ words, exitCode, has = [], lacks = [], says = /^/ }) => {
  const root = copyFixture('centos-7.3');
  const before = treeOf(root);
  const result = runCli([...words, '--yes', '--root', root]);
  expect(result.stderr).toMatch(says);
  expect(result.exitCode).toBe(exitCode);
  if (exitCode !== 0) expect(treeOf(root)).toEqual(before);
  const { entries } = JSON.parse(runCli(['status', '--json', '--root', root]).stdout);
  const now = entries[0].words.map(({ word }: { word: string }) => word);
  for (const word of has) expect(now).toContain(word);
  for (const word of lacks) expect(now).not.toContain(word);
  expect(runCli([...words, '--yes', '--json', '--root', root]).exitCode).toBe(exitCode);
});

test.each([
  { which: 'default', lines: 1 },
  { which: 'all', lines: 4 },
  { which: '3.10.0-514.el7.x86_64', lines: 1 },
  { which: 'CentOS Linux (3.10.0-514.2.2.el7.x86_64) 7 (Core)', lines: 1 },
])('--entries $which edits $lines lines of grub.cfg', ({ which, lines }) => {
  const root = copyFixture('centos-7.3');
  const before = treeOf(root);
  expect(runCli(['set', 'nosmt', '--entries', which, '--yes', '--root', root]).exitCode).toBe(0);
  const after = treeOf(root);
  expect(changedLines(before[GRUB_CFG], after[GRUB_CFG])).toHaveLength(2 * lines);
  expect(changedLines(before[DEFAULTS], after[DEFAULTS])).toHaveLength(which === 'all' ? 2 : 0);
});

test('one truth a run: what force writes is no error that says that nothing was written', () => {
  const root = copyFixture('centos-7.3');
  const words = ['set', 'cgroup.memory=nokmem', '--force', '--yes', '--json', '--root', root];
  const { outcome, messages } = JSON.parse(runCli(words).stdout);
  expect(outcome).toBe('applied');
  const said: readonly { level: string; code: string; text: string }[] = messages;
  expect(said.filter(({ level, text }) => level === 'error' || text.includes('Nothing was written'))).toEqual(
    [],
  );
  expect(said.map(({ code }) => code)).toContain('warning.forced-without-effect');
});

const ENTRY = '/boot/loader/entries/9e17a3c64d0b4f2885c1f60de92b7a43-5.14.0-427.42.1.el9_4.x86_64.conf';

test.each([
  { rule: 'of one character, which GRUB takes for none', options: 'a', after: 'nosmt' },
  { rule: 'of two', options: 'ab', after: 'ab nosmt' },
])('options $rule', ({ options, after }) => {
  const root = copyFixture('rocky-9');
  const text = readFileSync(join(root, ENTRY), 'latin1');
  writeFileSync(join(root, ENTRY), text.replace(/^options .*$/m, `options ${options}`), 'latin1');
  const run = runCli(['set', 'nosmt', '--yes', '--root', root]);
  expect(run.exitCode, run.stderr).toBe(0);
  expect(/^options (.*)$/m.exec(readFileSync(join(root, ENTRY), 'latin1'))?.[1]).toBe(after);
  expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
  expect(readFileSync(join(root, ENTRY), 'latin1')).toContain(`options ${options}\n`);
});
