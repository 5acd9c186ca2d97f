import { expect, test } from 'vitest';
import { type BlockChange, variablesTakenBack } from '../../src/apply/variables-taken-back.ts';
import { environmentBlock } from '../facts/entry-tree.ts';

const change = (before: readonly string[], after: readonly string[]): BlockChange => ({
  before: environmentBlock(...before),
  after: environmentBlock(...after),
});

const named = change(['saved_entry=x'], ['saved_entry=x', 'next_entry=~a-bootmend-trial']);
const shared = change(['kernelopts=ro quiet'], ['kernelopts=ro quiet nokmem']);

/** What we changed, what the block holds by now, and what it holds once our changes are out; undefined: somebody else's. */
const cases: readonly (readonly [
  name: string,
  changes: readonly BlockChange[],
  now: readonly string[],
  then: readonly string[] | undefined,
])[] = [
  ['nothing happened since', [named], ['saved_entry=x', 'next_entry=~a-bootmend-trial'], ['saved_entry=x']],
  ['GRUB has booted the trial', [named], ['saved_entry=x', 'next_entry='], ['saved_entry=x']],
  ['it was taken out', [named], ['saved_entry=x'], ['saved_entry=x']],
  [
    'GRUB wrote something else too',
    [named],
    ['saved_entry=y', 'next_entry=', 'boot_success=1'],
    ['saved_entry=y', 'boot_success=1'],
  ],
  ['another entry is to boot once', [named], ['saved_entry=x', 'next_entry=other'], undefined],
  [
    'shared words, and GRUB’s own count',
    [shared],
    ['kernelopts=ro quiet nokmem', 'boot_indeterminate=2'],
    ['kernelopts=ro quiet', 'boot_indeterminate=2'],
  ],
  ['the shared words are others by now', [shared], ['kernelopts=ro nokmem debug'], undefined],
  [
    'a trial that was kept',
    [
      change(['kernelopts=ro quiet'], ['kernelopts=ro quiet', 'next_entry=~a-bootmend-trial']),
      change(['kernelopts=ro quiet', 'next_entry='], ['kernelopts=ro quiet nokmem', 'next_entry=']),
    ],
    ['kernelopts=ro quiet nokmem', 'next_entry=', 'boot_success=1'],
    ['kernelopts=ro quiet', 'boot_success=1'],
  ],
];

test.each(cases)('%s', (_, changes, now, then) => {
  expect(variablesTakenBack(changes, environmentBlock(...now))).toBe(then && environmentBlock(...then));
});

test('a file that is no block is never put together anew', () => {
  expect(variablesTakenBack([named], 'text\n')).toBeUndefined();
  expect(variablesTakenBack([{ before: 'a', after: 'b' }], environmentBlock())).toBeUndefined();
});
