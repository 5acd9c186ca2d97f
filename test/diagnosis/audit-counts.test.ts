import { expect, test } from 'vitest';
import { countEffects } from '../../src/diagnosis/audit-counts.ts';
import type { WordEffect } from '../../src/diagnosis/word-effect.ts';

const line = (kernel: string | undefined, words: Readonly<Record<string, WordEffect>>) => ({
  kernel,
  words: Object.entries(words).map(([word, effect]) => ({ word, effect })),
});

test.each([
  { rule: 'no line', lines: [], counts: { known: 0, none: 0, unknown: 0, total: 0 } },
  {
    rule: 'a word of two entries of one kernel counts once',
    lines: [line('6.1', { quiet: 'known', 'a.b=1': 'none' }), line('6.1', { quiet: 'known' })],
    counts: { known: 1, none: 1, unknown: 0, total: 2 },
  },
  {
    rule: 'and once for each kernel',
    lines: [
      line('6.1', { quiet: 'known' }),
      line('5.10', { quiet: 'unknown' }),
      line(undefined, { quiet: 'unknown' }),
    ],
    counts: { known: 1, none: 0, unknown: 2, total: 3 },
  },
  {
    rule: 'the worst of its effects counts',
    lines: [
      line('6.1', { quiet: 'known' }),
      line('6.1', { quiet: 'none' }),
      line('6.1', { quiet: 'unknown' }),
    ],
    counts: { known: 0, none: 1, unknown: 0, total: 1 },
  },
  {
    rule: 'a blank is no word',
    lines: [line('6.1', { '': 'known' })],
    counts: { known: 0, none: 0, unknown: 0, total: 0 },
  },
])('$rule', ({ lines, counts }) => {
  expect(countEffects(lines)).toEqual(counts);
});
