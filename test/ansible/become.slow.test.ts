import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canGiveSudo, giveSudo } from '../fleet/give-sudo.ts';
import { canServeSsh, type SshHosts, startSshHosts } from '../fleet/ssh-hosts.ts';
import { type Controller, hasAnsible, makeController } from './controller.ts';

const PASSWORD = 'it is a secret';

const PLAY = `
- hosts: all
  gather_facts: false
  become: "{{ with_sudo }}"
  tasks:
    - bootmend.bootmend.boot_parameters:
        remedy: auto
        portable_file: "{{ bootmend_portable_file }}"
`;

describe.runIf(canServeSsh && hasAnsible && canGiveSudo)('users who become root by sudo', () => {
  let machines: SshHosts;
  let controller: Controller;
  beforeAll(async () => {
    const users = ['free:x:1001:1001::/tmp:/bin/sh', 'asked:x:1002:1002::/tmp:/bin/sh'];
    const prepare = (root: string) =>
      giveSudo(root, ['free ALL=(ALL) NOPASSWD: ALL', 'asked ALL=(ALL) ALL'], { asked: PASSWORD });
    machines = await startSshHosts(
      ['free', 'asked'].map((name) => ({ name, fixture: 'debian-9', users, prepare })),
    );
    controller = makeController(machines, { free: 'ansible_user=free', asked: 'ansible_user=asked' });
  }, 300_000);
  afterAll(() => {
    controller?.remove();
    machines?.stop();
  });

  test.each([
    { when: 'a password is asked for and not given', with_sudo: true, free: 'changed', asked: 'failed' },
    { when: 'it is given', with_sudo: true, ansible_become_password: PASSWORD, free: 'ok', asked: 'changed' },
    {
      when: 'it is given again',
      with_sudo: true,
      ansible_become_password: PASSWORD,
      free: 'ok',
      asked: 'ok',
    },
    { when: 'nobody becomes root', with_sudo: false, free: 'failed', asked: 'failed' },
  ])('$when: $free without a password, $asked with one', async ({ when: _, free, asked, ...variables }) => {
    const run = await controller.play(PLAY, ['--extra-vars', JSON.stringify(variables)]);
    const found = run.results.map(({ host, status }) => [host, status]);
    expect(Object.fromEntries(found), run.output).toEqual({ free, asked });
  });
});
