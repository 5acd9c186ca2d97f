import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { EMULATED_MACHINE } from '../../boot/emulated-machine.ts';
import { mount, unmount } from '../../host/mounted.ts';
import type { Driver, DriverRequest } from '../driver.ts';

/** The file system that /boot is on, of its own or as part of `/`. */
export interface BootPlace {
  readonly fileSystem: 'xfs' | 'ext4' | 'vfat';
  readonly isInRoot: boolean;
}

/** The disks of one virtual machine; they outlive a power cut. */
export interface Disks {
  readonly rootImage: string;
  /** The same where /boot is part of `/`. */
  readonly bootImage: string;
  /** Where GRUB finds it on the boot image. */
  readonly configPath: string;
  /** Starts GRUB, which reads its configuration from the boot image as the power cut left it. */
  readonly loaderImage: string;
  /** Written to with the number of each change once it is done, where there is one. */
  readonly markImage?: string;
}

export interface Kernel {
  readonly image: string;
  /** A directory with its modules, at any depth. */
  readonly modules: string;
}

/** Debian's kernel for virtual machines, fetched once. */
export function fetchKernel(): Kernel {
  const cache =
    process.env['BOOTMEND_POWER_CUT_KERNEL'] ?? join(homedir(), '.cache/bootmend-power-cut-kernel');
  execFileSync('sh', [new URL('./fetch-kernel.sh', import.meta.url).pathname, cache], { stdio: 'inherit' });
  return { image: join(cache, 'vmlinuz'), modules: join(cache, 'modules') };
}

const LABEL = 'BMBOOT';
const LABEL_OF_ROOT = 'BMROOT';
const PROGRAMS = ['perl', 'flock', 'fsfreeze', 'getfattr', 'setfattr', 'sync', 'ls', 'stat', 'cat', 'sh'];
const MODULES = ['virtio_pci', 'virtio_blk', 'xfs', 'vfat', 'nls_cp437', 'nls_ascii', 'nls_iso8859-1'];

/** Makes the disks: a root with node and the driver, a /boot with kernel and grub.cfg, and a loader. */
export function makeDisks(
  work: string,
  place: BootPlace,
  kernel: Kernel,
  driver: Driver,
  request: DriverRequest,
  files: { readonly config: string; readonly defaults: string },
): Disks {
  const rootImage = join(work, 'root.img');
  const bootImage = place.isInRoot ? rootImage : join(work, 'boot.img');
  const configPath = place.isInRoot ? '/boot/grub2/grub.cfg' : '/grub2/grub.cfg';
  const disks = { rootImage, bootImage, configPath, loaderImage: join(work, 'loader.iso') };
  const root = makeRootTree(work, driver.file, files.defaults);
  // The kernel is found at the same path by GRUB whichever file system its configuration is on.
  const boot = place.isInRoot ? root : join(work, 'boot');
  const grub = place.isInRoot ? join(root, 'boot/grub2') : join(boot, 'grub2');
  mkdirSync(grub, { recursive: true });
  writeFileSync(join(grub, 'grub.cfg'), files.config);
  cpSync(kernel.image, join(boot, 'vmlinuz'));
  writeFileSync(join(boot, 'initrd.img'), makeInitialRamDisk(work, kernel.modules, place, request));
  if (place.isInRoot) {
    makeRootFileSystem(root, rootImage, place.fileSystem);
  } else {
    makeRootFileSystem(root, rootImage, 'ext4');
    makeBootFileSystem(boot, bootImage, place.fileSystem);
  }
  makeLoader(work, disks);
  return disks;
}

function makeRootTree(work: string, driver: string, defaults: string): string {
  const tree = join(work, 'root');
  for (const name of [
    'proc',
    'sys',
    'dev',
    'boot',
    'tmp',
    'run',
    'var/lib',
    'etc/default',
    'usr/bin',
    'usr/sbin',
  ]) {
    mkdirSync(join(tree, name), { recursive: true });
  }
  writeFileSync(join(tree, 'etc/default/grub'), defaults);
  cpSync(driver, join(tree, 'driver.mjs'));
  copyWithLibraries(process.execPath, join(tree, 'usr/bin/node'), tree);
  for (const program of PROGRAMS) {
    const path = execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program]).toString().trim();
    copyWithLibraries(path, join(tree, 'usr/bin', program), tree);
  }
  return tree;
}

function makeRootFileSystem(tree: string, image: string, fileSystem: BootPlace['fileSystem']): void {
  if (fileSystem === 'ext4') {
    execFileSync('mke2fs', ['-q', '-t', 'ext4', '-L', LABEL_OF_ROOT, '-d', tree, image, '768M']);
    return;
  }
  execFileSync('truncate', ['-s', '768M', image]);
  execFileSync('mkfs.xfs', ['-q', '-L', LABEL_OF_ROOT, image]);
  const point = `${image}-filling`;
  mkdirSync(point);
  mount(['-o', 'loop', image, point]);
  execFileSync('cp', ['-a', `${tree}/.`, point]);
  unmount(point);
}

/** A program and the libraries that ldd(1) finds for it, each where it is on this machine. */
function copyWithLibraries(program: string, target: string, tree: string): void {
  cpSync(program, target, { dereference: true });
  for (const [library] of execFileSync('ldd', [program]).toString().matchAll(/\/\S+/g)) {
    mkdirSync(join(tree, dirname(library)), { recursive: true });
    cpSync(library, join(tree, library), { dereference: true });
  }
}

