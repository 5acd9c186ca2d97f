import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lockFile } from '../../src/host/file-lock.ts';
import { flushFileSystem } from '../../src/host/flush-file-system.ts';
import { freezeAndThaw } from '../../src/host/freeze-and-thaw.ts';
import { runInRoot } from '../../src/host/run-in-root.ts';
import { hasProgram } from '../oracle/available.ts';
import { canEnter, makeEnterable } from './enterable-root.ts';
import { canMount, mount, unmount } from './mounted.ts';

/**
 * How the programs of CentOS 7 read their arguments: the words of getopt(1), which reads as getopt_long(3) does, permuting
 * where no `+` is in front. Sources: unshare.c, fsfreeze.c and flock.c in sys-utils of util-linux 2.23.2; sync.c and timeout.c
 * in src of coreutils 8.22.
 */
const CENTOS_7: Readonly<Record<string, readonly [short: string, long: string, does?: string]>> = {
  unshare: ['hVmuinpUf', 'help,version,mount,uts,ipc,net,pid,user,fork'],
  fsfreeze: ['hfuV', 'help,freeze,unfreeze,version'],
  flock: [
    '+sexnouw:cE:hV?',
    'shared,exclusive,unlock,nonblocking,nb,timeout:,wait:,conflict-exit-code:,close,help,version',
  ],
  timeout: ['+k:s:', 'foreground,kill-after:,preserve-status,signal:,help,version'],
  sync: ['', 'help,version', 'sync'],
};

const MISSING_THERE = ['perl', 'python3', 'python2', 'bwrap'];

const USUAL = process.env['PATH'] ?? '';

/** A folder for PATH with programs that read as those of CentOS 7 do, and then are this machine's. */
function centos7Programs(folder: string): string {
  for (const [name, [short, long, does]] of Object.entries(CENTOS_7)) {
    const real = execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    writeProgram(
      folder,
      name,
      `words=$(getopt --name ${name} --options '${short}' --longoptions '${long}' -- "$@") || exit 1
eval "set -- $words"
exec ${does === undefined ? `${real} "$@"` : real}`,
    );
  }
  for (const name of MISSING_THERE) writeProgram(folder, name, 'exit 127');
  return `${folder}:${USUAL}`;
}

function writeProgram(folder: string, name: string, script: string, shell = '/bin/sh'): void {
  writeFileSync(join(folder, name), `#!${shell}\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** A folder for PATH with busybox under all of its names, and as good as nothing else. */
function busyboxPrograms(folder: string): string {
  for (const name of execFileSync('busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n'))
    symlinkSync('/bin/busybox', join(folder, name));
  for (const name of MISSING_THERE) writeProgram(folder, name, 'exit 127');
  return `${folder}:${USUAL}`;
}

const TOOLBOXES = [
  ['as CentOS 7 has them', centos7Programs],
  ['of busybox', busyboxPrograms],
] as const;

describe.runIf(canMount && canEnter && hasProgram('getopt'))('the programs that are run on a host', () => {
  let base = '';
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'bootmend-programs-'));
    mkdirSync(join(base, 'bin'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(base, { recursive: true, force: true });
  });

  test.each(TOOLBOXES)('%s: a file system without a journal is written out', async (_, programs) => {
    vi.stubEnv('PATH', programs(join(base, 'bin')));
    await withMounted(['-t', 'tmpfs', 'tmpfs'], async (descriptor) => {
      expect(await flushFileSystem(descriptor, false)).toBe('synced');
    });
  });

  test.runIf(hasProgram('mkfs.ext4', '-V')).each(TOOLBOXES)(
    '%s: a journal is emptied',
    async (_, programs) => {
      const image = join(base, 'image');
      execFileSync('truncate', ['-s', '32M', image]);
      execFileSync('mkfs.ext4', ['-q', image]);
      await withMounted(['-o', 'loop', image], async (descriptor) => {
        vi.stubEnv('PATH', programs(join(base, 'bin')));
        expect(await freezeAndThaw(descriptor, false)).toBe('thawed');
        vi.unstubAllEnvs();
      });
    },
  );

  test.each(TOOLBOXES)('%s: a program runs in a root that it can change nothing of', async (_, programs) => {
    const root = join(base, 'root');
    makeEnterable(root, ['etc', 'dev', 'proc', 'tmp']);
    writeFileSync(join(root, 'etc/words'), 'old\n');
    writeProgram(root, 'program', '/bin/busybox cat /etc/words; echo x > /etc/more');
    symlinkSync('busybox', join(root, 'bin/sh'));
    vi.stubEnv('PATH', programs(join(base, 'bin')));
    const result = await runInRoot(root, '/program', new Map([['/etc/words', 'shown\n']]), true);
    expect(result).toMatchObject({ ok: true, exitCode: 1 });
    expect(result.ok && result.stdout.toString()).toBe('shown\n');
    expect(readFileSync(join(root, 'etc/words'), 'latin1')).toBe('old\n');
    expect(existsSync(join(root, 'etc/more'))).toBe(false);
  });

  test('as CentOS 7 has them: a lock is taken, and held against others', async () => {
    vi.stubEnv('PATH', centos7Programs(join(base, 'bin')));
    const directory = openSync(base, 'r');
    const first = await lockFile(directory, 'lock', 1000);
    expect(first.ok).toBe(true);
    expect(await lockFile(directory, 'lock', 200)).toMatchObject({ ok: false, reason: 'held' });
    if (first.ok) first.lock.release();
    closeSync(directory);
  });

  async function withMounted(
    words: readonly string[],
    use: (descriptor: number) => Promise<void>,
  ): Promise<void> {
    const place = join(base, 'mounted');
    mkdirSync(place);
    mount([...words, place]);
    const descriptor = openSync(place, 'r');
    try {
      await use(descriptor);
    } finally {
      vi.unstubAllEnvs();
      closeSync(descriptor);
      unmount(place);
    }
  }
});
