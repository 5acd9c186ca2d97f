import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNumbers, compareRelease, parseRelease } from '../../src/kernel/release.ts';
import { hasProgram } from '../oracle/available.ts';

describe('parseRelease', () => {
  const cases = [
    { release: '3.10.0-514.el7.x86_64', numbers: [3, 10, 0, 514], suffix: '.el7.x86_64' },
    { release: '3.10.0-514.2.2.el7.x86_64', numbers: [3, 10, 0, 514, 2, 2], suffix: '.el7.x86_64' },
    {
      release: '3.10.0-1160.rt56.1131.el7.x86_64',
      numbers: [3, 10, 0, 1160],
      suffix: '.rt56.1131.el7.x86_64',
    },
    { release: '4.9.0-19-amd64', numbers: [4, 9, 0, 19], suffix: '-amd64' },
    { release: '4.9.0-0.bpo.12-amd64', numbers: [4, 9, 0, 0], suffix: '.bpo.12-amd64' },
    { release: '6.12.117+deb12-amd64', numbers: [6, 12, 117], suffix: '+deb12-amd64' },
    { release: '5.14.21-150400.24.46-default', numbers: [5, 14, 21, 150400, 24, 46], suffix: '-default' },
    { release: '2.6.32-042stab145.3', numbers: [2, 6, 32], suffix: '-042stab145.3' },
    { release: '7.3-rc7', numbers: [7, 3], suffix: '-rc7' },
    { release: '5.4', numbers: [5, 4], suffix: '' },
  ];
  test.each(cases)('$release', ({ release, numbers, suffix }) => {
    expect(parseRelease(release)).toEqual({ source: release, numbers, suffix });
  });

  test.each(['', '0-rescue-6c1f5a3b8e0d4c7792ab41de58f03c96', 'linux', '5', '5.x', 'v5.4', '10e.4', '5.4a'])(
    'no release: %j',
    (text) => {
      expect(parseRelease(text)).toBeUndefined();
    },
  );

  test('numbers and suffix give the release back, separators aside', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9999), { minLength: 2, maxLength: 6 }), (numbers) => {
        const source = `${numbers.join('.')}.el7.x86_64`;
        expect(parseRelease(source)).toEqual({ source, numbers, suffix: '.el7.x86_64' });
      }),
    );
  });
});

test('numbers compare field by field, and a prefix is older', () => {
  expect(compareNumbers([3, 10, 0, 514], [3, 10, 0, 1062])).toBe(-1);
  expect(compareNumbers([3, 10, 0, 514], [3, 10, 0, 514, 2, 2])).toBe(-1);
  expect(compareNumbers([4, 0], [3, 19, 8])).toBe(1);
  expect(compareNumbers([4, 9], [4, 9])).toBe(0);
});

/** Cases of the rules in rpm-version(7), among them those that rpm's own tests/rpmvercmp.at covers. */
const RPM_CASES: readonly (readonly [a: string, b: string, order: number])[] = [
  ['1.0', '1.0', 0],
  ['1.0', '2.0', -1],
  ['2.0.1', '2.0.1a', -1],
  ['5.5p1', '5.5p2', -1],
  ['5.5p10', '5.5p1', 1],
  ['10xyz', '10.1xyz', -1],
  ['xyz10', 'xyz10.1', -1],
  ['xyz.4', '8', -1],
  ['xyz.4', '2', -1],
  ['5.5p2', '5.6p1', -1],
  ['5.6p1', '6.5p1', -1],
  ['6.0.rc1', '6.0', 1],
  ['10b2', '10a1', 1],
  ['1.0aa', '1.0a', 1],
  ['10.0001', '10.1', 0],
  ['10.0001', '10.0039', -1],
  ['4.999.9', '5.0', -1],
  ['20101121', '20101122', -1],
  ['2_0', '2.0', 0],
  ['2_0', '2__0', 0],
  ['a', 'a+', 0],
  ['+a', 'a_', 0],
  ['+', '_', 0],
  ['1.0~rc1', '1.0', -1],
  ['1.0~rc1', '1.0~rc2', -1],
  ['1.0~rc1~git123', '1.0~rc1', -1],
  ['1.0^', '1.0', 1],
  ['1.0^git1', '1.0', 1],
  ['1.0^git1', '1.0^git2', -1],
  ['1.0^git1', '1.01', -1],
  ['1.0^20160101', '1.0.1', -1],
  ['1.0^20160101^git1', '1.0^20160102', -1],
  ['1.0~rc1^git1', '1.0~rc1', 1],
  ['1.0^git1~pre', '1.0^git1', -1],
  ['1.0^a', '1.0^', 1],
  ['3.10.0-514.el7.x86_64', '3.10.0-1062.el7.x86_64', -1],
  ['3.10.0-514.el7.x86_64', '3.10.0-514.2.2.el7.x86_64', -1],
  ['3.10.0-1160.el7.x86_64', '5.4.278-1.el7.elrepo.x86_64', -1],
  ['99999999999999999999', '100000000000000000000', -1],
];

