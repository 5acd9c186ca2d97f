import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine, runCli } from '../cli/run-cli.ts';
import { mount, unmount } from '../host/mounted.ts';
import { initialRamDisk } from './boot-kernel.ts';
import { EMULATED_MACHINE } from './emulated-machine.ts';

/** How a machine is started, and what its /boot lies on. */
export interface TrialPlace {
  readonly firmware: 'BIOS' | 'UEFI';
  readonly fileSystem: 'ext4' | 'xfs' | 'vfat';
}

/** A host whose `/` is a directory, and whose /boot is a disk that real GRUB boots from and writes to. */
export interface TrialMachine {
  readonly place: TrialPlace;
  readonly root: string;
  readonly bootImage: string;
  readonly loaderImage: string;
}

/** What one boot came to: the line of the kernel, and how it ended. */
export interface TrialBoot {
  readonly words: readonly string[];
  /** `off` by itself once it was up, `reset` by the kernel's panic, or `cut`: it was hanging, and its power was cut. */
  readonly end: 'off' | 'reset' | 'cut';
}

const LABEL = 'BMTRIAL';
const FIXTURE = fileURLToPath(new URL('../../grub-fixtures/debian-12/boot/grub/grub.cfg', import.meta.url));

/** Shows the line, keeps what a tree has of the boot that was recorded, and hangs where it is told to. */
const INIT = `#!/bin/busybox sh
busybox mount -t proc proc /proc
busybox mount -t devtmpfs dev /dev
exec > /dev/ttyS0 2>&1
busybox dmesg -n 1
echo
echo "line $(busybox cat /proc/cmdline)"
if busybox grep -q example.hang /proc/cmdline; then
  echo hanging
  while :; do busybox sleep 1000; done
fi
busybox mkdir -p /record/proc/sys/kernel/random
for path in cmdline cgroups slabinfo sys/kernel/osrelease sys/kernel/random/boot_id; do
  busybox cat /proc/$path > /record/proc/$path
done
cd /record
echo begin-record
busybox tar c . | busybox gzip | busybox base64
echo end-record
busybox sleep 3
busybox poweroff -f
`;

/** grub-mkconfig's own header and 41_custom, as Debian's update-grub wrote them, around one entry for the kernel. */
function configOf(release: string): string {
  const generated = readFileSync(FIXTURE, 'latin1');
  const header = generated.slice(0, generated.indexOf('function load_video'));
  const custom = generated.slice(generated.indexOf('### BEGIN /etc/grub.d/41_custom'));
  const linux = `linux /vmlinuz-${release} root=/dev/ram0 ro console=ttyS0`;
  const entry = `menuentry 'System' --id system {\n\tsavedefault\n\t${linux}\n\tinitrd /initrd.img-${release}\n}\n`;
  return `${header}set timeout=0\n${entry}${custom}`;
}

/** A machine of one kernel; its grubenv is as grub-editenv makes it. */
export function makeTrialMachine(
  work: string,
  place: TrialPlace,
  kernel: Buffer,
  release: string,
): TrialMachine {
  const root = join(work, 'root');
  const boot = join(work, 'boot');
  mkdirSync(join(boot, 'grub'), { recursive: true });
  mkdirSync(join(root, 'boot'), { recursive: true });
  mkdirSync(join(root, 'etc/default'), { recursive: true });
  writeFileSync(join(root, 'etc/os-release'), 'ID=debian\nVERSION_ID="12"\n');
  writeFileSync(join(root, 'etc/fstab'), `LABEL=${LABEL} /boot ${place.fileSystem} defaults 0 2\n`);
  writeFileSync(join(root, 'etc/default/grub'), 'GRUB_CMDLINE_LINUX_DEFAULT="console=ttyS0"\n');
  writeFileSync(join(boot, `vmlinuz-${release}`), kernel);
  writeFileSync(join(boot, `initrd.img-${release}`), initialRamDisk(INIT));
  writeFileSync(join(boot, 'grub/grub.cfg'), configOf(release), 'latin1');
  execFileSync('grub-editenv', [join(boot, 'grub/grubenv'), 'create']);
  const bootImage = join(work, 'boot.img');
  makeBootImage(boot, bootImage, place.fileSystem, root);
  return { place, root, bootImage, loaderImage: makeLoader(work) };
}

function makeBootImage(
  tree: string,
  image: string,
  fileSystem: TrialPlace['fileSystem'],
  root: string,
): void {
  execFileSync('truncate', ['-s', fileSystem === 'xfs' ? '320M' : '96M', image]);
  if (fileSystem === 'ext4') execFileSync('mke2fs', ['-q', '-t', 'ext4', '-L', LABEL, image]);
  if (fileSystem === 'xfs') execFileSync('mkfs.xfs', ['-q', '-L', LABEL, image]);
  if (fileSystem === 'vfat') execFileSync('mkfs.vfat', ['-F', '32', '-n', LABEL, image], { stdio: 'pipe' });
  withBoot({ root, bootImage: image }, () => {
    execFileSync('cp', ['-r', `${tree}/.`, join(root, 'boot')]);
  });
}

