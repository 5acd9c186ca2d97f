import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDefaultEntry, findFallbackEntries } from '../../../src/grub/menu/default-entry.ts';
import type { EntryRules, MenuItem } from '../../../src/grub/menu/menu-item.ts';
import { hasProgram, hasShared } from '../../oracle/available.ts';
import { recordedRows } from '../../oracle/recorded.ts';
import { runGrub } from '../../oracle/run-grub.ts';
import { entry, itemAt, menuScript, submenu } from './menus.ts';

const menu: readonly MenuItem[] = [
  entry('Zero', 'id-zero'),
  submenu(
    'Older kernels',
    'older',
    entry('Inner zero', 'in-0'),
    entry('Inner one', 'in-1'),
    entry('Inner two', 'in-2'),
    submenu('Deep', 'deep', entry('Deep zero', 'deep-0'), entry('Deep one', 'deep-1')),
    entry('Inner four', 'older>kernels'),
  ),
  entry('Two', 'id-two'),
  entry('Has > gt', 'id-gt'),
  entry('Two', 'again'),
  entry('Five words in title', 'x'),
  entry('Six', '4b7c0e-5.14.0-70.el9.x86_64'),
  entry('Seven', 'Sub'),
  entry('id-two', 'named-like-an-id'),
  entry('Nine'),
  entry('Ten'),
];

interface Case {
  readonly name: string;
  readonly value: string | undefined;
  readonly boots: string;
  readonly matched: readonly string[];
}

const upstreamCases: readonly Case[] = [
  { name: 'an unset default is the first entry', value: undefined, boots: 'id-zero', matched: ['first'] },
  { name: 'an empty default is the first entry', value: '', boots: 'id-zero', matched: ['first'] },
  { name: 'a number is an index', value: '2', boots: 'id-two', matched: ['number'] },
  { name: 'an index out of range is the first entry', value: '11', boots: 'id-zero', matched: ['first'] },
  { name: 'blanks before a number are skipped', value: ' \t2', boots: 'id-two', matched: ['number'] },
  { name: 'what follows a number is ignored', value: '2 of them', boots: 'id-two', matched: ['number'] },
  { name: 'a zero and an octal digit mean octal', value: '012', boots: 'Ten', matched: ['number'] },
  { name: 'a zero and an 8 mean decimal', value: '09', boots: 'Nine', matched: ['number'] },
  { name: '0x means hexadecimal', value: '0xA', boots: 'Ten', matched: ['number'] },
  { name: '0X is a zero', value: '0X2', boots: 'id-zero', matched: ['number'] },
  { name: '0x without digits is no number', value: '0x', boots: 'id-zero', matched: ['first'] },
  { name: 'a minus sign is no number', value: '-2', boots: 'id-zero', matched: ['first'] },
  { name: 'a number keeps its low 32 bits', value: '4294967298', boots: 'id-two', matched: ['number'] },
  {
    name: 'more than 64 bits is nothing',
    value: '18446744073709551618',
    boots: 'id-zero',
    matched: ['first'],
  },
  { name: 'an id', value: 'id-gt', boots: 'id-gt', matched: ['id'] },
  {
    name: 'an id that starts with a digit is an index',
    value: '4b7c0e-5.14.0-70.el9.x86_64',
    boots: 'again',
    matched: ['number'],
  },
  { name: 'a title', value: 'Five words in title', boots: 'x', matched: ['title'] },
  { name: 'the first of two equal titles', value: 'Two', boots: 'id-two', matched: ['title'] },
  {
    name: 'menu order decides between an id and a later title',
    value: 'id-two',
    boots: 'id-two',
    matched: ['id'],
  },
  { name: 'the first word of a title is no match', value: 'Five', boots: 'id-zero', matched: ['first'] },
  { name: 'case counts', value: 'ZERO', boots: 'id-zero', matched: ['first'] },
  { name: 'a title with > is written >>', value: 'Has >> gt', boots: 'id-gt', matched: ['title'] },
  {
    name: 'a title with > written plainly is another name',
    value: 'Has > gt',
    boots: 'id-zero',
    matched: ['first'],
  },
  { name: 'an inner title needs its way', value: 'Inner two', boots: 'id-zero', matched: ['first'] },
  { name: 'a way of indices', value: '1>2', boots: 'in-2', matched: ['number', 'number'] },
  { name: 'a way of ids', value: 'older>in-1', boots: 'in-1', matched: ['id', 'id'] },
  { name: 'a way of titles', value: 'Older kernels>Inner two', boots: 'in-2', matched: ['title', 'title'] },
  {
    name: 'a way may mix them',
    value: 'older>3>Deep one',
    boots: 'deep-1',
    matched: ['id', 'number', 'title'],
  },
  { name: 'a submenu alone is its first entry', value: 'older', boots: 'in-0', matched: ['id', 'first'] },
  {
    name: 'the number of a submenu does not count inside it',
    value: '1',
    boots: 'in-0',
    matched: ['number', 'first'],
  },
  {
    name: 'a deeper submenu alone likewise',
    value: '1>3',
    boots: 'deep-0',
    matched: ['number', 'number', 'first'],
  },
  {
    name: 'an unknown inner name is the first entry inside',
    value: 'older>no',
    boots: 'in-0',
    matched: ['id', 'first'],
  },
  {
    name: 'nothing behind the > is the first entry inside',
    value: 'older>',
    boots: 'in-0',
    matched: ['id', 'first'],
  },
  { name: 'an entry ends the way', value: 'id-two>1', boots: 'id-two', matched: ['id'] },
  { name: '>> after an index is no way', value: '1>>2', boots: 'in-0', matched: ['number', 'first'] },
  { name: '>>> after an index is a way', value: '1>>>2', boots: 'in-2', matched: ['number', 'number'] },
  {
    name: '>> inside a way is part of a name',
    value: 'older>older>>kernels',
    boots: 'older>kernels',
    matched: ['id', 'id'],
  },
];

