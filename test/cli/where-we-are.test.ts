import { expect, test } from 'vitest';
import { recordBoot } from './recorded-boot.ts';
import { copyFixture, runCli } from './run-cli.ts';

const NEXT = '3.10.0-514.6.1.el7.x86_64';

/** The first sentence of `status`, however its lines are broken. */
function headline(root: string, ...options: readonly string[]): string {
  const { stdout } = runCli(['status', '--root', root, ...options]);
  return (stdout.split('\n\n')[0] ?? '').replaceAll('\n', ' ').trim();
}

function lineOf(root: string): string {
  const { entries } = JSON.parse(runCli(['status', '--json', '--root', root]).stdout);
  return entries.find((entry: { default: boolean }) => entry.default).cmdline;
}

test('status says on each step from the dead word to the cure where the host is', () => {
  const root = copyFixture('centos-7.3-dead-word');
  expect(headline(root)).toMatch(/^cgroup\.memory=nokmem is set and does nothing: /);

  recordBoot(root, lineOf(root), NEXT);
  expect(headline(root)).toMatch(/^cgroup\.memory=nokmem is on the running line and does nothing/);

  expect(JSON.parse(runCli(['fix', '--yes', '--json', '--root', root]).stdout).rebootNeeded).toBe(true);
  expect(headline(root)).toMatch(
    /^Set for the next boot \(CentOS .*\): cgroup_disable=memory\. The running kernel still leaks: reboot\. Gone by then: cgroup\.memory=nokmem\./,
  );
  const pending = runCli(['status', '--root', root]).stdout;
  expect(pending).toContain(`reboot, then bootmend verify --root ${root}`);
  expect(JSON.parse(runCli(['status', '--json', '--root', root]).stdout)).toMatchObject({
    rebootNeeded: true,
    situation: { state: 'reboot-pending', words: ['cgroup_disable=memory'], leaking: true },
    nextEntry: { kernel: NEXT },
  });

  recordBoot(root, lineOf(root), NEXT);
  expect(headline(root)).toMatch(/^In effect: cgroup_disable=memory, seen by \/proc\/cgroups\./);
  expect(headline(root, '--lang', 'zh-CN')).toMatch(/^已生效：cgroup_disable=memory/);
  expect(JSON.parse(runCli(['status', '--json', '--root', root]).stdout)).toMatchObject({
    rebootNeeded: false,
    situation: { state: 'in-effect', seenBy: '/proc/cgroups', leaking: false },
    running: { kernel: NEXT },
  });
});

test('without a running line nothing is said of it', () => {
  const root = copyFixture('centos-7.3');
  const report = JSON.parse(runCli(['status', '--json', '--root', root]).stdout);
  expect(report).not.toHaveProperty('situation');
  expect(report).not.toHaveProperty('rebootNeeded');
});

test('the running kernel may leak where no kernel of the menu does', () => {
  const root = copyFixture('centos-7.9');
  recordBoot(root, 'ro', '3.10.0-514.el7.x86_64');
  expect(headline(root)).toMatch(/^The running kernel, 3\.10\.0-514\.el7\.x86_64, leaks slab memory/);
});

test('a change that is taken back before the reboot needs none', () => {
  const root = copyFixture('centos-7.3');
  recordBoot(root, lineOf(root), NEXT);
  const changed = JSON.parse(runCli(['set', 'audit=1', '--yes', '--json', '--root', root]).stdout);
  const undone = JSON.parse(runCli(['rollback', '--yes', '--json', '--root', root]).stdout);
  expect([changed.rebootNeeded, undone.rebootNeeded]).toEqual([true, false]);
});
