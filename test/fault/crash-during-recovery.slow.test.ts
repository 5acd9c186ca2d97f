import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeRecoveries, makeScratch, recordApply } from './crash-replay.ts';
import { planCases } from './plans.ts';

const SUBSETS = 4;

let scratch = '';
beforeAll(() => {
  scratch = makeScratch();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test.each(planCases)('a second power cut, during recovery: $name', { timeout: 900_000 }, async (planCase) => {
  const recording = await recordApply(planCase);
  const { states, distinct, violations } = await judgeRecoveries(recording, planCase.plan, scratch, SUBSETS);
  console.log(`two power cuts: ${planCase.name}: ${states} states, ${distinct} distinct`);
  expect(violations).toEqual([]);
});
