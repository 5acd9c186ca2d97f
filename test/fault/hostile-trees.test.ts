import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeHostileTree, stateOfTree, tricks } from './hostile-trees.ts';

const BOOTMEND = new URL('../../bin/bootmend.js', import.meta.url).pathname;

/** The rest of them, alone and together, under strace: the slow test. */
const quickTricks = [...tricks.keys()].filter((name) => !name.startsWith('climbing link'));

test.each(quickTricks)('writes nothing outside the root: %s', (trick) => {
  const parent = mkdtempSync(join(tmpdir(), 'bootmend-hostile-'));
  const tree = makeHostileTree(parent, [trick]);
  expect(tree.tricks).toEqual([trick]);
  const before = stateOfTree(tree.outside);
  const run = spawnSync(process.execPath, [BOOTMEND, 'fix', '--root', tree.root, '--yes'], {
    timeout: 20_000,
  });
  expect([0, 1, 3]).toContain(run.status);
  expect(run.stderr.toString()).not.toMatch(/^\s+at /m);
  expect(stateOfTree(tree.outside)).toBe(before);
  rmSync(parent, { recursive: true, force: true });
});
