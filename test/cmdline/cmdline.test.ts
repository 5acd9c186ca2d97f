import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cmdlineWords, kernelWordCount, parseCmdline, printCmdline } from '../../src/cmdline/cmdline.ts';

test.each([
  { rule: 'blanks and tabs divide', text: ' ro\tquiet  splash ', words: ['ro', 'quiet', 'splash'] },
  { rule: 'blanks inside quotes do not', text: 'a="b c" d', words: ['a="b c"', 'd'] },
  { rule: 'a quote toggles anywhere in a word', text: 'a"b c"d e', words: ['a"b c"d', 'e'] },
  { rule: 'a backslash escapes nothing', text: 'a\\ b', words: ['a\\', 'b'] },
  { rule: 'an unclosed quote runs to the end', text: 'a "b c', words: ['a', '"b c'] },
  { rule: 'the latin1 no-break space divides', text: 'a\xa0b', words: ['a', 'b'] },
  { rule: 'an empty line has no words', text: '', words: [] },
])('cmdline: $rule', ({ text, words }) => {
  expect(cmdlineWords(text)).toEqual(words);
});

test('cmdline: an unclosed quote is marked on its word alone', () => {
  expect(parseCmdline('a="b c" "d').parameters.map((parameter) => parameter.hasUnclosedQuote)).toEqual([
    false,
    true,
  ]);
});

test.each([
  { rule: 'words after -- are for init', words: ['ro', '--', 'single'], count: 1 },
  { rule: 'the first of two -- decides', words: ['ro', '--', 'single', '--', 'x'], count: 1 },
  { rule: 'a quoted -- is one (kernel/params.c since v4.10)', words: ['ro', '"--"', 'single'], count: 1 },
  { rule: 'a -- with a value is none', words: ['ro', '--=x', 'single'], count: 3 },
  { rule: 'all words are the kernel’s without --', words: ['ro', '---'], count: 2 },
])('kernel words: $rule', ({ words, count }) => {
  expect(kernelWordCount(words)).toBe(count);
});

test('every line prints back the same bytes', () => {
  const piece = fc.constantFrom(' ', '\t', '"', '=', '--', 'a', 'quiet', '\\', "'", '\xa0', '\xff', '\n');
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        expect(printCmdline(parseCmdline(text))).toBe(text);
      },
    ),
  );
});
