import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { counted } from '../oracle/missing.ts';
import { numbersFrom } from './crash-replay.ts';
import { makeHostileTree, stateOfTree, tricks } from './hostile-trees.ts';
import { canTrace, traced, writesOutside } from './strace.ts';

const TREES = 200;
const COMMANDS = [
  ['fix', '--yes'],
  ['set', 'quiet', 'cgroup.memory=nokmem', '--yes', '--force'],
  ['unset', 'rhgb', '--yes', '--entries', 'all'],
  ['rollback', 'first', '--yes', '--force'],
];

describe.runIf(counted(canTrace(), 'strace'))('under strace', () => {
  let base = '';
  beforeAll(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'bootmend-hostile-')));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  const trace = (root: string, command: readonly string[]) => traced(join(base, 'trace'), root, command);

  test('the judge sees what is written, where it is', () => {
    const { root } = makeHostileTree(join(base, 'plain'), []);
    const run = trace(root, ['fix', '--yes']);
    expect(run.status).toBe(0);
    expect(writesOutside(run.trace, root)).toEqual([]);
    const seen = writesOutside(run.trace, '/nowhere');
    expect(seen.some((line) => line.includes('rename('))).toBe(true);
    expect(seen.some((line) => line.includes('O_CREAT'))).toBe(true);
  });

  test(`${TREES} hostile trees: no write outside the root`, { timeout: 1_800_000 }, () => {
    const random = numbersFrom(7);
    const names = [...tricks.keys()];
    const pick = () => names[Math.floor(random() * names.length)] ?? '';
    const endings = new Map<number | null, number>();
    for (let number = 0; number < TREES; number += 1) {
      const parent = join(base, `tree-${number}`);
      mkdirSync(parent);
      const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, pick);
      const tree = makeHostileTree(parent, chosen);
      const before = stateOfTree(tree.outside);
      for (const command of COMMANDS.slice(number % 2, (number % 2) + 3)) {
        const run = trace(tree.root, command);
        endings.set(run.status, (endings.get(run.status) ?? 0) + 1);
        const found = {
          tricks: tree.tricks,
          command,
          outside: writesOutside(run.trace, tree.root),
          isKnownEnding: [0, 1, 3].includes(run.status ?? -1),
          stack: /^\s+at /m.test(run.stderr) ? run.stderr : '',
        };
        expect(found).toEqual({ ...found, outside: [], isKnownEnding: true, stack: '' });
      }
      expect({ tricks: tree.tricks, after: stateOfTree(tree.outside) }).toEqual({
        tricks: tree.tricks,
        after: before,
      });
      rmSync(parent, { recursive: true, force: true });
    }
    console.log(`hostile trees: ${TREES}, endings: ${JSON.stringify([...endings])}`);
  });
});
