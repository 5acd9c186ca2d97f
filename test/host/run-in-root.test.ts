import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseMountinfo } from '../../src/host/mountinfo.ts';
import { protection, runInRoot } from '../../src/host/run-in-root.ts';
import { shownDisks } from '../../src/host/shown-disks.ts';
import { canEnter, makeEnterable } from './enterable-root.ts';
import { canLoop, loopDevice } from './mounted.ts';

const mounts = parseMountinfo(`22 1 253:0 / / rw - xfs /dev/sda3 rw
23 22 0:5 / /dev rw - devtmpfs udev rw
24 22 0:21 / /run rw - tmpfs tmpfs rw
30 22 8:2 / /boot rw - ext4 /dev/sda2 rw
31 30 8:1 / /boot/efi rw - vfat /dev/sda1 rw
40 22 8:3 / /mnt/host rw - ext4 /dev/sda5 rw
41 40 8:4 / /mnt/host/boot rw - ext4 /dev/sda6 rw
42 40 0:5 / /mnt/host/dev rw - devtmpfs udev rw
43 22 8:7 / /mnt/hostess rw - ext4 /dev/sda7 rw
`);

/** What can't be written to, by the root that is entered. */
const PROTECTED: readonly [root: string, points: readonly string[]][] = [
  ['/', ['/', '/boot', '/boot/efi', '/mnt/host', '/mnt/host/boot', '/mnt/host/dev', '/mnt/hostess']],
  ['/mnt/host', ['/mnt/host', '/mnt/host/boot']],
  ['/srv/image', ['/']],
];

test.each(PROTECTED)('every disk that is seen below %s is made read-only', (root, points) => {
  const steps = protection(mounts, root);
  expect(steps.filter(([kind]) => kind === 'protect').map(([, , point]) => point)).toEqual(points);
});

test('a root on a disk of the device mapper can’t be shown it', () => {
  const system = mkdtempSync(join(tmpdir(), 'bootmend-sys-'));
  mkdirSync(join(system, 'dev/block/8:3/dm'), { recursive: true });
  expect(shownDisks(mounts, '/mnt/host', system)).toEqual({ ok: false, mapped: '/dev/sda5' });
  rmSync(system, { recursive: true });
});