/** A disc with GRUB for both firmwares, which goes on with the configuration of the boot disk as if it had come from there. */
function makeLoader(work: string): string {
  const tree = join(work, 'loader');
  mkdirSync(join(tree, 'boot/grub'), { recursive: true });
  const modules = [
    'loadenv',
    'ext2',
    'xfs',
    'fat',
    'test',
    'linux',
    'echo',
    'search',
    'search_label',
    'configfile',
  ];
  const config = [
    ...modules.map((name) => `insmod ${name}`),
    `search --no-floppy --label --set=root ${LABEL}`,
    'set prefix=($root)/grub',
    'configfile /grub/grub.cfg',
    '',
  ].join('\n');
  writeFileSync(join(tree, 'boot/grub/grub.cfg'), config);
  const image = join(work, 'loader.iso');
  execFileSync('grub-mkrescue', ['-o', image, tree], { stdio: 'pipe' });
  return image;
}

/** Does something while the boot disk is mounted. */
export function withBoot<Value>(
  { root, bootImage }: Pick<TrialMachine, 'root' | 'bootImage'>,
  act: () => Value,
): Value {
  mount(['-o', 'loop', bootImage, join(root, 'boot')]);
  try {
    return act();
  } finally {
    unmount(join(root, 'boot'));
  }
}

/** Runs bootmend on the machine while it is off. */
export function change(machine: TrialMachine, words: readonly string[]) {
  return withBoot(machine, () => {
    const result = runCli([...words, '--yes', '--json', '--root', machine.root]);
    return { exitCode: result.exitCode, document: JSON.parse(result.stdout) };
  });
}

const OVMF = '/usr/share/ovmf/OVMF.fd';
const BOOT_MS = 150_000;

/** Power it on; what it shows of itself is then recorded in its tree. */
export async function boot(machine: TrialMachine, image = machine.bootImage): Promise<TrialBoot> {
  const firmware = machine.place.firmware === 'UEFI' ? ['-bios', OVMF] : [];
  const disk = ['-drive', `file=${image},format=raw,if=virtio,cache=writeback`];
  const medium = ['-cdrom', machine.loaderImage, '-boot', 'd'];
  const child = spawn(
    'qemu-system-x86_64',
    [...EMULATED_MACHINE, '-m', '512', ...firmware, ...disk, ...medium],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let console = '';
  let isCut = false;
  const timer = setTimeout(() => child.kill('SIGKILL'), BOOT_MS);
  child.stdout.on('data', (chunk: Buffer) => {
    console += chunk.toString('latin1');
    if (!/^hanging\r?$/m.test(console)) return;
    isCut = true;
    child.kill('SIGKILL');
  });
  await new Promise<void>((resolve) => child.on('close', () => resolve()));
  clearTimeout(timer);
  return readBoot(machine.root, console, isCut);
}

function readBoot(root: string, console: string, isCut: boolean): TrialBoot {
  const text = console.replaceAll('\r', '');
  const [, panicked] = /Command line: (.*)\n[\s\S]*Kernel panic/.exec(text) ?? [];
  if (panicked !== undefined) return { words: panicked.split(' ').slice(1), end: 'reset' };
  const [, line] = /^line (.*)$/m.exec(text) ?? [];
  const [, packed] = /begin-record\s+([\s\S]*?)\s+end-record/.exec(text) ?? [];
  if (line === undefined || (packed === undefined && !isCut)) {
    throw new Error(`the machine did not come to its end:\n${text.slice(-3000)}`);
  }
  if (packed !== undefined) {
    const input = Buffer.from(packed.replaceAll(/\s/g, ''), 'base64');
    execFileSync('tar', ['xz', '-C', root, '--no-same-owner', '--no-same-permissions'], {
      input,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  }
  return { words: line.split(' ').slice(1), end: isCut ? 'cut' : 'off' };
}

/**
 * Run `confirm`, and keep the boot disk as a power cut at some moments would leave it: with what was written to it by then,
 * whatever is still in memory.
 *
 * @param momentsMs after the start of the program
 * @returns the copies
 */
export async function cutInConfirm(
  machine: TrialMachine,
  momentsMs: readonly number[],
): Promise<readonly string[]> {
  const { root, bootImage } = machine;
  mount(['-o', 'loop', bootImage, join(root, 'boot')]);
  const [program, ...words] = commandLine(['confirm', '--yes', '--root', root]);
  const child = spawn(program, words, { stdio: 'ignore' });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const copies: string[] = [];
  let passed = 0;
  for (const moment of momentsMs) {
    await new Promise((resolve) => setTimeout(resolve, moment - passed));
    passed = moment;
    child.kill('SIGSTOP');
    const copy = `${bootImage}.${moment}`;
    cpSync(bootImage, copy);
    copies.push(copy);
    child.kill('SIGCONT');
  }
  const exitCode = await closed;
  unmount(join(root, 'boot'));
  if (exitCode !== 0) throw new Error(`confirm ended with ${exitCode}`);
  return copies;
}
