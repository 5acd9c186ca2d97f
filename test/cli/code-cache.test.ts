import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { copyFixture } from './run-cli.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bootmend-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
});

function status(environment: NodeJS.ProcessEnv, root = join(project, 'grub-fixtures/debian-12')) {
  const { status: exitCode, stdout } = spawnSync(
    process.execPath,
    [join(project, 'bin/bootmend.js'), 'status', '--root', root],
    { encoding: 'utf8', env: environment },
  );
  return { exitCode, stdout };
}

function keptCode(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.code')) : [];
}

test('the code of a run is kept for the next, for this user alone, and the next answers the same', () => {
  const first = status({ HOME: home });
  const folder = join(home, '.cache/bootmend');
  const [name = ''] = keptCode(folder);
  const { mode, mtimeMs } = statSync(join(folder, name));
  expect([statSync(folder).mode & 0o777, mode & 0o777]).toEqual([0o700, 0o600]);
  expect(status({ HOME: home })).toEqual(first);
  expect(first.exitCode).toBe(0);
  expect([keptCode(folder), statSync(join(folder, name)).mtimeMs]).toEqual([[name], mtimeMs]);
});

test('what is no code is compiled anew and replaced', () => {
  const first = status({ HOME: home });
  const folder = join(home, '.cache/bootmend');
  const file = join(folder, keptCode(folder)[0] ?? '');
  const { size } = statSync(file);
  writeFileSync(file, 'not code');
  expect(status({ HOME: home })).toEqual(first);
  expect(statSync(file).size).toBeGreaterThan(size / 2);
});

describe('nothing is kept, and all works', () => {
  test('where others can write to the folder', () => {
    const folder = join(home, '.cache/bootmend');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    expect(status({ HOME: home }).exitCode).toBe(0);
    expect(keptCode(folder)).toEqual([]);
  });

  test('in a tree that --root names', () => {
    const root = copyFixture('debian-12');
    expect(status({ HOME: join(root, 'home/a') }, root).exitCode).toBe(0);
    mkdirSync(join(root, 'home/a'), { recursive: true });
    expect(status({ HOME: join(root, 'home/a') }, root).exitCode).toBe(0);
    symlinkSync(root, join(home, 'link'));
    expect(status({ HOME: join(root, 'home/a') }, join(home, 'link')).exitCode).toBe(0);
    expect(readdirSync(join(root, 'home/a'))).toEqual([]);
  });

  test('in a home that is not there', () => {
    expect(status({ HOME: join(home, 'gone') }).exitCode).toBe(0);
    expect(existsSync(join(home, 'gone'))).toBe(false);
  });

  test('without a home', () => {
    expect(status({}).exitCode).toBe(0);
  });
});
