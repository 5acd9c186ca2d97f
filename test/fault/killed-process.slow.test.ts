import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { listBackups } from '../../src/apply/backup-set.ts';
import { recover } from '../../src/apply/recover.ts';
import { openHost } from '../../src/host/root-host.ts';
import { makeTree, plainOptions, readTree, removeTree } from '../apply/tree.ts';
import { recordApply } from './crash-replay.ts';
import { buildDriver, type Driver } from './driver.ts';
import { requirePlan, sidesOf } from './sides.ts';

const LEAST_POINTS = 40;

let driver: Driver;
beforeAll(() => {
  driver = buildDriver();
});
afterAll(() => driver.remove());

test('kill -9 before every single operation: the next run makes all one', { timeout: 180_000 }, async () => {
  const planCase = requirePlan('defaults and grub.cfg (EL7, Debian)');
  const { operations } = await recordApply(planCase);
  expect(operations.length).toBeGreaterThanOrEqual(LEAST_POINTS);
  for (let at = 0; at < operations.length; at += 1) {
    const root = makeTree(planCase.files);
    const host = await openHost(root);
    const killed = await driver.run({ task: 'apply', root, planName: planCase.name, at, signal: 'SIGKILL' });
    expect({ at, signal: killed.signal }).toEqual({ at, signal: 'SIGKILL' });
    expect({ at, sides: sidesOf(root, planCase) }).not.toMatchObject({
      sides: expect.arrayContaining(['neither']),
    });
    const { problem } = await recover(host, { lockWaitMs: 1000 });
    const sides = new Set(sidesOf(root, planCase));
    expect({ at, problem, sides: sides.size }).toEqual({ at, problem: undefined, sides: 1 });
    if (sides.has('old')) {
      const again = await applyPlan(host, planCase.plan, plainOptions);
      expect({ at, kind: again.kind }).toEqual({ at, kind: 'applied' });
    }
    expect([...readTree(root).keys()].filter((path) => path.includes('.bootmend-'))).toEqual([]);
    const backups = await listBackups(host);
    expect({ at, sets: backups.ok && backups.sets.length }).toEqual({ at, sets: 1 });
    host.close();
    removeTree(root);
  }
});
