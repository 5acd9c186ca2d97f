import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { flushFileSystem } from '../../src/host/flush-file-system.ts';
import { freezeAndThaw } from '../../src/host/freeze-and-thaw.ts';
import { buildDriver } from '../fault/driver.ts';
import { hasProgram } from '../oracle/available.ts';
import { canMount, mount, unmount } from './mounted.ts';

/** Programs of our own before the real ones; `log` is what they write. */
function putOnPath(directory: string, programs: Readonly<Record<string, string>>): void {
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
  }
  process.env['PATH'] = `${directory}:${process.env['PATH']}`;
}

describe.runIf(canMount && hasProgram('mkfs.ext4', '-V'))('a journalled file system of its own', () => {
  const path = process.env['PATH'];
  let base = '';
  let place = '';
  let descriptor = -1;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'bootmend-freeze-'));
    place = join(base, 'mnt');
    const image = join(base, 'image');
    mkdirSync(place);
    execFileSync('truncate', ['-s', '32M', image]);
    execFileSync('mkfs.ext4', ['-q', image]);
    mount(['-o', 'loop', image, place]);
    descriptor = openSync(place, 'r');
  });
  afterEach(() => {
    process.env['PATH'] = path;
    closeSync(descriptor);
    unmount(place);
    rmSync(base, { recursive: true, force: true });
  });

  /** Writing to a frozen file system blocks: a child is asked, and ended if it does not come back. */
  const isWritable = () => {
    try {
      execFileSync('touch', [join(place, 'written')], { timeout: 2000 });
      return true;
    } catch {
      return false;
    }
  };

  test('is frozen and thawed', async () => {
    expect(await flushFileSystem(descriptor, true)).toBe('frozen');
    expect(isWritable()).toBe(true);
  });

  test.each(['perl', 'python3'])('is frozen and thawed by one process of %s', async (program) => {
    putOnPath(base, without(['perl', 'python3', 'python2'].filter((other) => other !== program)));
    expect(await flushFileSystem(descriptor, true)).toBe('frozen');
    expect(isWritable()).toBe(true);
  });

  describe('without a program that does both in one process', () => {
    beforeEach(() => putOnPath(base, without(['perl', 'python3', 'python2'])));

    test('is frozen and thawed by two where nobody needs it', async () => {
      expect(await flushFileSystem(descriptor, false)).toBe('frozen');
      expect(isWritable()).toBe(true);
    });

    test('is never frozen where programs or our state are on it', async () => {
      putOnPath(base, { fsfreeze: `echo "$@" >>${base}/log` });
      expect(await flushFileSystem(descriptor, true)).toBe('in-journal');
      expect(() => readFileSync(join(base, 'log'))).toThrow();
    });

    test('is thawed where the freezing program dies after the freeze', async () => {
      putOnPath(base, { fsfreeze: `/usr/sbin/fsfreeze "$@" || exit 1; [ "$1" = --unfreeze ] || kill -9 $$` });
      await flushFileSystem(descriptor, false);
      expect(isWritable()).toBe(true);
    });

    test('is thawed by the caller where the waiting side dies', async () => {
      putOnPath(base, { cat: 'kill -9 $PPID', fsfreeze: '/usr/sbin/fsfreeze "$@"' });
      await flushFileSystem(descriptor, false);
      expect(isWritable()).toBe(true);
    });

    test('is thawed where the caller is killed in between', async () => {
      putOnPath(base, {
        fsfreeze: `/usr/sbin/fsfreeze "$@"; echo "$1" >>${base}/log; [ "$1" = --unfreeze ] || sleep 1`,
      });
      const driver = buildDriver();
      const caller = driver.start({ task: 'flush', root: place });
      await until(() => readFileSync(join(base, 'log'), 'utf8').includes('--freeze'));
      caller.kill('SIGKILL');
      await until(() => readFileSync(join(base, 'log'), 'utf8').includes('--unfreeze'));
      expect(isWritable()).toBe(true);
      driver.remove();
    });
  });

  describe.each([
    ['perl', 'ioctl($place, 0xC0045878, 0);\nsyswrite', 'kill 9, $$; syswrite'],
    ['python3', 'if code == 0:', 'if code == 0: os.kill(os.getpid(), 9)\nif code == 0:'],
  ])('with %s', (program, code, instead) => {
    beforeEach(() => putOnPath(base, without(['perl', 'python3', 'python2'].filter((o) => o !== program))));

    test('is thawed by the watchdog where the process dies after the freeze', async () => {
      const real = execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], {
        env: { ...process.env, PATH: path },
      });
      const script = join(base, 'script');
      writeFileSync(
        join(base, 'change.mjs'),
        `import { writeFileSync } from 'node:fs';
const [, , text] = process.argv;
const changed = text.replace(${JSON.stringify(code)}, () => ${JSON.stringify(instead)});
if (changed === text) throw new Error('nothing to change');
writeFileSync(${JSON.stringify(script)}, changed);`,
      );
      const last = 'for last in "$@"; do :; done';
      putOnPath(base, {
        [program]: `${last}\n${process.execPath} ${base}/change.mjs "$last" && exec ${real.toString().trim()} ${script}`,
        fsfreeze: 'exit 1',
      });
      expect(await flushFileSystem(descriptor, true)).toBe('in-journal');
      expect(isWritable()).toBe(true);
    });

    test('is not thawed where somebody else has frozen it', async () => {
      execFileSync('fsfreeze', ['--freeze', place]);
      try {
        expect(await freezeAndThaw(descriptor, true)).toBe('busy');
      } finally {
        // Fails where it is thawed already.
        execFileSync('fsfreeze', ['--unfreeze', place]);
      }
    });
  });

  test('is not thawed by two processes either where somebody else has frozen it', async () => {
    putOnPath(base, without(['perl', 'python3', 'python2']));
    execFileSync('fsfreeze', ['--freeze', place]);
    try {
      expect(await freezeAndThaw(descriptor, false)).toBe('busy');
    } finally {
      execFileSync('fsfreeze', ['--unfreeze', place]);
    }
  });

  test('is written out by plain sync where sync does not know -f (coreutils 8.22)', async () => {
    putOnPath(base, {
      sync: `echo "$*" >>${base}/log; [ $# = 0 ] || { echo "sync: invalid option -- 'f'" >&2; exit 1; }`,
    });
    await flushFileSystem(descriptor, false);
    expect(readFileSync(join(base, 'log'), 'utf8')).toBe('-f /proc/self/fd/3\n\n');
  });
});

describe.runIf(canMount)('a file system without a journal that counts', () => {
  const path = process.env['PATH'];
  afterEach(() => {
    process.env['PATH'] = path;
  });

  test.each([
    ['sync succeeds', 'exit 0', 'synced'],
    ['sync fails', 'echo "sync: error syncing: Input/output error" >&2; exit 1', 'in-journal'],
  ])('is %s', async (_, sync, expected) => {
    const base = mkdtempSync(join(tmpdir(), 'bootmend-sync-'));
    const place = join(base, 'mnt');
    mkdirSync(place);
    mount(['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place]);
    const descriptor = openSync(place, 'r');
    try {
      putOnPath(base, { sync });
      expect(await flushFileSystem(descriptor, false)).toBe(expected);
    } finally {
      closeSync(descriptor);
      unmount(place);
      rmSync(base, { recursive: true, force: true });
    }
  });
});

/** Programs that are as good as missing. */
function without(programs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(programs.map((name) => [name, 'exit 127']));
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      if (condition()) return;
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('waited in vain');
}
