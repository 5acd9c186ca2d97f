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
import { buildDriver } from '../fault/driver.ts';
import { canMount, mount, unmount } from './mounted.ts';

/** Programs of our own before the real ones; `log` is what they write. */
function putOnPath(directory: string, programs: Readonly<Record<string, string>>): void {
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
  }
  process.env['PATH'] = `${directory}:${process.env['PATH']}`;
}

describe.runIf(canMount)('a journalled file system of its own', () => {
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

  test('is only synced where it must not be frozen', async () => {
    putOnPath(base, { fsfreeze: `echo "$@" >>${base}/log` });
    expect(await flushFileSystem(descriptor, false)).toBe('synced');
    expect(() => readFileSync(join(base, 'log'))).toThrow();
  });

  test('is thawed where the freezing program dies after the freeze', async () => {
    putOnPath(base, { fsfreeze: `/usr/sbin/fsfreeze "$@" || exit 1; [ "$1" = --unfreeze ] || kill -9 $$` });
    await flushFileSystem(descriptor, true);
    expect(isWritable()).toBe(true);
  });

  test('is thawed by the caller where the waiting side dies', async () => {
    putOnPath(base, { cat: 'kill -9 $PPID', fsfreeze: '/usr/sbin/fsfreeze "$@"' });
    expect(await flushFileSystem(descriptor, true)).toBe('synced');
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
