import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHost } from '../../src/host/root-host.ts';

let base = '';
let root = '';
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'bootmend-host-'));
  root = join(base, 'root');
  mkdirSync(join(root, 'boot/grub2'), { recursive: true });
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(join(root, 'boot/grub2/grub.cfg'), Buffer.from([0x61, 0xff, 0x0d, 0x0a]));
  writeFileSync(join(base, 'secret'), 'outside');
  symlinkSync('../boot/grub2/grub.cfg', join(root, 'etc/relative'));
  symlinkSync('/boot/grub2/grub.cfg', join(root, 'etc/absolute'));
  symlinkSync('../../../../../../boot/grub2/grub.cfg', join(root, 'etc/above-the-root'));
  symlinkSync('/boot', join(root, 'etc/directory'));
  symlinkSync(join(base, 'secret'), join(root, 'etc/host-path'));
  symlinkSync('../../secret', join(root, 'etc/escape'));
  symlinkSync('loop-b', join(root, 'etc/loop-a'));
  symlinkSync('loop-a', join(root, 'etc/loop-b'));
  execFileSync('mkfifo', [join(root, 'etc/fifo')]);
  writeFileSync(join(root, 'etc/huge'), '');
  truncateSync(join(root, 'etc/huge'), 2 ** 40);
  writeFileSync(Buffer.concat([Buffer.from(join(root, 'etc/')), Buffer.from([0x6e, 0xe9, 0x0a])]), 'x');
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const followed = [
  { name: 'a plain path', path: '/boot/grub2/grub.cfg' },
  { name: 'a relative link', path: '/etc/relative' },
  { name: 'an absolute link starts at the root', path: '/etc/absolute' },
  { name: '.. stops at the root', path: '/../../boot/./grub2//grub.cfg' },
  { name: 'a link that climbs stops at the root', path: '/etc/above-the-root' },
  { name: 'a link in the middle', path: '/etc/directory/grub2/grub.cfg' },
  { name: '.. behind a link leaves the target, not the link', path: '/etc/directory/../boot/grub2/grub.cfg' },
];

test.each(followed)('leads to the file inside the root: $name', async ({ path }) => {
  const host = await openHost(root);
  const read = await host.read(path);
  expect(read).toMatchObject({
    ok: true,
    realPath: '/boot/grub2/grub.cfg',
    status: { kind: 'file', sizeBytes: 4 },
  });
  expect(read.ok && [...read.bytes]).toEqual([0x61, 0xff, 0x0d, 0x0a]);
  host.close();
});

const refused = [
  { name: 'missing', path: '/boot/none', reason: 'missing' },
  { name: 'a name with NUL', path: '/boot/no\0ne', reason: 'missing' },
  { name: 'a path of the machine outside', path: '/etc/host-path', reason: 'missing' },
  { name: 'a file beside the root', path: '/etc/escape', reason: 'missing' },
  { name: 'links in a circle', path: '/etc/loop-a', reason: 'symlink-loop' },
  { name: 'a directory', path: '/boot', reason: 'not-a-file' },
  { name: 'a FIFO, without waiting', path: '/etc/fifo', reason: 'not-a-file' },
  { name: 'a file on the way', path: '/etc/relative/x', reason: 'not-a-directory' },
  { name: 'a sparse file of a terabyte', path: '/etc/huge', reason: 'too-large' },
];

test.each(refused)('reads nothing: $name', async ({ path, reason }) => {
  const host = await openHost(root);
  expect(await host.read(path)).toMatchObject({ ok: false, reason });
  host.close();
});

