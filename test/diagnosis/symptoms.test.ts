import { describe, expect, test } from 'vitest';
import { growthPerHour, hoursLeft } from '../../src/diagnosis/growth.ts';
import { findSymptoms, type MemorySample } from '../../src/diagnosis/symptoms.ts';

const calm: MemorySample = {
  total: 4e9,
  unreclaimable: 1e8,
  countedGroups: 50,
  liveGroups: 50,
  deadCaches: 0,
};

test.each<{ rule: string; sample: MemorySample; verdict: string; codes: readonly string[] }>([
  { rule: 'a calm host', sample: calm, verdict: 'none', codes: [] },
  { rule: 'nothing could be read', sample: {}, verdict: 'unknown', codes: [] },
  {
    rule: 'groups are counted that are gone',
    sample: { ...calm, countedGroups: 3050 },
    verdict: 'leaking',
    codes: ['dead-groups'],
  },
  { rule: 'a few may be going', sample: { ...calm, countedGroups: 450 }, verdict: 'none', codes: [] },
  {
    rule: 'how many are there is not known',
    sample: { ...calm, countedGroups: 3050, liveGroups: undefined },
    verdict: 'none',
    codes: [],
  },
  {
    rule: 'ids run out',
    sample: { ...calm, countedGroups: 65_000, liveGroups: 64_900 },
    verdict: 'leaking',
    codes: ['group-ids'],
  },
  {
    rule: 'caches of gone groups',
    sample: { ...calm, deadCaches: 900 },
    verdict: 'leaking',
    codes: ['dead-caches'],
  },
  {
    rule: 'much slab, for whatever reason',
    sample: { ...calm, unreclaimable: 1.2e9 },
    verdict: 'suspicious',
    codes: ['slab-share'],
  },
  {
    rule: 'v2 groups held, perhaps by page cache',
    sample: { ...calm, dyingGroups: 5000 },
    verdict: 'suspicious',
    codes: ['dying-groups'],
  },
  {
    rule: 'the log tells of failed slabs',
    sample: { ...calm, failedSlabs: 2 },
    verdict: 'suspicious',
    codes: ['failed-slabs'],
  },
])('$rule: $verdict', ({ sample, verdict, codes }) => {
  const found = findSymptoms(sample);
  expect([found.verdict, found.found.map(({ code }) => code)]).toEqual([verdict, codes]);
});

describe('growth', () => {
  const line = (perMinute: number, minutes: number) =>
    Array.from({ length: minutes + 1 }, (_, minute) => ({
      at: minute * 60_000,
      value: 1000 + minute * perMinute,
    }));
  test('of a straight line is its slope', () => {
    expect(growthPerHour(line(10, 5))).toBeCloseTo(600);
    expect(growthPerHour(line(-1, 5))).toBeCloseTo(-60);
  });
  test('is not told of less than a minute, or of two points', () => {
    expect(
      growthPerHour([0, 10, 20].map((second) => ({ at: second * 1000, value: second }))),
    ).toBeUndefined();
    expect(growthPerHour(line(1, 1))).toBeUndefined();
  });
  test('ends memory where it is more than noise', () => {
    expect(hoursLeft(2 ** 30, 2 ** 28)).toBe(4);
    expect(hoursLeft(2 ** 30, 1000)).toBeUndefined();
    expect(hoursLeft(undefined, 2 ** 28)).toBeUndefined();
    expect(hoursLeft(2 ** 30, -5)).toBeUndefined();
  });
});
