import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyFixture, runCli } from './run-cli.ts';

const DEFAULTS = 'etc/default/grub';

function json(words: readonly string[]) {
  const { exitCode, stdout } = runCli([...words, '--json']);
  return { exitCode, report: JSON.parse(stdout) };
}

const replaceIn = (path: string, from: RegExp, to: string): void =>
  writeFileSync(path, readFileSync(path, 'latin1').replace(from, to), 'latin1');

test('status shows the next boot beside later kernels, and in one line where they differ', () => {
  const root = copyFixture('debian-12');
  replaceIn(join(root, DEFAULTS), /"quiet"/, '"quiet nosmt"');
  const { stdout } = runCli(['status', '-v', '--root', root]);
  expect(stdout).toContain('next boot\n');
  expect(stdout).toContain('later kernels (grub-mkconfig, normal)\n    root=? ro quiet nosmt\n');
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /grub-mkconfig \(normal\) differs\. Only later kernels get nosmt \(\/etc\/default\/grub:\d+\)\./,
  );
  const { report } = json(['status', '--root', root]);
  expect(report.drift).toEqual([
    {
      line: 'grub-mkconfig (normal)',
      onlyNextBoot: [],
      onlyLater: [{ word: 'nosmt', from: expect.stringMatching(/^\/etc\/default\/grub:\d+$/) }],
    },
  ]);
});

test.each([
  ['missing', (path: string) => rmSync(path)],
  ['not sound', (path: string) => appendFileSync(path, 'X="unclosed\n')],
  ['empty', (path: string) => writeFileSync(path, '')],
])('/etc/default/grub is %s: looking works, changing is refused', (_, damage) => {
  const root = copyFixture('debian-12');
  damage(join(root, DEFAULTS));
  const { exitCode, report } = json(['status', '--root', root]);
  expect(exitCode).toBe(0);
  expect(report.entries.length).toBeGreaterThan(0);
  expect(report.messages.map(({ level }: { level: string }) => level)).toContain('warning');
  expect(runCli(['audit', '--root', root]).exitCode).toBe(0);
  expect(runCli(['set', 'nosmt', '--yes', '--root', root]).exitCode).toBe(3);
});

test('audit judges the lines that will be made', () => {
  const centos = copyFixture('centos-7.3');
  replaceIn(join(centos, DEFAULTS), /rhgb quiet/, 'rhgb quiet cgroup.memory=nokmem');
  const unread = runCli(['audit', '--root', centos]);
  expect(unread.exitCode).toBe(4);
  expect(unread.stderr).toMatch(/later kernels.*cgroup\.memory=nokmem \(\/etc\/default\/grub:\d+\)/);
  const root = copyFixture('debian-12');
  replaceIn(join(root, DEFAULTS), /"quiet"/, '"quiet; nosmt"');
  const cut = runCli(['audit', '--root', root]);
  expect(cut.exitCode).toBe(4);
  expect(cut.stderr).toMatch(
    /\/etc\/default\/grub:\d+: GRUB ends the line of later kernels here .*: ; nosmt\./,
  );
});

test('words come and go in one change', () => {
  const root = copyFixture('debian-12');
  const { exitCode } = runCli(['set', 'nosmt', '--unset', 'quiet', '--yes', '--root', root]);
  expect(exitCode).toBe(0);
  expect(readFileSync(join(root, DEFAULTS), 'latin1')).toContain('GRUB_CMDLINE_LINUX_DEFAULT="nosmt"');
});

test('a word with blanks is refused with both of its readings', () => {
  const root = copyFixture('debian-12');
  const { exitCode, stderr } = runCli(['set', 'audit=1 quiet', '--yes', '--root', root]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('audit=1 quiet (several words)');
  expect(stderr).toContain('audit="1 quiet" (one value with blanks)');
});

test.each(['', '=', '=x', ' '])('%j is no word', (word) => {
  expect(runCli(['set', word, '--root', '/nowhere']).exitCode).toBe(2);
  expect(runCli(['unset', word, '--root', '/nowhere']).exitCode).toBe(2);
});

test('what is to go and stands nowhere: where was looked, and what is near', () => {
  const root = copyFixture('debian-12');
  const { exitCode, stderr } = runCli(['unset', 'quite', '--yes', '--root', root]);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/quite stands nowhere: .*\/boot\/grub\/grub\.cfg.*\/etc\/default\/grub/);
  expect(stderr).toContain('Near to quite stands quiet.');
});

test('the last of several consoles is told', () => {
  const root = copyFixture('debian-12');
  const words = ['set', 'console=tty0', 'console=ttyS0,115200n8', '--dry-run', '--root', root];
  expect(runCli(words).stderr).toContain('ttyS0, becomes /dev/console');
});

test('a drop-in that is a link to nowhere is passed over, as grub-mkconfig does', () => {
  const root = copyFixture('ubuntu-22.04');
  symlinkSync('/nowhere', join(root, 'etc/default/grub.d/99-gone.cfg'));
  expect(runCli(['set', 'nosmt', '--yes', '--root', root]).exitCode).toBe(0);
});
