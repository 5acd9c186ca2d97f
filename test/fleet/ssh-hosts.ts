import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseFstab, unmountedBoot } from '../../src/facts/mounts.ts';
import { canMount } from '../host/mounted.ts';
import { counted } from '../oracle/missing.ts';
import { makeBusyboxRoot } from './busybox-root.ts';

const NEXT_BOOT = join(import.meta.dirname, 'next-boot.js');

/** Debian's, which is not on the PATH of users. */
const SSHD = '/usr/sbin/sshd';

/** Whether machines can be stood up that answer to ssh. */
export const canServeSsh =
  canMount &&
  counted(existsSync(SSHD), 'sshd (openssh-server)') &&
  counted(existsSync('/usr/bin/ssh-keygen'), 'ssh (openssh-client)') &&
  counted(existsSync('/bin/busybox'), 'busybox');

/** A machine to stand up: a fixture's tree as its `/`, with busybox for all programs. */
export interface SshHostSpec {
  /** Its name for ssh. */
  readonly name: string;
  /** A folder of grub-fixtures/, copied. */
  readonly fixture: string;
  /** Changes the tree before the machine starts. */
  readonly prepare?: (root: string) => void;
  /** Shell commands in the machine's own mount namespace, where its tree is at /mnt: a mount of its own, say. */
  readonly mounts?: string;
  /** Lines of its sshd_config(5). */
  readonly configuration?: readonly string[];
  /** Lines of its passwd(5), beside root's. */
  readonly users?: readonly string[];
  /** The login shell of root; /bin/sh otherwise. */
  readonly shell?: string;
}

export interface SshHost {
  readonly name: string;
  /** 127.0.1.N */
  readonly address: string;
  /** The directory that is its `/`. What its `mounts` put over it is not seen here. */
  readonly root: string;
}

export interface SshHosts {
  readonly hosts: readonly SshHost[];
  readonly port: number;
  /** An ssh_config(5) that knows all of them by name, with the key that lets root in. */
  readonly configuration: string;
  readonly stop: () => void;
}

/**
 * Stands up machines without Node, Python or a C library: for each an sshd on 127.0.1.N, in mount and process namespaces
 * of its own, whose users get a copy of a fixture's tree as `/`. A reboot there ends the machine's processes, and the
 * machine starts anew with the command line that GRUB would give its default entry.
 */
export async function startSshHosts(specs: readonly SshHostSpec[]): Promise<SshHosts> {
  const place = mkdtempSync(join(tmpdir(), 'bootmend-fleet-'));
  // sshd reads the key as the user who comes in.
  chmodSync(place, 0o755);
  const port = await freePort();
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(place, 'key')]);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(place, 'host-key')]);
  const hosts: SshHost[] = [];
  const processes: ChildProcess[] = [];
  for (const [index, spec] of specs.entries()) {
    const host = makeHost(place, spec, `127.0.1.${index + 1}`);
    hosts.push(host);
    processes.push(startHost(place, host, port, spec));
  }
  const stop = () => {
    for (const { pid } of processes) endGroup(pid);
    rmSync(place, { recursive: true, force: true });
  };
  try {
    await Promise.all(hosts.map(({ address }) => untilAnswering(address, port)));
  } catch (error) {
    stop();
    throw error;
  }
  return { hosts, port, configuration: writeClientConfiguration(place, hosts, port), stop };
}

function makeHost(place: string, spec: SshHostSpec, address: string): SshHost {
  const root = join(place, spec.name);
  makeBusyboxRoot(root, spec.fixture);
  const users = [`root:x:0:0:root:/root:${spec.shell ?? '/bin/sh'}`, ...(spec.users ?? [])];
  writeFileSync(join(root, 'etc/passwd'), `${users.join('\n')}\nsshd:x:999:65534::/run/sshd:/bin/false\n`);
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
  spec.prepare?.(root);
  return { name: spec.name, address, root };
}

/**
 * Namespaces end with their first process, which sshd becomes, and reboot(2) there ends that process (pid_namespaces(7)).
 * sshd lets nobody in below a directory that others may write to, as /tmp is: so the tree is mounted elsewhere.
 */
