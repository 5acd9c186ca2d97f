import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNamePlaces, type SearchedPart } from '../../../src/kernel/image/name-places.ts';
import { findTypeInformation } from '../../../src/kernel/image/type-information.ts';

function searched(text: string, names: readonly string[], excluded: SearchedPart['excluded'] = []) {
  return findNamePlaces([{ part: 'kernel', bytes: Buffer.from(text, 'latin1'), excluded }], names);
}

/** What is found of one name, as `offset` with the marks of its place. */
function found(text: string, name: string, excluded: SearchedPart['excluded'] = []) {
  const [reading] = searched(text, [name], excluded);
  return reading?.places.map(
    ({ offset, isWhole, form }) =>
      `${offset}${isWhole ? '' : ' end of a longer one'}${form === 'name' ? '' : ' prefix'}`,
  );
}

describe('the forms in which code holds a name', () => {
  test.each([
    { rule: 'a string by itself', text: 'x\0split\0', name: 'split', at: ['2'] },
    { rule: 'with =', text: '\0split=\0', name: 'split', at: ['1'] },
    { rule: 'with a value', text: '\0split=on\0', name: 'split', at: ['1'] },
    { rule: 'behind a blank, as strstr() would look for it', text: '\0 split=\0', name: 'split', at: ['2'] },
    {
      rule: 'merged with the end of another',
      text: '\0nosplit\0',
      name: 'split',
      at: ['3 end of a longer one'],
    },
    { rule: 'dash for underscore', text: '\0split-lock\0', name: 'split_lock', at: ['1'] },
    { rule: 'underscore for dash', text: '\0split_lock\0', name: 'split-lock', at: ['1'] },
    { rule: 'up to a dot', text: '\0sysctl.\0', name: 'sysctl.vm.swappiness', at: ['1 prefix'] },
    { rule: 'up to the second dot', text: '\0a.b.\0', name: 'a.b.c', at: ['1 prefix'] },
    { rule: 'not as the beginning of a longer one', text: '\0splitter\0', name: 'split', at: [] },
    { rule: 'not inside a sentence', text: '\0the split lock\0', name: 'split', at: [] },
    { rule: 'not in capitals', text: '\0SPLIT\0', name: 'split', at: [] },
    { rule: 'not without an end', text: '\0split', name: 'split', at: [] },
  ])('$rule', ({ text, name, at }) => {
    expect(found(text, name)).toEqual(at);
  });

  test('what is left out is not found, and nothing is found across its border', () => {
    const text = '\0split\0 split\0';
    expect(found(text, 'split', [{ start: 1, end: 7 }])).toEqual(['8']);
    expect(found(text, 'split', [{ start: 9, end: 10 }])).toEqual(['1']);
  });

  test('more places than are named are counted', () => {
    expect(searched('\0split'.repeat(9).concat('\0'), ['split'])).toMatchObject([
      { name: 'split', count: 9, places: [{ offset: 1 }, { offset: 7 }, { offset: 13 }] },
    ]);
  });
});

test('every name is found where a search for it alone finds it', () => {
  const piece = fc.constantFrom('a', 'b', '-', '_', '.', '=', '\0', ' ');
  const name = fc
    .array(fc.constantFrom('a', 'b', '-', '_', '.'), { minLength: 2, maxLength: 4 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
      fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
      (text, names) => {
        const counts = searched(text, names).map(({ count }) => count);
        expect(counts).toEqual(names.map((one) => naiveCount(text, one)));
      },
    ),
  );
});

function naiveCount(text: string, name: string): number {
  const fold = (some: string) => some.replaceAll('-', '_');
  const forms: { text: string; ends: string }[] = [{ text: fold(name), ends: '\0=' }];
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    forms.push({ text: fold(name.slice(0, dot + 1)), ends: '\0' });
  }
  let count = 0;
  for (const form of forms) {
    for (let at = 0; at + form.text.length < text.length; at += 1) {
      const isThere = fold(text).startsWith(form.text, at);
      if (form.text.length > 1 && isThere && form.ends.includes(text[at + form.text.length] ?? ''))
        count += 1;
    }
  }
  return count;
}

describe('type information', () => {
  const btf = (isLittleEndian: boolean, strings: string) => {
    const header = Buffer.alloc(24);
    const u32 = (value: number, at: number) =>
      isLittleEndian ? header.writeUInt32LE(value, at) : header.writeUInt32BE(value, at);
    header.set(isLittleEndian ? [0x9f, 0xeb, 1, 0] : [0xeb, 0x9f, 1, 0]);
    for (const [at, value] of [24, 0, 8, 8, strings.length].entries()) u32(value, 4 + 4 * at);
    return Buffer.concat([
      Buffer.from('before\0'),
      header,
      Buffer.alloc(8),
      Buffer.from(strings, 'latin1'),
      Buffer.from('\0'),
    ]);
  };

  test.each([true, false])('is found with its strings; little-endian: %s', (isLittleEndian) => {
    const strings = '\0frobnicate\0';
    expect(findTypeInformation(btf(isLittleEndian, strings), isLittleEndian)).toEqual([
      { start: 7, end: 7 + 24 + 8 + strings.length },
    ]);
  });

  test('what only begins so is not', () => {
    expect(findTypeInformation(btf(true, '\0frobnicate'), true)).toEqual([]);
    expect(findTypeInformation(btf(true, 'no\0').subarray(0, 20), true)).toEqual([]);
  });
});
