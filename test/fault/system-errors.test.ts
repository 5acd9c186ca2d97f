import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { Outcome } from '../../src/apply/outcome.ts';
import { inspectJournal } from '../../src/apply/recover.ts';
import { outcomeExit } from '../../src/cli/exit-code.ts';
import { openHost } from '../../src/host/root-host.ts';
import { systemError } from '../../src/host/system-error.ts';
import { plainOptions, readTree } from '../apply/tree.ts';
import { makeScratch, recoverWithoutLock } from './crash-replay.ts';
import { interceptOperations, type Operation, withoutPrograms } from './operations.ts';
import { requirePlan, sidesOf } from './sides.ts';

const CODES = ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT', 'EACCES'] as const;

/** What takes space on the disk. Renames and unlinks do not: that is what taking back is made of. */
const TAKES_SPACE = new Set<Operation['kind']>(['create', 'write', 'link', 'make-directory', 'sync-file']);

let scratch = '';
beforeAll(() => {
  scratch = makeScratch();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const planCase = requirePlan('made, changed and removed');

/** How many operations the plan takes where nothing fails. */
async function countOperations(): Promise<number> {
  let count = 0;
  await withFaultyHost(() => {
    count += 1;
  });
  return count;
}

interface Ending {
  readonly outcome: Outcome;
  readonly side: 'old' | 'new' | 'mixed';
  readonly sideAfterRecovery: 'old' | 'new' | 'mixed';
  readonly leftovers: readonly string[];
}

/** Applies the plan in a new tree while operations fail, then recovers with a disk that is well again. */
async function withFaultyHost(before: (operation: Operation) => void): Promise<Ending> {
  const { files, plan } = planCase;
  const root = join(scratch, 'tree');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, 'latin1');
  }
  const host = await openHost(root);
  try {
    const outcome = await applyPlan(withoutPrograms(interceptOperations(host, before)), plan, plainOptions);
    const side = sideOf(root);
    await recoverWithoutLock(host);
    expect(await inspectJournal(host)).toEqual({ kind: 'none' });
    const leftovers = [...readTree(root).keys()].filter((path) => path.includes('.bootmend-'));
    return { outcome, side, sideAfterRecovery: sideOf(root), leftovers };
  } finally {
    host.close();
    rmSync(root, { recursive: true, force: true });
  }
}

function sideOf(root: string): 'old' | 'new' | 'mixed' {
  const [side, ...others] = new Set(sidesOf(root, planCase));
  return others.length === 0 && (side === 'old' || side === 'new') ? side : 'mixed';
}

describe.each(CODES)('%s', (code) => {
  const expectedExit = code === 'EACCES' ? 3 : 1;

  test('at each single operation: all old and no trace, or all new', async () => {
    const total = await countOperations();
    expect(total).toBeGreaterThan(40);
    for (let failing = 0; failing < total; failing += 1) {
      let index = 0;
      const ending = await withFaultyHost(({ kind }) => {
        if (index++ === failing) throw systemError(code, kind, 'injected');
      });
      const expected = ending.outcome.kind === 'applied' ? 'new' : 'old';
      expect({ failing, exit: outcomeExit(ending.outcome), ...ending }).toMatchObject({
        side: expected,
        sideAfterRecovery: expected,
        leftovers: [],
        exit: expected === 'new' ? 0 : expectedExit,
      });
    }
  });

  test('from each operation on: what cannot be taken back at once is at the next run', async () => {
    const total = await countOperations();
    const isFullDisk = code === 'ENOSPC' || code === 'EDQUOT';
    for (let first = 0; first < total; first += 1) {
      let index = 0;
      const { outcome, side, sideAfterRecovery, leftovers } = await withFaultyHost(({ kind }) => {
        const mayFail = !isFullDisk || TAKES_SPACE.has(kind);
        if (index++ >= first && mayFail) throw systemError(code, kind, 'injected');
      });
      const found = { first, outcome, side, sideAfterRecovery, leftovers };
      expect(found).toMatchObject({ leftovers: [] });
      expect(found).not.toMatchObject({ sideAfterRecovery: 'mixed' });
      if (isFullDisk) expect(found).not.toMatchObject({ side: 'mixed' });
      const isAllRestored =
        outcome.kind === 'refused' ||
        (outcome.kind === 'failed-restored' && outcome.takenBack.unrestored.length === 0);
      if (isAllRestored) expect(found).toMatchObject({ side: 'old', sideAfterRecovery: 'old' });
      if (outcome.kind === 'applied') expect(found).toMatchObject({ side: 'new', sideAfterRecovery: 'new' });
    }
  });
});
