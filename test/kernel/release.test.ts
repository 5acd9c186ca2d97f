import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNumbers, parseRelease } from '../../src/kernel/release.ts';

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