function startHost(place: string, host: SshHost, port: number, spec: SshHostSpec): ChildProcess {
  const folder = join(place, `${host.name}.machine`);
  mkdirSync(folder);
  const passwd = readFileSync(join(host.root, 'etc/passwd'), 'utf8');
  writeFileSync(join(folder, 'passwd'), passwd);
  writeFileSync(join(folder, 'shadow'), passwd.replace(/:.*/gm, ':*:::::::'));
  writeFileSync(
    join(folder, 'sshd_config'),
    serverConfiguration(place, host, port, spec.configuration ?? []),
  );
  const start = `set -e
cd '${folder}'
mount --bind '${host.root}' /mnt
mount --rbind /dev /mnt/dev
mount -t proc proc /mnt/proc
mount --bind cmdline /mnt/proc/cmdline
mount --bind osrelease /mnt/proc/sys/kernel/osrelease
mount --bind cgroups /mnt/proc/cgroups
mount --bind boot_id /mnt/proc/sys/kernel/random/boot_id
for real in proc/kallsyms proc/slabinfo dev/kmsg; do mount --bind /dev/null "/mnt/$real"; done
${bootMounts(host.root)}
mount --bind passwd /etc/passwd
mount --bind shadow /etc/shadow
mount -t tmpfs tmpfs /run
mkdir /run/sshd
${spec.mounts ?? ''}
cd /
exec ${SSHD} -D -e -f '${join(folder, 'sshd_config')}'`;
  const machine = `while '${process.execPath}' '${NEXT_BOOT}' '${host.root}' '${folder}'; do
  unshare --mount --pid --fork --kill-child --propagation private sh -c "$1" || :
done`;
  return spawn('sh', ['-c', machine, 'sh', start], {
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
}

/** What its fstab mounts for booting is a mount of its own there too, though of the same file system. */
function bootMounts(root: string): string {
  const path = join(root, 'etc/fstab');
  const fstab = existsSync(path) ? parseFstab(readFileSync(path, 'latin1')) : [];
  const points = unmountedBoot([], fstab).map(({ point }) => `/mnt${point}`);
  return points.map((point) => `mkdir -p '${point}' && mount --bind '${point}' '${point}'`).join('\n');
}

function serverConfiguration(place: string, host: SshHost, port: number, lines: readonly string[]): string {
  return [
    ...lines,
    `ListenAddress ${host.address}`,
    `Port ${port}`,
    `HostKey ${join(place, 'host-key')}`,
    `AuthorizedKeysFile ${join(place, 'key.pub')}`,
    'ChrootDirectory /mnt',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'PidFile none',
    'PrintMotd no',
    'StrictModes no',
    'Subsystem sftp internal-sftp',
    'LogLevel FATAL',
    'MaxStartups 100',
    '',
  ].join('\n');
}

function writeClientConfiguration(place: string, hosts: readonly SshHost[], port: number): string {
  const key = readFileSync(join(place, 'host-key.pub'), 'utf8');
  const known = hosts.map(({ address }) => `[${address}]:${port} ${key}`);
  writeFileSync(join(place, 'known_hosts'), known.join(''));
  const path = join(place, 'ssh_config');
  const names = hosts.map(({ name, address }) => `Host ${name}\n  HostName ${address}\n`);
  writeFileSync(
    path,
    `${names.join('')}Host *
  Port ${port}
  User root
  IdentityFile ${join(place, 'key')}
  IdentitiesOnly yes
  UserKnownHostsFile ${join(place, 'known_hosts')}
  GlobalKnownHostsFile /dev/null
`,
  );
  return path;
}

/** A port that is free on 127.0.0.1, and so, most likely, on the addresses that nothing else uses. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const ANSWER_WITHIN_MS = 60_000;

async function untilAnswering(address: string, port: number): Promise<void> {
  const end = Date.now() + ANSWER_WITHIN_MS;
  while (!(await isAnswering(address, port))) {
    if (Date.now() > end) throw new Error(`nothing answers on ${address}:${port}`);
    await setTimeout(50);
  }
}

function isAnswering(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.on('data', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
    socket.on('data', () => socket.destroy());
  });
}

/** The shell that stands for the machine's power, and with it `unshare`, whose end is that of the machine. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
