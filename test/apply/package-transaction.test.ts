import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPackageTransaction, writerOf } from '../../src/apply/package-transaction.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { openHost } from '../../src/host/root-host.ts';

const TABLE = `1: FLOCK  ADVISORY  WRITE 10 08:01:100 0 EOF
2: POSIX  ADVISORY  READ  11 08:01:100 0 EOF
3: POSIX  ADVISORY  WRITE 12 103:02:200 0 EOF
3: -> POSIX  ADVISORY  WRITE 13 08:01:300 0 EOF
4: POSIX  ADVISORY  WRITE 14 00:2b:400 0 EOF
`;

/** gnu_dev_makedev(major, minor) for small numbers. */
const device = (major: bigint, minor: bigint) => (major << 8n) | minor;

const cases = [
  {
    name: 'a flock or a read lock is no package manager',
    device: device(8n, 1n),
    inode: 100n,
    pid: undefined,
  },
  { name: 'a write lock', device: device(0x103n, 2n), inode: 200n, pid: '12' },
  { name: 'the same inode of another device', device: device(8n, 2n), inode: 200n, pid: undefined },
  { name: 'one that waits does not hold', device: device(8n, 1n), inode: 300n, pid: undefined },
  { name: 'btrfs, whose stat gives another device', device: device(0n, 0x31n), inode: 400n, pid: '14' },
  { name: 'nobody', device: device(8n, 1n), inode: 500n, pid: undefined },
];

test.each(cases)('who holds a write lock, by /proc/locks: $name', ({ device, inode, pid }) => {
  expect(writerOf(TABLE, device, inode)).toBe(pid);
});

describe('a running package manager', () => {
  test('is found by its fcntl lock, as dpkg takes it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'bootmend-dpkg-'));
    const path = join(directory, 'lock-frontend');
    writeFileSync(path, '');
    const script =
      'import fcntl,sys,time\nf=open(sys.argv[1],"r+")\nfcntl.lockf(f,fcntl.LOCK_EX)\nprint("held",flush=True)\ntime.sleep(60)';
    const holder = spawn('python3', ['-c', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise((resolve, reject) => {
        holder.stdout.once('data', resolve);
        holder.once('error', reject);
      });
      const { dev, ino } = statSync(path, { bigint: true });
      expect(writerOf(readFileSync('/proc/locks', 'latin1'), dev, ino)).toBe(String(holder.pid));
    } finally {
      holder.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true });
    }
  });

  /** A machine on which dpkg runs, without one. */
  async function machine(isRunningSystem: boolean): Promise<ChangeableHost> {
    const host = await openHost('/');
    const status = await host.status('/proc/self/stat');
    if (!status.ok) throw new Error(status.reason);
    const held = { ...status, status: { ...status.status, device: device(0x103n, 2n), inode: 200n } };
    return {
      ...host,
      isRunningSystem,
      status: async (path) =>
        path === '/var/lib/dpkg/lock-frontend' ? held : { ok: false, reason: 'missing' },
      read: async () => ({ ok: true, bytes: Buffer.from(TABLE), realPath: '', status: status.status }),
    };
  }

  test('stands against a change of the running system', async () => {
    expect(await findPackageTransaction(await machine(true))).toEqual({
      code: 'package-transaction',
      exitCode: 3,
      data: { path: '/var/lib/dpkg/lock-frontend', pid: '12' },
    });
  });

  test('is no concern of another root', async () => {
    expect(await findPackageTransaction(await machine(false))).toBeUndefined();
  });
});
