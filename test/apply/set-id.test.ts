import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expiredSets } from '../../src/apply/retention.ts';
import { isSetId, nextSetId } from '../../src/apply/set-id.ts';

const PLAN = '1a2b3c4d5e6f';
const at = (time: string) => new Date(`2026-11-24T${time}Z`);

const cases = [
  { name: 'the first', now: '14:30:00.900', last: undefined, id: '20261124T143000Z-1a2b3c4d' },
  {
    name: 'later than the last',
    now: '14:30:01',
    last: '20261124T143000Z-ffffffff',
    id: '20261124T143001Z-1a2b3c4d',
  },
  {
    name: 'in the same second',
    now: '14:30:00.1',
    last: '20261124T143000Z-ffffffff',
    id: '20261124T143001Z-1a2b3c4d',
  },
  {
    name: 'clock set back a day',
    now: '14:30:00',
    last: '20261125T235959Z-ffffffff',
    id: '20261126T000000Z-1a2b3c4d',
  },
];

test.each(cases)('the id of a backup set: $name', ({ now, last, id }) => {
  expect(nextSetId(at(now), PLAN, last)).toBe(id);
});

test('none can follow the last second that there is', () => {
  expect(nextSetId(at('14:30:00'), PLAN, '99991231T235959Z-1a2b3c4d')).toBeUndefined();
  expect(nextSetId(at('14:30:00'), PLAN, '99991231T235958Z-1a2b3c4d')).toBe('99991231T235959Z-1a2b3c4d');
});

test('ids sort in the order in which they were given, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
          fc.stringMatching(/^[0-9a-f]{8}$/),
        ),
        { maxLength: 30 },
      ),
      (sets) => {
        const ids: string[] = [];
        for (const [now, plan] of sets) ids.push(nextSetId(now, plan, ids.at(-1)) ?? '');
        expect(ids).toEqual([...ids].sort());
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.every(isSetId)).toBe(true);
      },
    ),
  );
});

test.each([
  '',
  '..',
  '../../etc',
  '20261124T143000Z-1a2b3c4',
  '20261124T143000Z-1a2b3c4d/x',
  'latest',
  '20269999T143000Z-1a2b3c4d',
  '20260230T143000Z-1a2b3c4d',
  '20261124T246060Z-1a2b3c4d',
  '00000000T000000Z-1a2b3c4d',
  '19690101T000000Z-1a2b3c4d',
  undefined,
  7,
])('not an id: %j', (text) => {
  expect(isSetId(text)).toBe(false);
});

describe('retention', () => {
  const ids = (count: number) =>
    Array.from({ length: count }, (_, index) => `id-${String(index).padStart(3, '0')}`);

  test.each([0, 1, 20, 21])('keeps all of %d sets', (count) => {
    expect(expiredSets(ids(count))).toEqual([]);
  });

  test('keeps the first and the last twenty', () => {
    expect(expiredSets(ids(22))).toEqual(['id-001']);
    expect(expiredSets(ids(30))).toEqual(ids(30).slice(1, 10));
  });
});
