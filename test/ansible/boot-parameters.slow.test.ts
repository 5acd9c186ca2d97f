import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canServeSsh, type SshHosts, startSshHosts } from '../fleet/ssh-hosts.ts';
import { bootFiles } from './boot-files.ts';
import { type Controller, hasAnsible, makeController, type PlaybookRun } from './controller.ts';

const DEAD_WORD = 'centos-7.3-dead-word';

describe.runIf(canServeSsh && hasAnsible)('boot_parameters on hosts without Python', () => {
  let machines: SshHosts;
  let controller: Controller;
  beforeAll(async () => {
    machines = await startSshHosts([
      { name: 'el7', fixture: DEAD_WORD },
      { name: 'debian', fixture: 'debian-9' },
      { name: 'extlinux', fixture: 'extlinux' },
    ]);
    controller = makeController(machines);
  }, 300_000);
  afterAll(() => {
    controller?.remove();
    machines?.stop();
  });

  const rootOf = (name: string) => machines.hosts.find((host) => host.name === name)?.root ?? '';
  const treeOf = (name: string) => bootFiles(rootOf(name));
  const task = (module: string, ...lines: string[]) => `
- hosts: all
  gather_facts: false
  tasks:
    - bootmend.bootmend.${module}:
        portable_file: "{{ bootmend_portable_file }}"
${lines.map((line) => `        ${line}`).join('\n')}
`;
  const statuses = (run: PlaybookRun) =>
    Object.fromEntries(run.results.map(({ host, status }) => [host, status]));
  const resultOf = (run: PlaybookRun, host: string) =>
    run.results.find((result) => result.host === host)?.result ?? {};

  test('check mode tells what would change, with the diff, and changes nothing', async () => {
    const before = [treeOf('el7'), treeOf('debian')];
    const run = await controller.play(task('boot_parameters', 'remedy: auto'), ['--check', '--diff']);
    expect(statuses(run)).toEqual({ el7: 'changed', debian: 'changed', extlinux: 'failed' });
    expect(run.output).toContain('+GRUB_CMDLINE_LINUX_DEFAULT="quiet cgroup.memory=nokmem"\n');
    expect(run.output).toMatch(/^-\tlinux16 .* cgroup\.memory=nokmem $/m);
    expect(resultOf(run, 'el7')['bootmend']).toMatchObject({ outcome: 'planned', exitCode: 0 });
    expect([treeOf('el7'), treeOf('debian')]).toEqual(before);
  });

  test('a refusal fails the host with our sentence, and our document says why', async () => {
    const run = await controller.play(task('boot_parameters', 'remedy: auto'), [
      '--check',
      '--limit',
      'extlinux',
    ]);
    expect(run.exitCode).toBe(2);
    expect(resultOf(run, 'extlinux')).toMatchObject({
      changed: false,
      msg: expect.stringContaining('This machine boots with extlinux/syslinux'),
      bootmend: { outcome: 'refused', exitCode: 3, messages: [{ code: 'layout.syslinux' }] },
    });
  });

  test('only the plan that was seen is applied where its id is given', async () => {
    const seen = await controller.play(task('boot_parameters', 'remedy: auto'), [
      '--check',
      '--limit',
      'debian',
    ]);
    const { id } = resultOf(seen, 'debian')['bootmend'].plan;
    const other = await controller.play(task('boot_parameters', 'present: [nosmt]', `plan: ${id}`), [
      '--limit',
      'debian',
    ]);
    expect(statuses(other)).toEqual({ debian: 'failed' });
    const same = await controller.play(task('boot_parameters', 'remedy: auto', `plan: ${id}`), [
      '--limit',
      'debian',
      '--check',
    ]);
    expect(statuses(same)).toEqual({ debian: 'changed' });
  });

  test('a run changes, a second one does not, and a rollback restores every byte', async () => {
    const before = [treeOf('el7'), treeOf('debian')];
    const limit = ['--limit', 'el7,debian'];
    const first = await controller.play(task('boot_parameters', 'remedy: auto'), limit);
    expect(statuses(first)).toEqual({ el7: 'changed', debian: 'changed' });
    expect(resultOf(first, 'el7')['warnings']).toEqual([
      expect.stringContaining('cgroup.memory=nokmem stands on 3 boot entries and has no effect there'),
    ]);
    expect(resultOf(first, 'el7')['diff']).toBeUndefined();
    expect(menuOf('el7')).toMatch(/^\tlinux16 .* cgroup_disable=memory $/m);
    expect(menuOf('el7')).not.toContain('nokmem');
    const second = await controller.play(task('boot_parameters', 'remedy: auto'), limit);
    expect(second.output).toMatch(/el7 +: ok=1 +changed=0 .*failed=0/);
    expect(statuses(second)).toEqual({ el7: 'ok', debian: 'ok' });
    const back = await controller.play(task('boot_rollback'), limit);
    expect(statuses(back)).toEqual({ el7: 'changed', debian: 'changed' });
    expect([treeOf('el7'), treeOf('debian')]).toEqual(before);
  });

  const menuOf = (name: string) =>
    readFileSync(join(rootOf(name), name === 'el7' ? 'boot/grub2/grub.cfg' : 'boot/grub/grub.cfg'), 'latin1');

  test('words are put in and taken off, whatever the shell would make of them', async () => {
    const word = `dyndbg="file a.c +p; echo $HOME"`;
    const words = ['--limit', 'debian', '--extra-vars', JSON.stringify({ words: [word, 'nosmt'] })];
    const run = await controller.play(
      task('boot_parameters', 'present: "{{ words }}"', 'absent: [quiet]', 'force: true', 'entries: default'),
      words,
    );
    expect(statuses(run)).toEqual({ debian: 'changed' });
    expect(menuOf('debian')).toContain(' ro  dyndbg="file a.c +p; echo \\$HOME" nosmt\n');
    const back = await controller.play(
      task('boot_parameters', 'absent: [dyndbg, nosmt]', 'entries: default'),
      words,
    );
    expect(statuses(back)).toEqual({ debian: 'changed' });
    expect(menuOf('debian')).toMatch(/ ro *$/m);
  });

  test('facts of a host are its `bootmend` variable, and a layout that is not touched is no failure', async () => {
    const run = await controller.play(`${task('boot_facts')}
    - ansible.builtin.debug:
        msg: "{{ bootmend.choice.remedy | default(bootmend.messages[0].code) }}"
`);
    const said = run.results.filter(({ task }) => task === 'ansible.builtin.debug');
    expect(Object.fromEntries(said.map(({ host, result }) => [host, result['msg']]))).toEqual({
      el7: 'disable',
      debian: 'nokmem',
      extlinux: 'layout.syslinux',
    });
    expect(run.output).toMatch(/el7 +: ok=2 +changed=0/);
  });

  test.each([
    { lines: [], says: 'one of the following is required: present, absent, remedy, problem' },
    {
      lines: ['remedy: auto', 'present: [quiet]'],
      says: 'parameters are mutually exclusive: present|remedy',
    },
    { lines: ['remedy: perhaps'], says: 'value of remedy must be one of: auto, nokmem' },
    {
      lines: ['remedy: auto', 'word: quiet'],
      says: 'word. Supported parameters include: absent, accept',
    },
  ])('wrong options are said before the host is asked: $says', async ({ lines, says }) => {
    const run = await controller.play(task('boot_parameters', ...lines), ['--limit', 'el7']);
    expect(resultOf(run, 'el7')['msg']).toContain(says);
  });

  test('a file that is not there is said, with how it is made', async () => {
    const run = await controller.play(
      task('boot_facts').replace('"{{ bootmend_portable_file }}"', '/nowhere'),
      ['--limit', 'el7'],
    );
    expect(resultOf(run, 'el7')['msg']).toMatch(
      /^bootmend-0\.1\.0-linux-x64\.run or \S+ was not found in \/nowhere; "npm run portable"/,
    );
  });
});
