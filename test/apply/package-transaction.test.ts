import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

const cases: readonly {
  readonly name: string;
  readonly kind?: 'POSIX' | 'FLOCK';
  readonly device: bigint;
  readonly inode: bigint;
  readonly pid: string | undefined;
}[] = [
  { name: 'a flock, where that is the lock', kind: 'FLOCK', device: device(8n, 1n), inode: 100n, pid: '10' },
  { name: 'no other, there', kind: 'FLOCK', device: device(0x103n, 2n), inode: 200n, pid: undefined },
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

test.each(cases)(
  'who holds a write lock, by /proc/locks: $name',
  ({ kind = 'POSIX', device, inode, pid }) => {
    expect(writerOf(TABLE, kind, device, inode)).toBe(pid);
  },
);

describe('a package manager at work', () => {
  let directory = '';
  let locked = '';
  let holder: ChildProcess;
  let host: ChangeableHost;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'bootmend-lock-'));
    locked = join(directory, 'lock');
    writeFileSync(locked, '');
    host = await openHost('/');
    const script =
      'import fcntl,sys,time\nf=open(sys.argv[1],"r+")\nfcntl.lockf(f,fcntl.LOCK_EX)\nprint("held",flush=True)\ntime.sleep(60)';
    holder = spawn('python3', ['-c', script, locked], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve, reject) => {
      holder.stdout?.once('data', resolve);
      holder.once('error', reject);
    });
  });
  afterAll(() => {
    holder.kill('SIGKILL');
    host.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** This machine, with one lock file: the one that the other process holds. */
  const machineWith = (lockPath: string): ChangeableHost => ({
    ...host,
    status: async (path) => (path === lockPath ? host.status(locked) : { ok: false, reason: 'missing' }),
  });

  test.each([
    { program: 'apt', path: '/var/lib/dpkg/lock-frontend' },
    { program: 'dpkg', path: '/var/lib/dpkg/lock' },
    { program: 'rpm', path: '/var/lib/rpm/.rpm.lock' },
    { program: 'rpm with its database in /usr', path: '/usr/lib/sysimage/rpm/.rpm.lock' },
  ])('is found by its fcntl lock and stands against a change: $program', async ({ path }) => {
    expect(await findPackageTransaction(machineWith(path))).toEqual({
      code: 'package-transaction',
      data: { path, pid: String(holder.pid) },
    });
  });

  test.each(['/lib/apk/db/lock', '/run/apk/db.lock', '/var/db/xbps/lock'])(
    'is found by its flock and stands against a change: %s',
    async (path) => {
      const child = spawn('flock', [locked, 'sh', '-c', 'echo held; exec sleep 60'], {
        stdio: ['ignore', 'pipe', 'inherit'],
        detached: true,
      });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      try {
        expect(await findPackageTransaction(machineWith(path))).toMatchObject({
          code: 'package-transaction',
          data: { path },
        });
      } finally {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
        await new Promise((resolve) => child.once('close', resolve));
      }
    },
  );

  test('pacman’s is that its lock file is there', async () => {
    expect(await findPackageTransaction(machineWith('/var/lib/pacman/db.lck'))).toEqual({
      code: 'package-lock-file',
      data: { path: '/var/lib/pacman/db.lck' },
    });
  });

  test('any other locked file is no concern', async () => {
    expect(await findPackageTransaction(machineWith('/var/lib/dpkg/other'))).toBeUndefined();
  });

  test('is no concern of another root', async () => {
    const other = { ...machineWith('/var/lib/dpkg/lock'), isRunningSystem: false };
    expect(await findPackageTransaction(other)).toBeUndefined();
  });
});
