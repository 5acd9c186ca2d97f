import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { hasProgram } from '../oracle/available.ts';
import { counted } from '../oracle/missing.ts';

const mayMake = counted(process.getuid?.() === 0, 'root');

/** Whether a Debian root can be made here and entered. */
export const canMakeDebianRoot = hasProgram('mmdebstrap') && hasProgram('unshare') && mayMake;

/** For the first run, which fetches the packages. */
export const MAKING_MS = 600_000;

/** For slow, shared machines: vitest gives a hook ten seconds. */
const REMOVING_MS = 120_000;

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
}, REMOVING_MS);

/** A Debian root as its packages install it, with the defaults file and the menu that its first update-grub makes. */
export function debianRoot(): string {
  const script = join(import.meta.dirname, 'fetch-debian-root.sh');
  const tarball = execFileSync('sh', [script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const root = mkdtempSync(join(tmpdir(), 'bootmend-debian-'));
  made.push(root);
  execFileSync('tar', ['-xf', tarball.trim(), '-C', root]);
  // What grub-install and the package's configuration do on a machine with a disc of its own.
  mkdirSync(join(root, 'boot/grub'), { recursive: true });
  cpSync(join(root, 'usr/share/grub/default/grub'), join(root, 'etc/default/grub'));
  updateGrub(root);
  return root;
}

// The mounts are seen by this process alone and end with it.
const ENTER =
  'set -e; cd "$1"; for d in dev proc sys; do mount --rbind /$d $d; done; exec chroot . update-grub';

/** Debian's own update-grub, with its own grub-mkconfig and grub-probe, run in a root. */
export function updateGrub(root: string): void {
  const { status, stderr } = spawnSync('unshare', ['--mount', 'sh', '-c', ENTER, 'sh', root], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`update-grub: ${stderr}`);
}

/** The menu's file and the defaults file, latin1. */
export function grubFiles(root: string): { readonly menu: string; readonly defaults: string } {
  const read = (path: string) => readFileSync(join(root, path), 'latin1');
  return { menu: read('boot/grub/grub.cfg'), defaults: read('etc/default/grub') };
}
