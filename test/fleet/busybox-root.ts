import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('../../grub-fixtures', import.meta.url));

/** Makes `root` a copy of a fixture that can be entered: with busybox for all programs, flock(1), and nothing else. */
export function makeBusyboxRoot(root: string, fixture: string): void {
  cpSync(join(fixtures, fixture), root, { recursive: true, verbatimSymlinks: true });
  for (const folder of ['bin', 'dev', 'etc', 'mnt', 'proc', 'root', 'tmp', 'usr/bin', 'var/tmp'])
    mkdirSync(join(root, folder), { recursive: true });
  if (existsSync(join(root, 'boot/efi'))) mkdirSync(join(root, 'sys/firmware/efi'), { recursive: true });
  for (const folder of ['tmp', 'var/tmp']) chmodSync(join(root, folder), 0o1777);
  chmodSync(join(root, 'root'), 0o700);
  installBusybox(root);
  giveProgram(root, 'flock');
}

/** Gives a tree a program of this machine, with its libraries and loader beside it: the tree needs no C library. */
export function giveProgram(root: string, name: string): void {
  const program = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  const folder = join(root, 'opt', name);
  mkdirSync(folder, { recursive: true });
  copyFileSync(program, join(folder, name));
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g);
  let loader = '';
  for (const [, path = ''] of libraries) {
    copyFileSync(realpathSync(path), join(folder, basename(path)));
    if (basename(path).startsWith('ld-')) loader = `/opt/${name}/${basename(path)}`;
  }
  const words = `${loader} --inhibit-cache --library-path /opt/${name} /opt/${name}/${name}`;
  const script = join(root, 'usr/bin', name);
  rmSync(script, { force: true });
  mkdirSync(join(root, 'usr/bin'), { recursive: true });
  writeFileSync(script, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
}

/** A link for each name; a program of the fixture keeps its own. Debian's sh of busybox finds the names without them. */
function installBusybox(root: string): void {
  const program = join(root, 'bin/busybox');
  copyFileSync('/bin/busybox', program);
  const present = new Set(['bin', 'usr/bin', 'sbin'].flatMap((folder) => namesIn(join(root, folder))));
  for (const name of execFileSync(program, ['--list'], { encoding: 'utf8' }).trim().split('\n'))
    if (!present.has(name)) symlinkSync('busybox', join(root, 'bin', name));
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
