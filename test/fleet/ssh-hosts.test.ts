import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canServeSsh, type SshHosts, startSshHosts } from './ssh-hosts.ts';

describe.runIf(canServeSsh)('machines that answer to ssh', () => {
  let machines: SshHosts;
  beforeAll(async () => {
    machines = await startSshHosts([
      { name: 'first', fixture: 'centos-7.3-dead-word' },
      { name: 'second', fixture: 'debian-9', users: ['admin:x:1000:1000::/tmp:/bin/sh'] },
    ]);
  });
  afterAll(() => machines?.stop());

  const ssh = (...words: string[]) =>
    spawnSync('ssh', ['-F', machines.configuration, ...words], { encoding: 'utf8' });

  test.each(['sh -c true', 'flock /tmp/lock true', 'sha256sum /etc/passwd'])('%s runs there', (command) => {
    expect(ssh('first', command)).toMatchObject({ status: 0, stderr: '' });
  });

  test.each(['python3', 'python', 'node', 'perl', 'bash'])('%s does not', (program) => {
    expect(ssh('first', program, '--version').status).toBe(127);
  });

  test("each has its fixture's tree as /, and the kernel and command line of its default entry", () => {
    expect(ssh('first', 'cat', '/etc/redhat-release').stdout).toContain('CentOS Linux release 7.3');
    expect(ssh('second', 'cat', '/etc/os-release').stdout).toContain('Debian');
    expect(ssh('first', 'cat', '/proc/cmdline').stdout).toMatch(
      /^BOOT_IMAGE=\/vmlinuz-3\.10\.0-514\S+ root=.* cgroup\.memory=nokmem\n$/,
    );
    expect(ssh('-l', 'admin', 'second', 'id', '-un').stdout).toBe('admin\n');
  });

  test('a reboot ends what runs there, and GRUB reads the tree anew', async () => {
    const menu = join(machines.hosts[0]?.root ?? '', 'boot/grub2/grub.cfg');
    const changed = readFileSync(menu, 'latin1').replaceAll('cgroup.memory=nokmem', 'cgroup_disable=memory');
    const cat = `cat > /boot/grub2/grub.cfg && touch /run-once && reboot`;
    spawnSync('ssh', ['-F', machines.configuration, 'first', cat], { input: changed, encoding: 'latin1' });
    expect(existsSync(join(machines.hosts[0]?.root ?? '', 'run-once'))).toBe(true);
    let cmdline = '';
    for (let tries = 0; tries < 100 && !cmdline.includes('cgroup_disable=memory'); tries += 1) {
      await setTimeout(100);
      cmdline = ssh('first', 'cat', '/proc/cmdline').stdout;
    }
    expect(cmdline).toContain('cgroup_disable=memory');
    expect(ssh('first', 'cat', '/proc/cgroups').stdout).toMatch(/^memory\t0\t1\t0$/m);
    expect(ssh('second', 'cat', '/proc/cgroups').stdout).toMatch(/^memory\t3\t4\t1$/m);
  });

  test('nothing is left when they stop', async () => {
    const extra = await startSshHosts([{ name: 'short', fixture: 'debian-9' }]);
    const root = extra.hosts[0]?.root ?? '';
    extra.stop();
    await setTimeout(200);
    expect(existsSync(root)).toBe(false);
    expect(execFileSync('ps', ['-ef'], { encoding: 'utf8' })).not.toContain(root);
  });
});
