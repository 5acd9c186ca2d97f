import { describe, expect, test } from 'vitest';
import type { WordGoal } from '../../src/cmdline/revise-words.ts';
import { gather } from '../../src/facts/gather.ts';
import { nextBootLeftAlone } from '../../src/plan/next-boot.ts';
import { entryFilesTree, environmentBlock } from '../facts/entry-tree.ts';
import { hostOf } from '../facts/tree.ts';

const MACHINE = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const RESCUE = `0-rescue-${MACHINE}`;
const nosmt: WordGoal = { set: ['nosmt'], unset: [] };
const nothing: WordGoal = { set: [], unset: [] };

/** Of a host with a normal entry, a recovery entry of an older kernel and a rescue image. */
async function leftAlone(
  next: string,
  words: string,
  which: string,
  shared: WordGoal,
  perKernel: Readonly<Record<string, WordGoal>>,
) {
  const entries = {
    '5.14.0-2': 'options root=/dev/a ro\n',
    '5.14.0-1': `options root=/dev/a ro single${words}\n`,
    [RESCUE]: 'options root=/dev/a ro\n',
  };
  const block = environmentBlock(`saved_entry=${MACHINE}-${next}`);
  const gathered = await gather(
    await hostOf(entryFilesTree('el9', entries, { '/boot/grub2/grubenv': block })),
  );
  const [menu] = gathered.ok ? gathered.facts.menus : [];
  if (menu === undefined) throw new Error(JSON.stringify(gathered));
  return nextBootLeftAlone(menu, { shared, perKernel: new Map(Object.entries(perKernel)) }, which)?.code;
}

describe('what boots next is not left without its words in silence', () => {
  test.each([
    { name: 'a normal entry gets them', next: '5.14.0-2', code: undefined },
    { name: 'a recovery entry does not', next: '5.14.0-1', code: 'next-boot-recovery' },
    { name: 'nor does a rescue image', next: RESCUE, code: 'next-boot-rescue' },
    { name: 'a recovery entry that has them', next: '5.14.0-1', words: ' nosmt', code: undefined },
    { name: 'one that is meant as well', next: '5.14.0-1', which: 'all', code: undefined },
    { name: 'where single entries were named', next: '5.14.0-1', which: '5.14.0-2', code: undefined },
    {
      name: 'whose own kernel needs none',
      next: '5.14.0-1',
      perKernel: { '5.14.0-1': nothing },
      code: undefined,
    },
    {
      name: 'whose own kernel alone needs some',
      next: '5.14.0-1',
      shared: nothing,
      perKernel: { '5.14.0-1': nosmt },
      code: 'next-boot-recovery',
    },
  ])('$name', async ({ next, words = '', which = 'normal', shared = nosmt, perKernel = {}, code }) => {
    expect(await leftAlone(next, words, which, shared, perKernel)).toBe(code);
  });
});
