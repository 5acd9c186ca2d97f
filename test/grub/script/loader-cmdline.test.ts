import { expect, test } from 'vitest';
import {
  cmdlineLimit,
  loaderCmdline,
  loaderCmdlineWithImage,
  overlongBy,
} from '../../../src/grub/script/loader-cmdline.ts';
import { hasShared } from '../../oracle/available.ts';
import { recordedRows, unescapeColumn } from '../../oracle/recorded.ts';
import { bootLinesOf, menuOf } from './evaluated-text.ts';

test.each([
  { rule: 'words are joined with one blank', words: ['ro', 'quiet'], cmdline: 'ro quiet' },
  { rule: 'a word with a blank is put in double quotes', words: ['x=a b', 'c'], cmdline: '"x=a b" c' },
  {
    rule: 'quotes and backslashes get a backslash',
    words: ["it's", '"a', 'b\\c'],
    cmdline: 'it\\\'s \\"a b\\\\c',
  },
  { rule: 'an empty word leaves two blanks', words: ['a', '', 'b'], cmdline: 'a  b' },
  { rule: 'a tab is not quoted', words: ['a\tb'], cmdline: 'a\tb' },
  { rule: 'no words make no text', words: [], cmdline: '' },
])('$rule', ({ words, cmdline }) => {
  expect(loaderCmdline(words)).toBe(cmdline);
});

test("Red Hat's loader leaves hex escapes alone", () => {
  expect(loaderCmdline(['a\\x2db', 'c\\x', 'd\\e'], true)).toBe('a\\x2db c\\\\x d\\\\e');
});

test('the image comes first', () => {
  expect(loaderCmdlineWithImage('/vm linuz', ['ro'])).toBe('BOOT_IMAGE="/vm linuz" ro');
});

test('only the loaders of x86 have a limit', () => {
  expect((['linux', 'linux16', 'linuxefi', 'multiboot2', 'module'] as const).map(cmdlineLimit)).toEqual([
    2047,
    2047,
    2046,
    undefined,
    undefined,
  ]);
});

test.each([
  { command: 'linux', bytes: 2047, over: 0 },
  { command: 'linux', bytes: 2048, over: 1 },
  { command: 'linux16', bytes: 2060, over: 13 },
  { command: 'linuxefi', bytes: 2047, over: 1 },
  { command: 'module2', bytes: 5000, over: 0 },
] as const)('$bytes bytes for $command are $over too many', ({ command, bytes, over }) => {
  const word = 'a'.repeat(bytes - 'BOOT_IMAGE=/v '.length);
  expect(overlongBy(command, '/v', [word])).toBe(over);
});

test.runIf(hasShared('facts/oracle/proc-cmdline.tsv'))(
  'every /proc/cmdline recorded of a booted kernel',
  () => {
    const rows = recordedRows('proc-cmdline.tsv');
    expect(rows.length).toBeGreaterThan(20);
    for (const [source = '', recorded = '', bytes, , name] of rows) {
      const [line] = bootLinesOf(menuOf(unescapeColumn(source)));
      const words = line?.words.map((word) => word.text) ?? [];
      const ours = loaderCmdlineWithImage(line?.image?.text ?? '', words);
      const over = overlongBy(line?.command ?? 'linux', line?.image?.text ?? '', words);
      expect(ours.startsWith(unescapeColumn(recorded)), name).toBe(true);
      expect(over > 0, name).toBe(ours.length !== Number(bytes));
    }
  },
);
