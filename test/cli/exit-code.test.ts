import { expect, test } from 'vitest';
import { worstExit } from '../../src/cli/exit-code.ts';

test.each([
  { codes: [0, 0], worst: 0 },
  { codes: [0, 5], worst: 5 },
  { codes: [5, 4, 0], worst: 4 },
  { codes: [4, 3, 5], worst: 3 },
  { codes: [3, 2, 4], worst: 2 },
  { codes: [0, 1, 3, 4, 2], worst: 1 },
  { codes: [1, 130, 3], worst: 130 },
  { codes: [], worst: 0 },
])('of $codes the worst is $worst', ({ codes, worst }) => {
  expect(worstExit(codes)).toBe(worst);
});
