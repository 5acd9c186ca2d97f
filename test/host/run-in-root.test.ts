import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseMountinfo } from '../../src/host/mountinfo.ts';
import { protection, runInRoot } from '../../src/host/run-in-root.ts';
import { canEnter, makeEnterable } from './enterable-root.ts';

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

describe.runIf(canEnter)('a program in a root', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bootmend-root-'));
    makeEnterable(root, ['etc', 'dev', 'proc', 'tmp']);
    writeFileSync(join(root, 'etc/words'), 'old\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function run(script: string, texts: ReadonlyMap<string, string> = new Map()) {
    writeFileSync(join(root, 'program'), `#!/bin/busybox sh\n${script}\n`);
    chmodSync(join(root, 'program'), 0o755);
    return runInRoot(root, '/program', texts);
  }

  test('sees the texts that it is shown, and the file keeps its own', async () => {
    const { exitCode, stdout } = await run(
      '/bin/busybox cat /etc/words',
      new Map([['/etc/words', 'new \xe9\n']]),
    );
    expect([exitCode, stdout.toString('latin1')]).toEqual([0, 'new \xe9\n']);
    expect(readFileSync(join(root, 'etc/words'), 'latin1')).toBe('old\n');
  });

  test('can write to its scratch directories and nowhere else', async () => {
    const { stdout } = await run(
      'for path in /etc/words /etc/more /tmp/more; do (echo x > $path) 2> /dev/null && echo $path; done; true',
    );
    expect(stdout.toString()).toBe('/tmp/more\n');
    expect(existsSync(join(root, 'etc/more'))).toBe(false);
    expect(existsSync(join(root, 'tmp/more'))).toBe(false);
  });

  test('on the running system sees a read-only root, which stays writable for everybody else', async () => {
    const rootLine = / on \/ type \S+ \((\w+)/;
    const { exitCode, stdout } = await runInRoot('/', '/bin/mount', new Map());
    expect([exitCode, rootLine.exec(stdout.toString())?.[1]]).toEqual([0, 'ro']);
    expect(rootLine.exec(execFileSync('mount', { encoding: 'utf8' }))?.[1]).toBe('rw');
  });

  test('has the devices and /proc of the machine', async () => {
    const { stdout } = await run('[ -c /dev/null ] && [ -r /proc/self/stat ] && echo both');
    expect(stdout.toString()).toBe('both\n');
  });

  test('is told with its exit code and what it said', async () => {
    const { exitCode, stderr } = await run('echo no device >&2; exit 4');
    expect([exitCode, stderr]).toEqual([4, 'no device\n']);
  });
});
