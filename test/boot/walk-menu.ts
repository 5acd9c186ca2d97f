import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialRamDisk } from './boot-kernel.ts';
import { EMULATED_MACHINE } from './emulated-machine.ts';

/** Prints what the kernel got, byte for byte, and starts the machine again. */
const printLineAndReboot = `#!/bin/busybox sh
busybox mount -t proc proc /proc
busybox mount -t devtmpfs dev /dev
echo "@LINE $(busybox base64 /proc/cmdline | busybox tr -d '\\n')@" > /dev/ttyS0
busybox reboot -f
`;

/**
 * A system's files in a directory, whose menu starts one entry after the other: each names the next one in the environment block
 * before it starts a kernel, as `grub-reboot` would.
 *
 * @param kernel goes to /vmlinuz
 * @param preamble commands in front of the entries, latin1
 * @param bodies the entries' commands but for `initrd`, each with its line end, latin1
 */
export function makeWalkedTree(
  root: string,
  kernel: Buffer,
  preamble: string,
  bodies: readonly string[],
): void {
  mkdirSync(join(root, 'boot/grub'), { recursive: true });
  mkdirSync(join(root, 'etc/default'), { recursive: true });
  writeFileSync(join(root, 'etc/default/grub'), '');
  writeFileSync(join(root, 'etc/os-release'), 'ID=debian\n');
  writeFileSync(join(root, 'vmlinuz'), kernel);
  writeFileSync(join(root, 'initrd'), initialRamDisk(printLineAndReboot));
  const block = '# GRUB Environment Block\nnext_entry=0\n';
  writeFileSync(join(root, 'boot/grub/grubenv'), block.padEnd(1024, '#'));
  const menu = bodies.map(
    (body, index) => `menuentry '${index}' {
set next_entry=${index + 1}
save_env --file /boot/grub/grubenv next_entry
${body}initrd /initrd
}
`,
  );
  const head = 'load_env --file /boot/grub/grubenv\nset default="${next_entry}"\nset timeout=0\n';
  writeFileSync(join(root, 'boot/grub/grub.cfg'), `${head}${preamble}${menu.join('')}`, 'latin1');
}

/**
 * The command lines that the kernels of a tree's entries get, in the order of the entries, latin1: real GRUB on an emulated PC, with the
 * tree on its disk, boots each of them.
 *
 * @param scratch an existing directory outside the tree
 * @throws Error with the end of the console's text where a line is missing after `timeoutMs`
 */
export async function walkMenu(
  root: string,
  scratch: string,
  count: number,
  timeoutMs: number,
): Promise<readonly string[]> {
  const disk = join(scratch, 'disk.img');
  execFileSync('mke2fs', ['-q', '-F', '-t', 'ext2', '-d', root, disk, '96M']);
  const disc = join(scratch, 'disc');
  mkdirSync(join(disc, 'boot/grub'), { recursive: true });
  writeFileSync(
    join(disc, 'boot/grub/grub.cfg'),
    'search --no-floppy --set=root --file /boot/grub/grubenv\nconfigfile /boot/grub/grub.cfg\n',
  );
  const image = join(scratch, 'disc.iso');
  execFileSync('grub-mkrescue', ['--directory=/usr/lib/grub/i386-pc', '-o', image, disc], {
    stdio: 'ignore',
  });
  const drive = ['-drive', `file=${disk},format=raw,if=ide,index=0`, '-cdrom', image, '-boot', 'd'];
  const text = await consoleUntil(drive, count, timeoutMs);
  const lines = [...text.matchAll(/@LINE ([A-Za-z0-9+/=]*)@/g)].map(([, line = '']) =>
    Buffer.from(line, 'base64').toString('latin1').replace(/\n$/, ''),
  );
  if (lines.length < count)
    throw new Error(`only ${lines.length} of ${count} entries booted:\n${text.slice(-2000)}`);
  return lines;
}

function consoleUntil(drive: readonly string[], count: number, timeoutMs: number): Promise<string> {
  const machine = EMULATED_MACHINE.filter((word) => word !== '-no-reboot');
  return new Promise((resolve, reject) => {
    const child = spawn('qemu-system-x86_64', [...machine, '-m', '512', ...drive], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if ((text.match(/@LINE [A-Za-z0-9+/=]*@/g)?.length ?? 0) >= count) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}
