import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyFixture, runCli } from '../cli/run-cli.ts';
import { lz4Kernel } from '../kernel/image/packaged-kernels.ts';
import { patchLz4Kernel } from '../kernel/image/patch-lz4.ts';
import { hasProgram } from '../oracle/available.ts';
import { bootDisc, initialRamDisk } from './boot-kernel.ts';

const canBoot =
  hasProgram('qemu-system-x86_64') && hasProgram('grub-mkrescue') && hasProgram('/bin/busybox', '--help');
const shipped = canBoot ? lz4Kernel() : undefined;

/** A host in a directory whose only kernel ignores cgroup.memory=nokmem, as CentOS 7.3's does, and which GRUB can boot. */
function hostWithDeafKernel(): { readonly root: string; readonly release: string } {
  const root = copyFixture('centos-7.3-dead-word');
  const release = shipped?.release ?? '';
  const kernel = patchLz4Kernel(shipped?.file() ?? Buffer.alloc(0), 'cgroup.memory=');
  writeFileSync(join(root, `boot/vmlinuz-${release}`), kernel);
  writeFileSync(join(root, `boot/initramfs-${release}.img`), initialRamDisk());
  const line = `linux /vmlinuz-${release} root=/dev/ram0 console=ttyS0 panic=-1 cgroup.memory=nokmem`;
  const entry = `menuentry 'Deaf' --id deaf {\n  ${line}\n  initrd /initramfs-${release}.img\n}\n`;
  writeFileSync(join(root, 'boot/grub2/grub.cfg'), `set timeout=0\nset default=deaf\n${entry}`);
  return { root, release };
}

/** The host's /boot on a disc, started by real GRUB with the host's own grub.cfg. */
async function reboot(root: string, release: string) {
  const disc = join(root, 'disc');
  mkdirSync(join(disc, 'boot/grub'), { recursive: true });
  cpSync(join(root, 'boot/grub2/grub.cfg'), join(disc, 'boot/grub/grub.cfg'));
  for (const name of [`vmlinuz-${release}`, `initramfs-${release}.img`])
    cpSync(join(root, 'boot', name), join(disc, name));
  const image = join(root, 'disc.iso');
  execFileSync('grub-mkrescue', ['--directory=/usr/lib/grub/i386-pc', '-o', image, disc], {
    stdio: 'ignore',
  });
  return bootDisc(image);
}

test.runIf(shipped !== undefined)(
  'the story: the usual word does nothing, fix proves it and finds the one that works, rollback takes it back',
  async () => {
    const { root, release } = hostWithDeafKernel();
    const before = readFileSync(join(root, 'boot/grub2/grub.cfg'));
    const deaf = await reboot(root, release);
    expect(deaf.memoryEnabled).toBe('1');
    expect(deaf.accountedCaches).toBeGreaterThan(0);

    const fixed = JSON.parse(
      runCli(['fix', '--yes', '--json', '--remedy', 'disable', '--root', root]).stdout,
    );
    expect(fixed.outcome).toBe('applied');
    expect(fixed.kernels[0].support['cgroup.memory=nokmem']).toMatchObject({ verdict: 'absent' });
    expect(fixed.kernels[0].support['cgroup.memory=nokmem'].evidence[0]).toMatchObject({
      source: 'image',
      says: 'absent',
    });
    const cured = await reboot(root, release);
    expect(cured.memoryEnabled).toBe('0');
    expect(cured.saysDisabling).toBe(true);

    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    expect(readFileSync(join(root, 'boot/grub2/grub.cfg'))).toEqual(before);
    expect((await reboot(root, release)).memoryEnabled).toBe('1');
  },
  300_000,
);
