import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { counted } from '../oracle/missing.ts';

const SUDO = '/usr/bin/sudo';
const PLUGINS = '/usr/libexec/sudo';
const PAM = '/lib/x86_64-linux-gnu/security';

/** Whether the machine's own sudo can be given to a tree. */
export const canGiveSudo = counted(existsSync(SUDO) && existsSync(PAM), 'sudo');

/**
 * Gives a tree this machine's sudo(8), setuid, with its plug-ins, the libraries of both at their own places, and PAM that asks for the
 * password of shadow(5).
 *
 * @param rules lines of sudoers(5)
 * @param passwords of users, by name
 */
export function giveSudo(
  root: string,
  rules: readonly string[],
  passwords: Readonly<Record<string, string>>,
): void {
  const modules = ['pam_unix.so', 'pam_permit.so'].map((name) => join(PAM, name));
  const plugins = readdirSync(PLUGINS)
    .filter((name) => name.endsWith('.so'))
    .map((name) => join(PLUGINS, name));
  for (const file of [SUDO, ...modules]) copyWithLibraries(root, file);
  cpSync(PLUGINS, join(root, PLUGINS), { recursive: true, dereference: true });
  for (const file of plugins) copyWithLibraries(root, file);
  chmodSync(join(root, SUDO), 0o4755);
  const pam = 'auth required pam_unix.so\naccount required pam_permit.so\nsession required pam_permit.so\n';
  write(root, 'etc/pam.d/sudo', pam, 0o644);
  write(root, 'etc/sudoers', `${rules.join('\n')}\n`, 0o440);
  const hashes = Object.entries(passwords).map(([user, password]) => {
    const hash = execFileSync('openssl', ['passwd', '-6', password], { encoding: 'utf8' }).trim();
    return `${user}:${hash}:19000:0:99999:7:::\n`;
  });
  write(root, 'etc/shadow', hashes.join(''), 0o600);
}

function copyWithLibraries(root: string, file: string): void {
  copyTo(root, file);
  const libraries = execFileSync('ldd', [file], { encoding: 'utf8' });
  for (const [, path = ''] of libraries.matchAll(/(\/\S+) \(0x/g)) copyTo(root, path);
}

function copyTo(root: string, path: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  copyFileSync(path, join(root, path));
}

function write(root: string, path: string, text: string, mode: number): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode });
}
