import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canServeSsh, type SshHosts, startSshHosts } from '../fleet/ssh-hosts.ts';
import { bootFiles } from './boot-files.ts';
import { type Controller, hasAnsible, makeController, type PlaybookRun } from './controller.ts';

/** What each host needs, and what the running kernel then shows; nothing for those that do not leak. */
const NEEDS = {
  'amazon-2': 'cgroup.memory=nokmem',
  arch: 'cgroup.memory=nokmem',
  'centos-7.3': 'cgroup_disable=memory',
  'centos-7.3-dead-word': 'cgroup_disable=memory',
  'debian-9': 'cgroup.memory=nokmem',
  'debian-9-stub-map': 'cgroup.memory=nokmem',
  'mixed-kernels': 'cgroup_disable=memory',
  'opensuse-leap': 'cgroup.memory=nokmem',
  'rocky-8': 'cgroup.memory=nokmem',
  'systemd-boot': 'cgroup.memory=nokmem',
  'xen-debian': 'cgroup.memory=nokmem',
  'amazon-2023': '',
  'centos-7.9': '',
  'debian-12': '',
  'debian-12-stub-map': '',
  'efi-stub': '',
  fedora: '',
  'rocky-9': '',
  'rocky-9-no-cmdline': '',
  'ubuntu-22.04': '',
} as const;

/** Nobody knows whether this kernel leaks, so somebody has to decide. */
const VARIABLES = { 'rocky-8': 'kmem_leak_remedy=nokmem' };

const REPAIR = `
- hosts: all
  gather_facts: false
  roles:
    - bootmend.bootmend.kmem_leak
`;
const RESTART = ['--extra-vars', '{"kmem_leak_restart": true}'];

describe.runIf(canServeSsh && hasAnsible)('twenty hosts without Python, ten at a time', () => {
  const names = Object.keys(NEEDS);
  const leaking = Object.entries(NEEDS).flatMap(([name, word]) => (word === '' ? [] : [name]));
  let machines: SshHosts;
  let controller: Controller;
  let before: unknown;
  beforeAll(async () => {
    machines = await startSshHosts(names.map((name) => ({ name, fixture: name })));
    controller = makeController(machines, VARIABLES);
    before = allFiles();
  }, 300_000);
  afterAll(() => {
    controller?.remove();
    machines?.stop();
  });

  const allFiles = () => machines.hosts.map(({ name, root }) => ({ name, files: bootFiles(root) }));
  const by = (run: PlaybookRun, task: string, status: string) =>
    run.results
      .filter((result) => result.task.endsWith(task) && result.status === status)
      .map(({ host }) => host);

  test('a dry run shows which hosts would change, and changes none', async () => {
    const run = await controller.play(REPAIR, ['--check', '--diff', ...RESTART]);
    expect(run.exitCode, run.output).toBe(0);
    expect(by(run, 'Change the boot parameters', 'changed').toSorted()).toEqual(leaking.toSorted());
    expect(by(run, 'Restart the host', 'changed').toSorted()).toEqual(leaking.toSorted());
    expect(allFiles()).toEqual(before);
  });

  test('each gets the word that its kernels understand, restarts, and is seen to obey', async () => {
    const run = await controller.play(REPAIR, RESTART);
    expect(run.exitCode, run.output).toBe(0);
    expect(by(run, 'Change the boot parameters', 'changed').toSorted()).toEqual(leaking.toSorted());
    expect(by(run, 'Restart the host', 'changed').toSorted()).toEqual(leaking.toSorted());
    const words = run.results.flatMap(({ host, task, result }) =>
      task.endsWith('Change the boot parameters') ? [[host, result['bootmend'].choice.words.join(' ')]] : [],
    );
    expect(Object.fromEntries(words)).toEqual(NEEDS);
    expect(by(run, 'Verify that the running kernel obeys', 'ok').toSorted()).toEqual(names.toSorted());
  });

  test('a second run changes nothing, and restarts nothing', async () => {
    const run = await controller.play(REPAIR, RESTART);
    expect(run.exitCode, run.output).toBe(0);
    expect(run.output.match(/ changed=0 /g)).toHaveLength(names.length);
  });

  test.each(['html', 'md', 'csv'])('the fleet as one page, .%s', async (suffix) => {
    const path = join(controller.place, `fleet.${suffix}`);
    const run = await controller.play('bootmend.bootmend.report', [
      '--extra-vars',
      `bootmend_report=${path}`,
    ]);
    expect(run.exitCode, run.output).toBe(0);
    const page = readFileSync(path, 'utf8');
    const states =
      suffix === 'csv'
        ? /^"([\w.-]+)","([\w-]+)"/gm
        : /(?:\| |<td>)([\w.-]+)(?:<.*?>| \| )([\w-]+)(?: \||<)/g;
    const found = Object.fromEntries([...page.matchAll(states)].map(([, host, state]) => [host, state]));
    for (const [name, word] of Object.entries(NEEDS)) {
      const state = word === '' ? 'not-exposed' : word === 'cgroup_disable=memory' ? 'in-effect' : 'on-line';
      expect(found[name], name).toBe(state);
    }
  });

  test('rollback restores every byte on all of them', async () => {
    const rollback = `
- hosts: all
  gather_facts: false
  tasks:
    - ansible.builtin.import_role:
        name: bootmend.bootmend.kmem_leak
        tasks_from: rollback
`;
    const run = await controller.play(rollback, ['--limit', leaking.join(','), ...RESTART]);
    expect(run.exitCode, run.output).toBe(0);
    expect(by(run, 'Restore the boot configuration', 'changed').toSorted()).toEqual(leaking.toSorted());
    expect(allFiles()).toEqual(before);
  });

  test('the playbook takes one host, then a tenth, and ends at the first that refuses', async () => {
    const order = 'debian-9,rocky-8,arch,debian-12,fedora';
    const run = await controller.play('bootmend.bootmend.repair', [
      '--limit',
      order,
      '--check',
      '--extra-vars',
      '{"kmem_leak_remedy": "auto"}',
    ]);
    expect(run.exitCode).toBe(2);
    const asked = run.results.filter(({ task }) => task.endsWith('Change the boot parameters'));
    expect(asked.at(-1)).toMatchObject({ host: 'rocky-8', status: 'failed' });
    expect(asked.length).toBeLessThan(5);
  });
});
