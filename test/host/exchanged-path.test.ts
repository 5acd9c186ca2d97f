import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHost } from '../../src/host/root-host.ts';

/** Exchanges a directory of the tree for a link out of it and back, as fast as it can. */
const ATTACKER = `
import os, sys
inside, outside = sys.argv[1:]
os.symlink(outside, inside + '.link')
print('ready', flush=True)
while True:
    os.rename(inside, inside + '.real'); os.rename(inside + '.link', inside)
    os.rename(inside, inside + '.link'); os.rename(inside + '.real', inside)
`;

const ATTEMPTS = 3000;

let base = '';
let attacker: ChildProcess | undefined;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'bootmend-race-'));
  mkdirSync(join(base, 'root/boot/grub2'), { recursive: true });
  mkdirSync(join(base, 'outside/grub2'), { recursive: true });
  writeFileSync(join(base, 'root/boot/grub2/grub.cfg'), 'inside');
  writeFileSync(join(base, 'outside/grub2/grub.cfg'), 'secret');
});
afterEach(() => {
  attacker?.kill('SIGKILL');
  rmSync(base, { recursive: true, force: true });
});

test('a component that is exchanged for a link all the time never leads out', async () => {
  attacker = spawn('python3', ['-c', ATTACKER, join(base, 'root/boot'), join(base, 'outside')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((resolve, reject) => {
    attacker?.stdout?.once('data', resolve);
    attacker?.once('error', reject);
  });
  const host = await openHost(join(base, 'root'));
  const endings = new Map<string, number>();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const read = await host.read('/boot/grub2/grub.cfg');
    const ending = read.ok ? read.bytes.toString() : read.reason;
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
    const opened = await host.openDirectory('/boot/grub2');
    if (!opened.ok) continue;
    const file = await opened.directory.createFile(`ours-${attempt}`, 0o600);
    await file.close();
    await opened.directory.unlink(`ours-${attempt}`);
    opened.directory.close();
  }
  host.close();
  expect([...endings.keys()]).not.toContain('secret');
  expect(endings.get('inside')).toBeGreaterThan(0);
  // Between its two renames the name leads nowhere, and so does the link inside of the root.
  expect([...endings.keys()].filter((ending) => !['inside', 'missing'].includes(ending))).toEqual([]);
  expect(readFileSync(join(base, 'outside/grub2/grub.cfg'), 'utf8')).toBe('secret');
  expect(readdirSync(join(base, 'outside/grub2'))).toEqual(['grub.cfg']);
  expect(endings.size).toBeGreaterThan(1);
});