describe('a host', () => {
  test('lists names as bytes, sorted', async () => {
    const host = await openHost(root);
    const listed = await host.list('/etc');
    expect(listed.ok && listed.names).toContain('n\xe9\n');
    expect(listed.ok && [...listed.names]).toEqual(listed.ok ? [...listed.names].sort() : []);
    expect(await host.read('/etc/n\xe9\n')).toMatchObject({ ok: true });
    expect(await host.list('/etc/fifo')).toMatchObject({ ok: false, reason: 'not-a-directory' });
    host.close();
  });

  test('reads the head of a file of any size, and all of a shorter one', async () => {
    const host = await openHost(root);
    expect(await host.readHead('/etc/huge', 5)).toMatchObject({
      ok: true,
      bytes: Buffer.alloc(5),
      status: { sizeBytes: 2 ** 40 },
    });
    const short = await host.readHead('/etc/absolute', 100);
    expect(short).toMatchObject({ ok: true, realPath: '/boot/grub2/grub.cfg' });
    expect(short.ok && [...short.bytes]).toEqual([0x61, 0xff, 0x0d, 0x0a]);
    expect(await host.readHead('/etc/fifo', 5)).toMatchObject({ ok: false, reason: 'not-a-file' });
    host.close();
  });

  test('reads files of /proc, whose size is given as 0', async () => {
    const host = await openHost('/');
    const read = await host.read('/proc/self/stat');
    expect(read.ok && read.bytes.length).toBeGreaterThan(10);
    expect(host.isRunningSystem).toBe(true);
    host.close();
  });

  test('does not follow magic links', async () => {
    const host = await openHost(root);
    mkdirSync(join(root, 'proc'), { recursive: true });
    symlinkSync(`/proc/${process.pid}/root/etc/passwd`, join(root, 'proc/magic'));
    expect(await host.read('/proc/magic')).toMatchObject({ ok: false, reason: 'missing' });
    host.close();
  });

  test('runs a program without a shell, byte for byte', async () => {
    const host = await openHost(root);
    expect(await host.run('printf', ['%s', '$(id)'])).toMatchObject({ stdout: Buffer.from('$(id)') });
    expect(await host.run('no-such-program-of-ours', [])).toMatchObject({
      exitCode: undefined,
      isMissing: true,
    });
    host.close();
  });

  test('runs bytes through a program, and ends one that gives too many', async () => {
    const host = await openHost(root);
    const bytes = Buffer.from([0, 0xff, 0x0a]);
    const before = readdirSync('/proc/self/fd').length;
    expect(await host.filter('cat', [], bytes, 3)).toEqual({
      exitCode: 0,
      stdout: bytes,
      isMissing: false,
      lacksRoom: false,
    });
    expect(await host.filter('false', [], bytes, 3)).toMatchObject({
      exitCode: 1,
      stdout: Buffer.alloc(0),
      lacksRoom: false,
    });
    const endless = await host.filter('yes', [], bytes, 5000);
    expect(endless).toMatchObject({ exitCode: undefined, isMissing: false });
    expect(endless.stdout.length).toBe(5001);
    expect(await host.filter('no-such-program-of-ours', [], bytes, 3)).toMatchObject({
      exitCode: undefined,
      isMissing: true,
    });
    expect(readdirSync('/proc/self/fd').length).toBe(before);
    host.close();
  });

  test.each(['', '.', '..', 'a/b', '/', 'a\0b'])(
    'in a directory %j is the name of no file, and nothing is done',
    async (name) => {
      const host = await openHost(root);
      const opened = await host.openDirectory('/boot');
      if (!opened.ok) throw new Error(opened.reason);
      const { directory } = opened;
      const before = readdirSync(base, { recursive: true });
      const attempts = [
        () => directory.createFile(name, 0o600),
        () => directory.makeDirectory(name, 0o700),
        () => directory.link('grub2', name),
        () => directory.rename('grub2', name),
        () => directory.unlink(name),
        () => directory.removeDirectory(name),
        () => directory.syncFile(name),
        () => directory.hold(name),
        () => directory.attributes(name),
        () => directory.status(name),
        () => directory.read(name),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow(RangeError);
      expect(readdirSync(base, { recursive: true })).toEqual(before);
      directory.close();
      host.close();
    },
  );

  test('keeps no descriptor', async () => {
    const host = await openHost(root);
    const before = readdirSync('/proc/self/fd').length;
    for (const { path } of [...followed, ...refused]) {
      await host.read(path);
      await host.status(path);
      await host.list(path);
      const opened = await host.openDirectory(path);
      if (opened.ok) opened.directory.close();
    }
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
    host.close();
  });
});
