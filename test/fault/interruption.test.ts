import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTree, readTree, removeTree } from '../apply/tree.ts';
import { recordApply } from './crash-replay.ts';
import { buildDriver, type Driver } from './driver.ts';
import { requirePlan, sidesOf } from './sides.ts';

let driver: Driver;
beforeAll(() => {
  driver = buildDriver();
});
afterAll(() => driver.remove());

/** The signal is sent before every so-manieth operation. */
const STRIDE = 7;

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s: restored with 130, or applied',
  { timeout: 180_000 },
  async (signal) => {
    const planCase = requirePlan('defaults and grub.cfg (EL7, Debian)');
    const { operations } = await recordApply(planCase);
    const endings = new Set<string>();
    for (let at = 0; at < operations.length; at += STRIDE) {
      const root = makeTree(planCase.files);
      const { output } = await driver.run({ task: 'apply', root, planName: planCase.name, at, signal });
      const outcome = JSON.parse(output);
      const isApplied = outcome.kind === 'applied';
      endings.add(outcome.kind);
      const stopped = isApplied ? undefined : 'interrupted';
      expect({ at, stopped: outcome.problem?.code }).toEqual({ at, stopped });
      expect(new Set(sidesOf(root, planCase))).toEqual(new Set([isApplied ? 'new' : 'old']));
      expect([...readTree(root).keys()].filter((path) => path.includes('.bootmend-'))).toEqual([]);
      removeTree(root);
    }
    expect([...endings].sort()).toEqual(['applied', 'failed-restored', 'refused']);
  },
);