function makeInitialRamDisk(
  work: string,
  modules: string,
  { fileSystem, isInRoot }: BootPlace,
  request: DriverRequest,
): Buffer {
  const tree = join(work, 'initrd');
  for (const name of ['bin', 'proc', 'dev', 'root', 'modules'])
    mkdirSync(join(tree, name), { recursive: true });
  cpSync('/bin/busybox', join(tree, 'bin/busybox'), { dereference: true });
  const order = modulesInOrder(modules);
  for (const module of order) cpSync(module, join(tree, 'modules', basename(module)));
  const load = order.map((module) => `busybox insmod /modules/${basename(module)}`).join('\n');
  const init = `#!/bin/busybox sh
busybox mount -t proc proc /proc
busybox mount -t devtmpfs dev /dev
exec </dev/null >/dev/ttyS0 2>&1
${load}
busybox mount -t ${isInRoot ? fileSystem : 'ext4'} /dev/vda /root || echo "failed: root"
${isInRoot ? '' : `busybox mount -t ${fileSystem} /dev/vdb /root/boot || echo "failed: boot"`}
busybox mount -t proc proc /root/proc
busybox mount -o bind /dev /root/dev
busybox chroot /root /usr/bin/node /driver.mjs '${JSON.stringify(request)}'
echo "failed: the driver ended"
busybox poweroff -f
`;
  writeFileSync(join(tree, 'init'), init, { mode: 0o755 });
  return execFileSync('sh', ['-c', 'find . | cpio --quiet -o -H newc | gzip -1'], {
    cwd: tree,
    maxBuffer: 1 << 28,
  });
}

/** The files of the modules that are wanted, each behind those that its own `depends=` names. */
function modulesInOrder(directory: string): readonly string[] {
  const files = new Map<string, string>();
  for (const path of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('.ko')) files.set(basename(path, '.ko').replaceAll('-', '_'), join(directory, path));
  }
  const order: string[] = [];
  const add = (name: string) => {
    const file = files.get(name.replaceAll('-', '_'));
    if (file === undefined || order.includes(file)) return;
    const [, depends = ''] = /\0depends=([^\0]*)\0/.exec(readFileSync(file, 'latin1')) ?? [];
    for (const needed of depends.split(',')) add(needed);
    order.push(file);
  };
  for (const wanted of MODULES) add(wanted);
  return order;
}

function makeBootFileSystem(tree: string, image: string, fileSystem: BootPlace['fileSystem']): void {
  execFileSync('truncate', ['-s', '320M', image]);
  if (fileSystem === 'ext4') execFileSync('mke2fs', ['-q', '-t', 'ext4', '-L', LABEL, '-d', tree, image]);
  if (fileSystem === 'vfat') {
    execFileSync('mkfs.vfat', ['-F', '32', '-n', LABEL, image], { stdio: 'pipe' });
    for (const name of ['vmlinuz', 'initrd.img', 'grub2']) {
      execFileSync('mcopy', ['-s', '-i', image, join(tree, name), '::'], { stdio: 'pipe' });
    }
  }
  if (fileSystem === 'xfs') {
    const prototype = `${image}.proto`;
    const file = (name: string, path: string) => `${name} ---644 0 0 ${join(tree, path)}\n`;
    const names = `${file('vmlinuz', 'vmlinuz')}${file('initrd.img', 'initrd.img')}`;
    const grub = `grub2 d--755 0 0\n${file('grub.cfg', 'grub2/grub.cfg')}$\n`;
    writeFileSync(prototype, `/\n0 0\nd--755 0 0\n${names}${grub}$\n`);
    execFileSync('mkfs.xfs', ['-q', '-L', LABEL, '-p', prototype, image]);
  }
}

function makeLoader(work: string, { rootImage, bootImage, configPath, loaderImage }: Disks): void {
  const tree = join(work, 'loader');
  mkdirSync(join(tree, 'boot/grub'), { recursive: true });
  const label = rootImage === bootImage ? LABEL_OF_ROOT : LABEL;
  const config = `search --no-floppy --label --set=root ${label}\nconfigfile ($root)${configPath}\n`;
  writeFileSync(join(tree, 'boot/grub/grub.cfg'), config);
  execFileSync('grub-mkrescue', ['-o', loaderImage, tree], { stdio: 'pipe' });
}

/** The file as GRUB's own file system driver reads it from the image, without replaying a journal. */
export function readAsGrub(image: string, path: string): string {
  return execFileSync('grub-fstest', [image, 'cat', path], { stdio: 'pipe' }).toString('latin1');
}

/** A machine that is on; its power can be cut. */
export interface Machine {
  /** The first line from the console that matches, among those that were not asked for yet. */
  line(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray>;
  /** Every line so far. */
  console(): string;
  cutPower(): Promise<void>;
}

export function powerOn(disks: Disks): Machine {
  const drive = (file: string) => ['-drive', `file=${file},format=raw,if=virtio,cache=writeback`];
  const child = spawn(
    'qemu-system-x86_64',
    [
      ...EMULATED_MACHINE,
      ...['-m', '1024'],
      ...drive(disks.rootImage),
      ...(disks.bootImage === disks.rootImage ? [] : drive(disks.bootImage)),
      ...(disks.markImage === undefined ? [] : drive(disks.markImage)),
      ...['-cdrom', disks.loaderImage, '-boot', 'd'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return watch(child);
}

function watch(child: ChildProcess): Machine {
  let text = '';
  let asked = 0;
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  return {
    console: () => text,
    line: async (pattern, timeoutMs) => {
      for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
        const lines = text.slice(asked).split('\n').slice(0, -1);
        for (const line of lines) {
          asked += line.length + 1;
          const found = pattern.exec(line.trim());
          if (found !== null) return found;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`waited in vain for ${pattern}:\n${text}`);
    },
    cutPower: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
