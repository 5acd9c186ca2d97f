import { describe, expect, test } from 'vitest';
import type { BootEntry } from '../../src/facts/boot-entry.ts';
import {
  goalWithNewKernels,
  menuNews,
  otherDefault,
  otherRootMount,
} from '../../src/plan/regenerated-menu.ts';

/** An entry of `TITLE|RELEASE|WORDS`; `*` before the title marks the default. */
function entry(text: string): BootEntry {
  const [title = '', release = '', cmdline = ''] = text.split('|');
  const words = cmdline.split(' ').map((word) => ({ text: word, from: '/boot/grub/grub.cfg:1' }));
  return {
    title: title.replace('*', ''),
    id: '',
    image: '/vmlinuz',
    kind: title.includes('Other') ? 'foreign' : 'normal',
    initrds: [],
    kernelPath: `/boot/vmlinuz-${release}`,
    release,
    isDefault: title.startsWith('*'),
    isNext: false,
    lines: [
      {
        format: 'loader-entry',
        reader: 'grub-el8',
        path: '/boot/grub/grub.cfg',
        images: [],
        words: words.map((word) => ({ ...word, source: word.text, place: { kind: 'mixed' } })),
        cmdline,
        isConditional: false,
      },
    ],
  };
}

const planned = ['*A|6.1|root=/dev/sda1 quiet', 'B|5.4|root=/dev/sda1 quiet'];

const news: readonly [name: string, made: readonly string[], expected: readonly object[]][] = [
  ['nothing', planned, []],
  ['another order', planned.toReversed(), []],
  ['an entry that goes', planned.slice(0, 1), [{ code: 'regenerate-entry-went', title: 'B' }]],
  [
    'an entry that comes',
    [...planned, 'C|6.2|root=/dev/sda1'],
    [{ code: 'regenerate-entry-came', title: 'C' }],
  ],
  [
    'a second one of the same name',
    [...planned, 'B|6.2|root=/dev/sda1'],
    [{ code: 'regenerate-entry-came', title: 'B' }],
  ],
  [
    'words of an entry',
    ['*A|6.1|root=/dev/sda1 splash quiet', 'B|5.4|root=/dev/sda1'],
    [
      { code: 'regenerate-entry-words', title: 'A', words: '+splash' },
      { code: 'regenerate-entry-words', title: 'B', words: '-quiet' },
    ],
  ],
];

test.each(news)('news: %s', (_, made, expected) => {
  expect(menuNews(planned.map(entry), made.map(entry))).toEqual(expected);
});

const defaults: readonly [name: string, made: readonly string[], expected: object | undefined][] = [
  ['the same', planned, undefined],
  [
    'another entry',
    ['A|6.1|', '*B|5.4|'],
    { before: 'A (/boot/vmlinuz-6.1)', after: 'B (/boot/vmlinuz-5.4)' },
  ],
  [
    'the same title for another kernel',
    ['*A|6.2|'],
    { before: 'A (/boot/vmlinuz-6.1)', after: 'A (/boot/vmlinuz-6.2)' },
  ],
  ['none', ['A|6.1|'], { before: 'A (/boot/vmlinuz-6.1)', after: '' }],
];

test.each(defaults)('default entry: %s', (_, made, expected) => {
  expect(otherDefault(planned.map(entry), made.map(entry))).toEqual(expected);
});

const mounts: readonly [name: string, made: readonly string[], expected: object | undefined][] = [
  ['as before, in a new entry', ['C|6.2|root=/dev/sda1 splash'], undefined],
  ['another disk', [...planned, 'C|6.2|root=/dev/vda1'], { title: 'C', words: 'root=/dev/vda1' }],
  ['no disk at all', ['C|6.2|quiet'], { title: 'C', words: '' }],
  ['another system brings its own', ['Other|6.2|root=/dev/sdb7'], undefined],
];

test.each(mounts)('root file system: %s', (_, made, expected) => {
  expect(otherRootMount(planned.map(entry), made.map(entry))).toEqual(expected);
});

describe('the goal of a menu with new kernels', () => {
  const shared = { set: ['nosmt'], unset: [] };
  const own = { set: ['quiet'], unset: [] };

  test('a new kernel has the words of later kernels, a known one keeps its own', () => {
    const goal = goalWithNewKernels({ perKernel: new Map([['6.1', own]]), shared }, [
      entry('A|6.1|'),
      entry('C|6.2|'),
    ]);
    expect([goal.perKernel.get('6.1'), goal.perKernel.get('6.2'), goal.shared]).toEqual([
      own,
      shared,
      shared,
    ]);
  });
});
