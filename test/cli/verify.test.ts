import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordBoot, writeIn } from './recorded-boot.ts';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const DISABLE = 'cgroup_disable=memory';
const NOKMEM = 'cgroup.memory=nokmem';
const RELEASE = '3.10.0-514.6.1.el7.x86_64';

/** The machine started with a line: what it would show. */
function boot(root: string, line: string, release = RELEASE): void {
  recordBoot(root, line, release);
}

/** The line of the entry that boots next. */
function nextLine(root: string): string {
  const { entries } = JSON.parse(runCli(['status', '--json', '--root', root]).stdout);
  return entries.find((entry: { default: boolean }) => entry.default).cmdline;
}

function verify(root: string, ...options: readonly string[]) {
  const { stdout, stderr, exitCode } = runCli(['verify', '--json', '--root', root, ...options]);
  return { exitCode, stderr, report: JSON.parse(stdout) };
}

describe('from the dead word to the proof', () => {
  test('the word does nothing (4), fix makes a reboot pending (5), the reboot puts it into effect (0)', () => {
    const root = copyFixture('centos-7.3-dead-word');
    boot(root, nextLine(root));
    const before = verify(root);
    expect(before.exitCode).toBe(4);
    expect(before.report.verification.find(({ word }: { word: string }) => word === NOKMEM)).toMatchObject({
      onLine: true,
      inEffect: 'no',
      verdict: 'without-effect',
    });
    expect(before.stderr).toContain(`bootmend fix --root ${root}`);

    expect(runCli(['fix', '--yes', '--root', root]).exitCode).toBe(0);
    const pending = verify(root);
    expect([pending.exitCode, pending.report.rebootNeeded]).toEqual([5, true]);
    expect(pending.report.verification).toMatchObject([
      { word: DISABLE, wanted: 'present', onLine: false, inEffect: 'no', verdict: 'pending' },
      { word: NOKMEM, wanted: 'absent', onLine: true, inEffect: 'no', verdict: 'pending' },
    ]);
    expect(pending.stderr).toContain(`bootmend verify --root ${root}`);

    boot(root, nextLine(root));
    const after = verify(root);
    expect([after.exitCode, after.report.rebootNeeded]).toEqual([0, false]);
    expect(after.report.verification).toMatchObject([
      { word: DISABLE, onLine: true, inEffect: 'yes', seenBy: [{ path: '/proc/cgroups' }] },
      { word: NOKMEM, onLine: false, inEffect: 'no', verdict: 'gone' },
    ]);
    expect(after.report.lineDifference).toEqual({ onlyRunning: [], onlyNextBoot: [] });
  });

  test('a rollback wants the words as they were', () => {
    const root = copyFixture('centos-7.3');
    boot(root, nextLine(root));
    runCli(['set', '--yes', 'audit=1', '--root', root]);
    boot(root, nextLine(root));
    runCli(['fix', '--yes', '--root', root]);
    runCli(['rollback', '--yes', '--root', root]);
    const { exitCode, report } = verify(root);
    expect(exitCode).toBe(0);
    expect(report.verification.map(({ word, wanted }: Record<string, string>) => [word, wanted])).toEqual([
      ['audit=1', 'present'],
      [DISABLE, 'absent'],
    ]);
  });

  test('another kernel came up than the one that boots next', () => {
    const root = copyFixture('centos-7.3');
    runCli(['fix', '--yes', '--root', root]);
    boot(root, nextLine(root), '3.10.0-514.el7.x86_64');
    const { report, stderr } = verify(root);
    expect(report.running.kernel).toBe('3.10.0-514.el7.x86_64');
    expect(report.verified.expectedKernel).toBe(RELEASE);
    expect(stderr).toContain('3.10.0-514.el7.x86_64 runs');
  });
});

test('what differs beside the words of the change is told', () => {
  const root = copyFixture('centos-7.3');
  runCli(['set', '--yes', 'audit=1', '--root', root]);
  boot(root, nextLine(root).replace(/\bquiet\b/, 'single'));
  expect(verify(root).report.lineDifference).toEqual({ onlyRunning: ['single'], onlyNextBoot: ['quiet'] });
});

test('a tree that tells nothing of what runs is no proof, whatever is set', () => {
  const root = copyFixture('centos-7.3');
  runCli(['fix', '--yes', '--root', root]);
  const { exitCode, report } = verify(root);
  expect(exitCode).toBe(3);
  expect(report.verification).toMatchObject([{ word: DISABLE, inEffect: 'unknown', verdict: 'unknown' }]);
  expect(report.messages).toMatchObject([{ code: 'verify.nothing-known' }]);
});

test('--all looks after every word, the last change or not', () => {
  const root = copyFixture('centos-7.3');
  runCli(['set', '--yes', 'audit=1', '--root', root]);
  boot(root, nextLine(root));
  const words = verify(root, '--all').report.verification.map(({ word }: { word: string }) => word);
  expect(words).toEqual(nextLine(root).split(' '));
});

test('nothing is written', () => {
  const root = copyFixture('centos-7.3-dead-word');
  boot(root, nextLine(root));
  const before = treeOf(root);
  verify(root);
  expect(treeOf(root)).toEqual(before);
});

test('a sosreport without a boot menu is judged by the running line', () => {
  const root = copyFixture('centos-7.3');
  rmSync(join(root, 'boot'), { recursive: true });
  boot(root, `ro ${NOKMEM}`);
  const { exitCode, report } = verify(root);
  expect(exitCode).toBe(4);
  expect(report.verification).toMatchObject([{ word: 'ro' }, { word: NOKMEM, inEffect: 'no' }]);
});

test('--redact hides what a file shows of a hidden word', () => {
  const root = copyFixture('centos-7.3');
  boot(root, 'ro mod.password=hunter2');
  writeIn(root, 'sys/module/mod/parameters/password', 'hunter2\n');
  const { stdout } = runCli(['verify', '--all', '--json', '--redact', '--root', root]);
  expect(stdout).toContain('mod.password=…');
  expect(stdout).not.toContain('hunter2');
});

test('in Chinese', () => {
  const root = copyFixture('centos-7.3-dead-word');
  boot(root, nextLine(root));
  const { stdout } = runCli(['verify', '--lang', 'zh-CN', '--root', root]);
  expect(stdout).toContain('不起作用');
  expect(readFileSync(join(root, 'proc/cmdline'), 'latin1')).toContain(NOKMEM);
});

test('audit judges the recorded line of a tree as well', () => {
  const root = copyFixture('centos-7.3');
  boot(root, `ro ${NOKMEM}`);
  const { stdout, exitCode } = runCli(['audit', '--json', '--root', root]);
  expect(exitCode).toBe(4);
  expect(JSON.parse(stdout).running).toMatchObject({
    kernel: RELEASE,
    words: expect.arrayContaining([{ word: NOKMEM, effect: 'none', from: '/proc/cmdline' }]),
  });
});