/** From the source of rhboot/grub2, not run: no build of it is at hand. */
const redHatCases: readonly Case[] = [
  { name: 'an unset default is the first entry', value: undefined, boots: 'id-zero', matched: ['first'] },
  { name: 'a number is an index', value: '2', boots: 'id-two', matched: ['number'] },
  {
    name: 'an id that starts with a digit',
    value: '4b7c0e-5.14.0-70.el9.x86_64',
    boots: '4b7c0e-5.14.0-70.el9.x86_64',
    matched: ['id'],
  },
  { name: 'all ids come before any title', value: 'Sub', boots: 'Sub', matched: ['id'] },
  { name: 'a title', value: 'Five words in title', boots: 'x', matched: ['title'] },
  { name: 'a number must be whole', value: '2x', boots: 'id-zero', matched: ['first'] },
  {
    name: 'a list is not a default: a blank and more after an id',
    value: 'id-two id-gt',
    boots: 'id-zero',
    matched: ['first'],
  },
  {
    name: 'a list is not a default: a blank after a number',
    value: '2 ',
    boots: 'id-zero',
    matched: ['first'],
  },
  { name: 'a way of indices is not read', value: '1>2', boots: 'id-zero', matched: ['first'] },
  { name: 'a way of ids', value: 'older>in-1', boots: 'in-1', matched: ['id', 'id'] },
  { name: 'a way may end with an index', value: 'older>2', boots: 'in-2', matched: ['id', 'number'] },
  {
    name: 'an outer title with blanks, inner id',
    value: 'Older kernels>in-1',
    boots: 'in-1',
    matched: ['title', 'id'],
  },
  {
    name: 'the number of a submenu counts inside it again',
    value: '1',
    boots: 'in-1',
    matched: ['number', 'number'],
  },
  {
    name: 'an unknown inner name is the first entry inside',
    value: 'older>no',
    boots: 'in-0',
    matched: ['id', 'first'],
  },
];

function boots(value: string | undefined, rules: EntryRules) {
  const found = findDefaultEntry(menu, value, rules);
  return { id: found && itemAt(menu, found.path)?.id, matched: found?.matched };
}

describe('default, upstream', () => {
  test.each(upstreamCases)('$name: $value', ({ value, boots: id, matched }) => {
    expect(boots(value, 'upstream')).toEqual({ id, matched });
  });
});

describe('default, Red Hat', () => {
  test.each(redHatCases)('$name: $value', ({ value, boots: id, matched }) => {
    expect(boots(value, 'red-hat')).toEqual({ id, matched });
  });
});