describe.runIf(canEnter)('a program in a root', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bootmend-root-'));
    makeEnterable(root, ['etc', 'dev', 'proc', 'tmp']);
    writeFileSync(join(root, 'etc/words'), 'old\n');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true, force: true });
  });

  const USUAL = process.env['PATH'];

  function prepare(script: string) {
    writeFileSync(join(root, 'program'), `#!/bin/busybox sh\nPATH=/bin\n${script}\n`);
    chmodSync(join(root, 'program'), 0o755);
  }

  /** Confined, or as it is run where the tree is trusted with the machine and nothing confines it. */
  async function run(script: string, texts: ReadonlyMap<string, string> = new Map(), path = USUAL) {
    prepare(script);
    vi.stubEnv('PATH', path);
    const result = await runInRoot(root, '/program', texts, path !== USUAL);
    if (!result.ok) throw new Error(`${result.reason}: ${result.detail}`);
    return { ...result, stdout: result.stdout.toString('latin1') };
  }

  const BOTH: readonly [name: string, path: () => string | undefined][] = [
    ['confined', () => USUAL],
    ['trusted, where nothing confines it', () => withoutBubblewrap(root)],
  ];

  test.each(BOTH)('%s: sees the texts that it is shown, and the file keeps its own', async (_, path) => {
    const texts = new Map([['/etc/words', 'new \xe9\n']]);
    const { exitCode, stdout } = await run('/bin/busybox cat /etc/words', texts, path());
    expect([exitCode, stdout]).toEqual([0, 'new \xe9\n']);
    expect(readFileSync(join(root, 'etc/words'), 'latin1')).toBe('old\n');
  });

  test.each(BOTH)('%s: can write to its scratch directories and nowhere else', async (_, path) => {
    const { stdout } = await run(
      'for path in /etc/words /etc/more /tmp/more; do (echo x > $path) 2> /dev/null && echo $path; done; true',
      new Map(),
      path(),
    );
    expect(stdout).toBe('/tmp/more\n');
    expect(existsSync(join(root, 'etc/more'))).toBe(false);
    expect(existsSync(join(root, 'tmp/more'))).toBe(false);
  });

  test.each(BOTH)('%s: is told with its exit code and what it said', async (_, path) => {
    const { exitCode, stderr } = await run('echo no device >&2; exit 4', new Map(), path());
    expect([exitCode, stderr]).toEqual([4, 'no device\n']);
  });

  test.each(BOTH)('%s: sees its own processes only, and no network', async (_, path) => {
    const { stdout } = await run(
      'for each in /proc/[0-9]*; do cat $each/comm; done; busybox ip -o link; [ -r /proc/self/stat ] && echo end',
      new Map(),
      path(),
    );
    expect(
      stdout.split('\n').filter((line) => !/^(?:program|timeout|cat|busybox|\d+: lo: .*|)$/.test(line)),
    ).toEqual(['end']);
  });

  test('on the running system sees a read-only root, which stays writable for everybody else', async () => {
    const rootLine = / on \/ type \S+ \((\w+)/;
    const result = await runInRoot('/', '/bin/mount', new Map(), false);
    const stdout = result.ok ? result.stdout.toString() : '';
    expect(rootLine.exec(stdout)?.[1]).toBe('ro');
    expect(stdout).toMatch(/^proc on \/proc /m);
    expect(rootLine.exec(execFileSync('mount', { encoding: 'utf8' }))?.[1]).toBe('rw');
  });

  test('confined, finds no way to a file of this machine through /proc', async () => {
    const target = mkdtempSync(join(tmpdir(), 'bootmend-outside-'));
    const { stdout } = await run(`
      for each in /proc/[0-9]* /proc/self /proc/${process.pid}; do
        for way in root cwd; do (echo x > $each/$way${target}/written) 2> /dev/null && echo $each; done
      done
      (echo x > /proc/sys/kernel/hostname) 2> /dev/null && echo hostname
      (echo b > /proc/sysrq-trigger) 2> /dev/null && echo sysrq
      chroot / /bin/busybox true 2> /dev/null && echo chroot
      mount -t tmpfs none /tmp 2> /dev/null && echo mount
      mount -o remount,rw / 2> /dev/null && echo remount
      unshare -U true 2> /dev/null && echo unshare
      mknod /tmp/disk b ${execFileSync('stat', ['-c', '%Hd %Ld', '/'], { encoding: 'utf8' }).trim()} 2> /dev/null && echo mknod
      grep -E 'Cap(Prm|Eff|Bnd|Inh|Amb)' /proc/self/status | cut -f 2 | sort -u
      grep Seccomp: /proc/self/status | cut -f 2`);
    expect(stdout).toBe('0000000000000000\n2\n');
    expect(existsSync(join(target, 'written'))).toBe(false);
    rmSync(target, { recursive: true });
  });

  test('confined, has a minimal /dev', async () => {
    const { stdout } = await run(
      'find /dev ! -type d ! -type l ! -type b | sort; [ -c /dev/null ] && echo x > /dev/null',
    );
    const names = stdout.split('\n').map((path) => path.replace('/dev/', ''));
    const known = [
      'core',
      'fd',
      'full',
      'null',
      'ptmx',
      'pts/ptmx',
      'random',
      'tty',
      'urandom',
      'zero',
      'console',
      '',
    ];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    expect(names).toContain('null');
  });

  test('confined, is found below a directory of the machine that is hidden else', async () => {
    const other = mkdtempSync('/run/bootmend-root-');
    try {
      makeEnterable(other, []);
      writeFileSync(join(other, 'program'), '#!/bin/busybox sh\necho here\n', { mode: 0o755 });
      const result = await runInRoot(other, '/program', new Map(), false);
      expect(result.ok && result.stdout.toString()).toBe('here\n');
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  test('is not run where nothing confines it and it is not trusted', async () => {
    prepare('echo was here > /tmp/written');
    vi.stubEnv('PATH', withoutBubblewrap(root));
    expect(await runInRoot(root, '/program', new Map(), false)).toEqual({
      ok: false,
      reason: 'no-sandbox',
      detail: 'no namespaces here',
    });
  });

  test.runIf(canLoop)('confined, reads the disk that its root lies on and can’t write to it', async () => {
    const image = join(root, 'image');
    writeFileSync(image, '');
    truncateSync(image, 16 << 20);
    execFileSync('mkfs.ext4', ['-q', image]);
    const loop = loopDevice(image);
    const place = mkdtempSync(join(tmpdir(), 'bootmend-mounted-'));
    execFileSync('mount', [loop.path, place]);
    try {
      makeEnterable(place, ['dev', 'proc', 'tmp']);
      const script = `#!/bin/busybox sh
PATH=/bin
dd if=${loop.path} bs=512 skip=2 count=1 2> /dev/null | od -A n -t x2 -j 56 -N 2
chmod 666 ${loop.path} 2> /dev/null && echo chmod
dd if=/dev/zero of=${loop.path} bs=512 seek=100 count=1 conv=notrunc 2> /dev/null && echo written
find /dev -type b
`;
      writeFileSync(join(place, 'program'), script, { mode: 0o755 });
      const result = await runInRoot(place, '/program', new Map(), false);
      expect(result).toMatchObject({ ok: true });
      const magic = 'ef53';
      expect(result.ok && result.stdout.toString().trim().split(/\s+/)).toEqual([magic, loop.path]);
    } finally {
      execFileSync('umount', [place]);
      loop.detach();
      rmSync(place, { recursive: true });
    }
  });

  test('whose tree is another user’s does not see the disk of this machine', () => {
    const here = parseMountinfo(readFileSync('/proc/self/mountinfo', 'utf8'));
    const own = shownDisks(here, root);
    chownSync(root, 65534, 65534);
    expect(shownDisks(here, root)).toEqual({ ok: true, disks: [], links: [] });
    expect(own.ok && own.disks.length).toBeGreaterThan(0);
  });
});

/** A PATH on which bubblewrap comes first as one that can't make namespaces. */
function withoutBubblewrap(root: string): string {
  const programs = join(root, 'programs');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'bwrap'), '#!/bin/sh\necho no namespaces here >&2\nexit 1\n', { mode: 0o755 });
  return `${programs}:${process.env['PATH']}`;
}
