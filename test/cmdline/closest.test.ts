import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from '../../src/cmdline/closest.ts';

test.each([
  { a: '', b: 'abc', distance: 3 },
  { a: 'quiet', b: 'quiet', distance: 0 },
  { a: 'quit', b: 'quiet', distance: 1 },
  { a: 'quiets', b: 'quiet', distance: 1 },
  { a: 'quoet', b: 'quiet', distance: 1 },
  { a: 'queit', b: 'quiet', distance: 1 },
  { a: 'kitten', b: 'sitting', distance: 3 },
])('$a and $b are $distance slips apart', ({ a, b, distance }) => {
  expect(editDistance(a, b)).toBe(distance);
});

test('one slip is a distance of one at most, from either side', () => {
  const text = fc.string({ minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (word, place, letter) => {
      const at = place % word.length;
      const slips = [
        word.slice(0, at) + word.slice(at + 1),
        word.slice(0, at) + letter + word.slice(at),
        word.slice(0, at) + letter + word.slice(at + 1),
      ];
      for (const slip of slips) {
        expect(editDistance(word, slip)).toBeLessThanOrEqual(1);
        expect(editDistance(slip, word)).toBe(editDistance(word, slip));
      }
    }),
  );
});
