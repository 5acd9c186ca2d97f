import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noteMissing } from '../oracle/missing.ts';

/** Whether this process may mount; said aloud where not, since what needs it is then not tested. */
export const canMount = probe('mounting a file system', () => {
  const place = mkdtempSync(join(tmpdir(), 'bootmend-mount-'));
  try {
    mount(['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
    unmount(place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

/** Whether this process may make a file a block device. */
export const canLoop = probe('loop devices', () => execFileSync('losetup', ['--find'], { stdio: 'pipe' }));

/** The file as a block device, until it is detached. */
export function loopDevice(file: string): { readonly path: string; readonly detach: () => void } {
  const path = execFileSync('losetup', ['--find', '--show', file], { encoding: 'utf8' }).trim();
  return { path, detach: () => execFileSync('losetup', ['--detach', path]) };
}

/** Whether this process may make a file immutable in the temporary directory. */
export const canMakeImmutable = probe('chattr +i', () => {
  const place = mkdtempSync(join(tmpdir(), 'bootmend-chattr-'));
  const file = join(place, 'file');
  try {
    writeFileSync(file, '');
    execFileSync('chattr', ['+i', file], { stdio: 'pipe' });
    execFileSync('chattr', ['-i', file], { stdio: 'pipe' });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

/** Whether this process may label a file; a kernel with SELinux on refuses labels that its policy does not know. */
export const canLabel = probe('an SELinux label of their choice', () => {
  const place = mkdtempSync(join(tmpdir(), 'bootmend-label-'));
  const file = join(place, 'file');
  try {
    writeFileSync(file, '');
    const label = 'system_u:object_r:boot_t:s0';
    execFileSync('setfattr', ['-n', 'security.selinux', '-v', label, file], { stdio: 'pipe' });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

export const isRoot = process.geteuid?.() === 0;
if (!isRoot) noteMissing('root');

export function mount(args: readonly string[]): void {
  execFileSync('mount', args, { stdio: 'pipe' });
}

export function unmount(place: string): void {
  execFileSync('umount', [place], { stdio: 'pipe' });
}

function probe(what: string, act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    noteMissing(what);
    return false;
  }
}
