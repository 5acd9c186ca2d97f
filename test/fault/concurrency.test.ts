import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTree, readTree, removeTree } from '../apply/tree.ts';
import { buildDriver, type Driver } from './driver.ts';

const PROCESSES = 50;

let driver: Driver;
beforeAll(() => {
  driver = buildDriver();
});
afterAll(() => driver.remove());

test(`${PROCESSES} processes at once: one applies, the word is there once`, {
  timeout: 180_000,
}, async () => {
  const path = '/boot/grub2/grub.cfg';
  const root = makeTree({ [path]: 'linux16 /vmlinuz ro\n' });
  const request = { task: 'add-word', root, path, word: 'nokmem', lockWaitMs: 60_000 } as const;
  const results = await Promise.all(Array.from({ length: PROCESSES }, () => driver.run(request)));
  const outcomes = results.map(({ output }) => JSON.parse(output));
  expect(outcomes.filter(({ kind }) => kind === 'applied')).toHaveLength(1);
  for (const { kind, problem } of outcomes) {
    if (kind === 'refused') expect(problem.code).toBe('changed');
    else expect(problem).toBeUndefined();
  }
  expect(readFileSync(join(root, path), 'latin1')).toBe('linux16 /vmlinuz ro nokmem\n');
  expect(readdirSync(join(root, 'var/lib/bootmend/backups'))).toHaveLength(1);
  expect([...readTree(root).keys()]).toEqual([path]);
  removeTree(root);
});