test.each(RPM_CASES)('rpm: %s and %s compare as %i', (a, b, order) => {
  expect(compareRelease(a, b, 'rpm')).toBe(order);
  expect(compareRelease(b, a, 'rpm')).toBe(0 - order);
});

const DPKG_CASES: readonly (readonly [a: string, b: string, order: number])[] = [
  ['4.9.0-19-amd64', '4.9.0-18-amd64', 1],
  ['4.9.0-9-amd64', '4.9.0-19-amd64', -1],
  ['6.1.0-9', '6.1.0-10', -1],
  ['1.0~rc1', '1.0', -1],
  ['1.0+b1', '1.0', 1],
  ['1.0a', '1.0+', -1],
  ['1:1.0', '2.0', 1],
  ['1.01', '1.1', 0],
  ['1.0-0', '1.0', 0],
  ['6.12.117+deb12-amd64', '6.12.74+deb13-amd64', 1],
  ['1.0~~', '1.0~', -1],
];

test.each(DPKG_CASES)('dpkg: %s and %s compare as %i', (a, b, order) => {
  expect(compareRelease(a, b, 'dpkg')).toBe(order);
  expect(compareRelease(b, a, 'dpkg')).toBe(0 - order);
});

const releases = fc.string({ unit: fc.constantFrom(...'0123459.-~^+abz_'), maxLength: 12 });

test.each(['rpm', 'dpkg'] as const)(
  '%s: an order: equal to itself, the other way round reversed',
  (rules) => {
    fc.assert(
      fc.property(releases, releases, (a, b) => {
        expect(compareRelease(a, a, rules)).toBe(0);
        expect(compareRelease(a, b, rules)).toBe(0 - compareRelease(b, a, rules));
      }),
      { numRuns: 2000 },
    );
  },
);

test.each(['rpm', 'dpkg'] as const)('%s: an order: transitive', (rules) => {
  fc.assert(
    fc.property(releases, releases, releases, (a, b, c) => {
      const sorted = [a, b, c].sort((x, y) => compareRelease(x, y, rules));
      expect(compareRelease(sorted[0] ?? '', sorted[2] ?? '', rules)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});

test.runIf(hasProgram('dpkg'))('dpkg --compare-versions agrees', () => {
  const versions = fc.tuple(
    fc.nat(12),
    fc.string({ unit: fc.constantFrom(...'0129.+~az'), maxLength: 8 }),
    fc.constantFrom('', '-1', '-10', '-0', '-2~rc1', '-19-amd64', '-0.deb11.2-amd64'),
  );
  fc.assert(
    fc.property(versions, versions, (partsA, partsB) => {
      const a = partsA.join('');
      const b = partsB.join('');
      const order = compareRelease(a, b, 'dpkg');
      const relation = order < 0 ? 'lt' : order > 0 ? 'gt' : 'eq';
      const { status, stderr } = spawnSync('dpkg', ['--compare-versions', a, relation, b], {
        encoding: 'utf8',
      });
      expect({ a, b, relation, status, stderr }).toEqual({ a, b, relation, status: 0, stderr: '' });
    }),
    { numRuns: 400 },
  );
});