test('an empty menu, or an empty submenu on the way, boots nothing', () => {
  expect(findDefaultEntry([], '0', 'upstream')).toBeUndefined();
  expect(findDefaultEntry([submenu('empty', 'empty')], '0>0', 'red-hat')).toBeUndefined();
});

const fallbackCases: readonly {
  name: string;
  value: string | undefined;
  rules: EntryRules;
  tried: readonly number[];
}[] = [
  { name: 'unset', value: undefined, rules: 'upstream', tried: [] },
  { name: 'a list of numbers', value: '2  0 1', rules: 'upstream', tried: [2, 0, 1] },
  { name: 'ends at a name', value: '2 id-gt 1', rules: 'upstream', tried: [2] },
  { name: 'ends out of range', value: '2 99 1', rules: 'upstream', tried: [2] },
  { name: 'ids and numbers', value: 'id-gt 2 Nine', rules: 'red-hat', tried: [3, 2, 9] },
  { name: 'an id of one byte is not found before a blank', value: 'x 2', rules: 'red-hat', tried: [] },
  { name: 'an id of one byte is found at the end', value: '2 x', rules: 'red-hat', tried: [2, 5] },
  { name: 'ends at a title', value: '2 Six', rules: 'red-hat', tried: [2] },
  { name: 'ends at a number with a tail', value: '2 3x', rules: 'red-hat', tried: [2] },
];

describe('fallback', () => {
  test.each(fallbackCases)('$rules, $name', ({ value, rules, tried }) => {
    expect(findFallbackEntries(menu, value, rules)).toEqual(tried);
  });
});

test('every value leads to an entry, or to an empty menu', () => {
  const item: fc.Arbitrary<MenuItem> = fc.letrec<{ item: MenuItem }>((tie) => ({
    item: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ kind: fc.constant('entry' as const), title: fc.string(), id: fc.string() }),
      fc.record({
        kind: fc.constant('submenu' as const),
        title: fc.string(),
        id: fc.string(),
        children: fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
      }),
    ),
  })).item;
  const value = fc.option(fc.stringMatching(/^[0-9a-z> \t]{0,8}$/), { nil: undefined });
  const rules = fc.constantFrom<EntryRules>('upstream', 'red-hat');
  fc.assert(
    fc.property(fc.array(item, { minLength: 1 }), value, rules, (items, wanted, whose) => {
      const found = findDefaultEntry(items, wanted, whose);
      expect(found && itemAt(items, found.path)?.kind).toBe('entry');
      expect(found?.matched).toHaveLength(found?.path.length ?? -1);
    }),
  );
});

const recordedMenu: readonly MenuItem[] = [
  entry('Zero', 'id-zero'),
  entry('Alpha', 'id-a'),
  entry('Beta two', 'id-b'),
  submenu('Sub menu', 'id-sub', entry('Inner one', 'id-s1'), entry('Inner two', 'id-s2')),
  entry('Has > gt', 'id-gt'),
  entry('Digits', '2nd-entry'),
  entry('Five', '123'),
  entry('Six', '0abc'),
  entry('Seven', '4e7f-id'),
  entry('Eight', '5.14.0-1.el9.x86_64'),
];

test.runIf(hasShared('facts/oracle/default.tsv'))('the entries that GRUB 2.06 was recorded to boot', () => {
  const rows = recordedRows('default.tsv');
  expect(rows.length).toBeGreaterThan(25);
  for (const [value, booted, note] of rows) {
    const found = findDefaultEntry(recordedMenu, value, 'upstream');
    expect(found && itemAt(recordedMenu, found.path)?.id, `${value} (${note})`).toBe(booted);
  }
});

describe.runIf(hasProgram('grub-emu'))('what grub-emu boots', () => {
  test.each(upstreamCases)('$name: $value', async ({ value, boots: id }) => {
    const setting = value === undefined ? '' : `set default='${value}'\n`;
    const output = await runGrub('grub-emu', `set timeout=0\n${setting}${menuScript(menu)}`, /@BOOT [^@]*@/);
    expect(/@BOOT ([^@]*)@/.exec(output)?.[1]).toBe(id);
  });
});
