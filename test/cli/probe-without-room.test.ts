import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canMount } from '../host/mounted.ts';
import { bzImage } from '../kernel/image/build-container.ts';
import { buildElf } from '../kernel/image/build-kernel.ts';
import { commandLine } from './run-cli.ts';

let base = '';
let image = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'bootmend-probe-'));
  image = join(base, 'vmlinuz');
  mkdirSync(join(base, 'temporary'));
  // More than 64 KiB in its stream, more than 1 MiB when it is unpacked.
  const kernel = Buffer.concat([buildElf().bytes, randomBytes(1 << 16), Buffer.alloc(1 << 20)]);
  writeFileSync(image, bzImage('xz', kernel));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** `probe` in a mount namespace of its own, with these options for /dev/shm and the directory for temporary files. */
function probe(mountOptions: string, lang: string) {
  const temporary = join(base, 'temporary');
  const script = [
    'for place in /dev/shm "$1"; do mount -t tmpfs -o "$2" tmpfs "$place" || exit 9; done',
    'shift 2; exec "$@"',
  ].join('\n');
  const words = ['probe', '--lang', lang, '--verbose', '--image', image, 'quiet'];
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['--mount', 'sh', '-c', script, 'sh', temporary, mountOptions, ...commandLine(words)],
    {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TMPDIR: temporary, XDG_CACHE_HOME: join(base, 'cache') },
    },
  );
  return { status, stdout, stderr };
}

describe.runIf(canMount)('a kernel that there is no room to unpack is not known to accept a word', () => {
  test.each([
    { name: 'no file can be made', options: 'ro' },
    { name: 'what goes in does not fit', options: 'size=16k' },
    { name: 'what comes out does not fit', options: 'size=512k' },
  ])('$name', ({ options }) => {
    const { status, stdout, stderr } = probe(options, 'en');
    expect(stderr).not.toContain('error');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '(inconclusive): the image could not be read far enough (neither /dev/shm nor the directory for temporary files has room to unpack it).',
    );
    expect(status).toBe(0);
  });

  test('in Chinese too', () => {
    expect(probe('ro', 'zh-CN').stdout.replaceAll(/\s/g, '')).toContain(
      '/dev/shm和临时目录都没有空间来解压它',
    );
  });

  test('with room it is read', () => {
    expect(probe('size=8m', 'en').stdout.replaceAll(/\s+/g, ' ')).toContain('parameter table lists quiet');
  });
});
