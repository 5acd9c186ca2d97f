import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHost } from '../../src/host/root-host.ts';
import { copyFixture, runCli } from '../cli/run-cli.ts';
import { hasProgram } from '../oracle/available.ts';
import { isRoot } from './mounted.ts';

const canAutomount = isRoot && hasProgram('automount', '--version');
const CONFIG = '/boot/efi/EFI/centos/grub.cfg';

const mountinfo = () => readFileSync('/proc/self/mountinfo', 'utf8');

async function until(isThere: () => boolean): Promise<void> {
  for (let tries = 0; !isThere(); tries += 1) {
    if (tries > 200) throw new Error('the automounter does not answer');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** /boot/efi of a tree is a direct map of autofs, and what stands on it is elsewhere until somebody looks. */
describe.runIf(canAutomount)('an automounted ESP', () => {
  let base = '';
  let root = '';
  let automounter: ChildProcess;
  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'bootmend-autofs-'));
    root = copyFixture('centos-7.3');
    const [point, disk] = [join(root, 'boot/efi'), join(base, 'disk')];
    rmSync(point, { recursive: true, force: true });
    mkdirSync(point);
    mkdirSync(join(disk, 'EFI/centos'), { recursive: true });
    writeFileSync(join(disk, 'EFI/centos/grub.cfg'), readFileSync(join(root, 'boot/grub2/grub.cfg')));
    writeFileSync(join(base, 'master'), `/- ${join(base, 'map')} --timeout=300\n`);
    writeFileSync(join(base, 'map'), `${point} -fstype=bind :${disk}\n`);
    // A process of the automounter's own group never sets an automount off.
    const args = ['--foreground', '--pid-file', join(base, 'pid'), join(base, 'master')];
    automounter = spawn('automount', args, { stdio: 'ignore', detached: true });
    await until(() => mountinfo().includes(`${point} `));
  });
  afterEach(async () => {
    automounter.kill('SIGTERM');
    await until(() => !mountinfo().includes(`${root}/boot/efi `));
    rmSync(base, { recursive: true, force: true });
  });

  test('is mounted by being looked into', async () => {
    const host = await openHost(root);
    expect(await host.list('/boot/efi')).toMatchObject({ ok: true, names: ['EFI'] });
    host.close();
    expect(
      mountinfo()
        .split('\n')
        .filter((line) => line.includes(`${root}/boot/efi `)),
    ).toHaveLength(2);
  });

  test('its grub.cfg gets the words too, and no leftover alone', () => {
    execFileSync('ln', ['-sf', '../boot/efi/EFI/centos/grub.cfg', join(root, 'etc/grub2-efi.cfg')]);
    rmSync(join(root, 'etc/grub2.cfg'), { force: true });
    const run = runCli(['set', 'nosmt', '--yes', '--json', '--root', root]);
    expect(run.exitCode, run.stdout + run.stderr).toBe(0);
    const paths = JSON.parse(run.stdout).plan.edits.map(({ path }: { path: string }) => path);
    expect(paths).toContain(CONFIG);
    expect(readFileSync(join(base, 'disk/EFI/centos/grub.cfg'), 'latin1')).toContain('nosmt');
  });
});
