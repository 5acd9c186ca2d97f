import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyFixture, runCli } from '../cli/run-cli.ts';
import { lz4Kernel } from '../kernel/image/packaged-kernels.ts';
import { patchLz4Kernel } from '../kernel/image/patch-lz4.ts';
import { hasProgram } from '../oracle/available.ts';
import { discConsole, initialRamDisk } from './boot-kernel.ts';
import { recordingInit, unpackRecord } from './running-state.ts';

const canBoot =
  hasProgram('qemu-system-x86_64') && hasProgram('grub-mkrescue') && hasProgram('/bin/busybox', '--help');
const shipped = canBoot ? lz4Kernel() : undefined;

/** A host in a directory whose only kernel ignores cgroup.memory=nokmem, as CentOS 7.3's does, and which GRUB can boot. */
function hostWithDeafKernel(): { readonly root: string; readonly release: string } {
  const root = copyFixture('centos-7.3-dead-word');
  const release = shipped?.release ?? '';
  const kernel = patchLz4Kernel(shipped?.file() ?? Buffer.alloc(0), 'cgroup.memory=');
  writeFileSync(join(root, `boot/vmlinuz-${release}`), kernel);
  writeFileSync(join(root, `boot/initramfs-${release}.img`), initialRamDisk(recordingInit('v1')));
  const line = `linux /vmlinuz-${release} root=/dev/ram0 console=ttyS0 panic=-1 cgroup.memory=nokmem`;
  const entry = `menuentry 'Deaf' --id deaf {\n  ${line}\n  initrd /initramfs-${release}.img\n}\n`;
  writeFileSync(join(root, 'boot/grub2/grub.cfg'), `set timeout=0\nset default=deaf\n${entry}`);
  return { root, release };
}

/** The host's /boot on a disc, started by real GRUB with the host's own grub.cfg; what it shows becomes the host's proc and sys. */
async function reboot(root: string, release: string): Promise<void> {
  const disc = join(root, 'disc');
  mkdirSync(join(disc, 'boot/grub'), { recursive: true });
  cpSync(join(root, 'boot/grub2/grub.cfg'), join(disc, 'boot/grub/grub.cfg'));
  for (const name of [`vmlinuz-${release}`, `initramfs-${release}.img`])
    cpSync(join(root, 'boot', name), join(disc, name));
  const image = join(root, 'disc.iso');
  execFileSync('grub-mkrescue', ['--directory=/usr/lib/grub/i386-pc', '-o', image, disc], {
    stdio: 'ignore',
  });
  for (const shown of ['proc', 'sys', 'var/log/dmesg'])
    rmSync(join(root, shown), { recursive: true, force: true });
  unpackRecord(await discConsole(image), root);
}

/** A command of bootmend on the host, kept for BOOTMEND_STORY, a file that the documents are written from. */
function bootmend(root: string, ...words: readonly string[]) {
  const result = runCli([...words, '--root', root]);
  const story = process.env['BOOTMEND_STORY'];
  if (story !== undefined && !words.includes('--json')) {
    const told = `$ bootmend ${words.join(' ')} --root host\n${result.stdout}${result.stderr}exit ${result.exitCode}\n\n`;
    writeFileSync(story, told.replaceAll(root, 'host'), { flag: 'a' });
  }
  return result;
}

function verified(root: string, word: string) {
  const { stdout, exitCode } = runCli(['verify', '--json', '--root', root]);
  const { verification } = JSON.parse(stdout);
  return { exitCode, ...verification.find((one: { word: string }) => one.word === word) };
}

const NOKMEM = 'cgroup.memory=nokmem';
const DISABLE = 'cgroup_disable=memory';

test.runIf(shipped !== undefined)(
  'the story: the usual word does nothing and verify says so, fix finds the one that works, the reboot proves it, rollback takes it back',
  async () => {
    const { root, release } = hostWithDeafKernel();
    const before = readFileSync(join(root, 'boot/grub2/grub.cfg'));
    await reboot(root, release);
    expect(bootmend(root, 'verify').exitCode).toBe(4);
    expect(verified(root, NOKMEM)).toMatchObject({ inEffect: 'no', verdict: 'without-effect' });
    expect(bootmend(root, 'status').stdout).toContain(`${NOKMEM} is on the running line and does nothing`);

    expect(bootmend(root, 'fix', '--yes', '--remedy', 'disable').exitCode).toBe(0);
    expect(bootmend(root, 'verify').exitCode).toBe(5);
    expect(verified(root, DISABLE)).toMatchObject({ onLine: false, verdict: 'pending' });

    await reboot(root, release);
    expect(bootmend(root, 'verify').exitCode).toBe(0);
    expect(verified(root, DISABLE)).toMatchObject({ inEffect: 'yes', verdict: 'in-effect' });
    expect(verified(root, NOKMEM)).toMatchObject({ onLine: false, verdict: 'gone' });
    expect(bootmend(root, 'status').stdout).toContain(`In effect: ${DISABLE}`);

    expect(bootmend(root, 'rollback', '--yes').exitCode).toBe(0);
    expect(readFileSync(join(root, 'boot/grub2/grub.cfg'))).toEqual(before);
    expect(bootmend(root, 'verify').exitCode).toBe(5);
    await reboot(root, release);
    expect(verified(root, NOKMEM)).toMatchObject({ onLine: true, inEffect: 'no', verdict: 'without-effect' });
  },
  600_000,
);
