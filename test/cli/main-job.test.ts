import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasProgram } from '../oracle/available.ts';
import { changedLines, copyFixture, runCli, treeOf } from './run-cli.ts';

const GRUB_CFG = '/boot/grub2/grub.cfg';
const DEFAULTS = '/etc/default/grub';

describe('the story: CentOS 7.3, whose kernel ignores cgroup.memory=nokmem', () => {
  test('fix adds cgroup_disable=memory once to each normal entry and to GRUB_CMDLINE_LINUX, and nothing else', () => {
    const root = copyFixture('centos-7.3');
    const before = treeOf(root);
    const { exitCode } = runCli(['fix', '--yes', '--root', root]);
    expect(exitCode).toBe(0);
    const after = treeOf(root);
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed.toSorted()).toEqual([GRUB_CFG, DEFAULTS]);
    const lines = changedLines(before[GRUB_CFG], after[GRUB_CFG]);
    expect(lines).toHaveLength(6);
    for (let at = 0; at < lines.length; at += 2) {
      expect(lines[at]).toMatch(/^-\tlinux16 .* quiet $/);
      expect(lines[at + 1]).toBe(`+${lines[at]?.slice(1, -1)} cgroup_disable=memory `);
      expect(lines[at]).not.toContain('0-rescue');
    }
    const [old, now] = changedLines(before[DEFAULTS], after[DEFAULTS]);
    expect(now).toBe(`+${old?.slice(1, -1)} cgroup_disable=memory"`);
  });

  test('the report names the System.map that proves nokmem useless', () => {
    const root = copyFixture('centos-7.3');
    const { stdout } = runCli(['fix', '--dry-run', '--json', '--root', root]);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      schemaVersion: 1,
      command: 'fix',
      outcome: 'planned',
      exitCode: 0,
      choice: { remedy: 'disable', words: ['cgroup_disable=memory'] },
    });
    for (const kernel of report.kernels) {
      expect(kernel.support['cgroup.memory=nokmem'].verdict).toBe('absent');
      const proofs = kernel.support['cgroup.memory=nokmem'].evidence;
      expect(proofs).toContainEqual(
        expect.objectContaining({
          source: 'system-map',
          path: `/boot/System.map-${kernel.release}`,
          says: 'absent',
        }),
      );
      expect(kernel.support['cgroup_disable=memory'].verdict).toBe('supported');
    }
  });

  test('a dry run writes nothing, not even state, and --check tells that a change is pending', () => {
    const root = copyFixture('centos-7.3');
    const before = treeOf(root);
    expect(runCli(['fix', '--dry-run', '--root', root]).exitCode).toBe(0);
    expect(runCli(['fix', '--dry-run', '--check', '--root', root]).exitCode).toBe(4);
    expect(treeOf(root)).toEqual(before);
    expect(() => statSync(join(root, 'var'))).toThrow();
  });

  test('a second run changes nothing: same inode, same mtime, no new backup', () => {
    const root = copyFixture('centos-7.3');
    runCli(['fix', '--yes', '--root', root]);
    const identity = () =>
      [GRUB_CFG, DEFAULTS]
        .map((path) => statSync(join(root, path), { bigint: true }))
        .map(({ ino, mtimeNs }) => [ino, mtimeNs]);
    const first = identity();
    const again = JSON.parse(runCli(['fix', '--yes', '--json', '--root', root]).stdout);
    expect(again).toMatchObject({ outcome: 'unchanged', exitCode: 0 });
    expect(identity()).toEqual(first);
    expect(JSON.parse(runCli(['backups', '--json', '--root', root]).stdout).backups).toHaveLength(1);
  });

  test('rollback brings every byte back, and a second rollback has nothing to undo', () => {
    const root = copyFixture('centos-7.3');
    const before = treeOf(root);
    runCli(['fix', '--yes', '--root', root]);
    expect(treeOf(root)).not.toEqual(before);
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)).toEqual(before);
    expect(runCli(['rollback', '--yes', '--root', root]).stderr).toContain('nothing to undo');
  });

  test('without a terminal and without --yes nothing is applied', () => {
    const root = copyFixture('centos-7.3');
    const before = treeOf(root);
    const { exitCode, stderr } = runCli(['fix', '--root', root]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('--yes');
    expect(treeOf(root)).toEqual(before);
  });
});

test('a word of ours without effect is reported and replaced', () => {
  const root = copyFixture('centos-7.3-dead-word');
  const status = JSON.parse(runCli(['status', '--json', '--root', root]).stdout);
  expect(status.entries[0].words).toContainEqual(
    expect.objectContaining({
      word: 'cgroup.memory=nokmem',
      effect: 'none',
      from: expect.stringMatching(/^\/boot\/grub2\/grub\.cfg:\d+$/),
    }),
  );
  runCli(['fix', '--yes', '--root', root]);
  const after = treeOf(root);
  expect(after[GRUB_CFG]).not.toContain('cgroup.memory=nokmem');
  expect(after[GRUB_CFG]?.match(/cgroup_disable=memory/g)).toHaveLength(3);
  expect(after[DEFAULTS]?.match(/cgroup_disable=memory/g)).toHaveLength(1);
});

test.each([
  { name: 'debian-9', remedy: 'nokmem', words: ['cgroup.memory=nokmem'] },
  { name: 'debian-9-stub-map', remedy: 'nokmem', words: ['cgroup.memory=nokmem'] },
  { name: 'debian-12', remedy: 'none', words: [] },
  { name: 'debian-12-stub-map', remedy: 'none', words: [] },
])('$name: the choice is $remedy, with its reason', ({ name, remedy, words }) => {
  const root = copyFixture(name);
  const report = JSON.parse(runCli(['fix', '--yes', '--json', '--root', root]).stdout);
  expect(report.choice).toMatchObject({ remedy, words });
  expect(report.choice.because).not.toEqual([]);
  expect(report.outcome).toBe(remedy === 'none' ? 'unchanged' : 'applied');
});

test('exactly one entry is the default one', () => {
  for (const name of ['centos-7.3', 'debian-9', 'debian-12']) {
    const { entries } = JSON.parse(runCli(['status', '--json', '--root', copyFixture(name)]).stdout);
    expect(entries.filter((entry: { default: boolean }) => entry.default)).toHaveLength(1);
  }
});

test
  .runIf(hasProgram('grub-script-check'))
  .each(['centos-7.3', 'centos-7.3-dead-word', 'debian-9', 'debian-9-stub-map'])(
  '%s: grub-script-check and sh accept what fix wrote',
  (name) => {
    const root = copyFixture(name);
    const report = JSON.parse(runCli(['fix', '--yes', '--json', '--root', root]).stdout);
    expect(report.plan.edits).not.toEqual([]);
    for (const { path } of report.plan.edits) {
      const [program, ...args] = path.endsWith('grub.cfg') ? ['grub-script-check'] : ['sh', '-n'];
      expect(spawnSync(program ?? '', [...args, join(root, path)]).status).toBe(0);
    }
  },
);
