import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordBoot, writeIn } from './recorded-boot.ts';
import { copyFixture, runCli } from './run-cli.ts';

const BOOT = '0f3c1f0e-8a9b-4c0d-9e1f-2a3b4c5d6e7f';
const NEXT_BOOT = '11111111-2222-4333-8444-555555555555';
const RELEASE = '3.10.0-514.6.1.el7.x86_64';

function listed(root: string) {
  return JSON.parse(runCli(['backups', '--json', '--root', root]).stdout).backups;
}

test('backups tells of each change its command, its words, its boot, and whether it is in effect', () => {
  const root = copyFixture('centos-7.3-dead-word');
  writeIn(root, 'proc/sys/kernel/random/boot_id', `${BOOT}\n`);
  recordBoot(root, 'ro cgroup.memory=nokmem', RELEASE);
  runCli(['set', 'audit=1', '--yes', '--root', root]);
  runCli(['rollback', '--yes', '--root', root]);
  runCli(['fix', '--yes', '--root', root]);
  expect(listed(root)).toMatchObject([
    { command: 'set', set: ['audit=1'], unset: [], bootId: BOOT, undoneBy: expect.any(String) },
    { command: 'rollback', set: [], unset: ['audit=1'] },
    {
      command: 'fix',
      set: ['cgroup_disable=memory'],
      unset: ['cgroup.memory=nokmem'],
      verified: { verdict: 'pending', bootId: BOOT },
    },
  ]);

  writeIn(root, 'proc/sys/kernel/random/boot_id', `${NEXT_BOOT}\n`);
  recordBoot(root, 'ro cgroup_disable=memory', RELEASE);
  expect(listed(root).at(-1).verified).toEqual({ verdict: 'in-effect', bootId: NEXT_BOOT });
  expect(runCli(['backups', '--root', root]).stdout).toContain(
    `made in boot ${BOOT}  in effect in boot ${NEXT_BOOT}`,
  );
});

test('--log appends a line a change, for its owner only, with values that can be secrets hidden', () => {
  const root = copyFixture('centos-7.3');
  const log = join(root, 'changes.jsonl');
  runCli(['set', 'rd.luks.key=hunter2', '--yes', '--force', '--log', log, '--root', root]);
  runCli(['rollback', '--yes', '--log', log, '--root', root]);
  const text = readFileSync(log, 'utf8');
  const [made, undone] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(made).toMatchObject({ command: 'set', root, outcome: 'applied', set: ['rd.luks.key=…'], unset: [] });
  expect(undone).toMatchObject({ command: 'rollback', outcome: 'applied' });
  expect(made.backup).toMatch(/^\d{8}T\d{6}Z-/);
  expect(text).not.toContain('hunter2');
  expect(statSync(log).mode & 0o777).toBe(0o600);
});

test('a change that can’t be recorded is made, and that is said', () => {
  const root = copyFixture('centos-7.3');
  const log = join(root, 'a-directory');
  mkdirSync(log);
  chmodSync(log, 0o755);
  const report = JSON.parse(
    runCli(['set', 'audit=1', '--yes', '--json', '--log', log, '--root', root]).stdout,
  );
  expect(report).toMatchObject({ outcome: 'applied', exitCode: 0 });
  expect(report.messages).toContainEqual(expect.objectContaining({ code: 'warning.log-not-written' }));
});

test('a dry run records nothing', () => {
  const root = copyFixture('centos-7.3');
  const log = join(root, 'changes.jsonl');
  runCli(['set', 'audit=1', '--dry-run', '--log', log, '--root', root]);
  expect(() => statSync(log)).toThrow();
});
