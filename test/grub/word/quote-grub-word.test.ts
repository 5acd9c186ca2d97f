import { describe, expect, test } from 'vitest';
import { quoteGrubWord } from '../../../src/grub/word/quote-grub-word.ts';

describe('how a word is written', () => {
  test.each([
    ['cgroup_disable=memory', 'cgroup_disable=memory'],
    ['console=ttyS0,115200n8', 'console=ttyS0,115200n8'],
    ['isolcpus=0-3,!2', 'isolcpus=0-3,!2'],
    ['a#b', 'a#b'],
    ['caf\u00e9', 'caf\u00e9'],
    ['', "''"],
    ['#a', '"#a"'],
    ['a b', '"a b"'],
    ['dyndbg=file a.c +p', 'dyndbg="file a.c +p"'],
    ['#a=b c', '"#a=b c"'],
    ['a;b', '"a;b"'],
    ['x={1}', 'x="{1}"'],
    ['a|b&c<d>e', '"a|b&c<d>e"'],
    ['memmap=64M$0x18000000', 'memmap=64M\\$0x18000000'],
    ['x=$a b', 'x="\\$a b"'],
    ['module.dyndbg=*', 'module.dyndbg="*"'],
    ['a?', '"a?"'],
    ['`a`', '"`a`"'],
    ['a\\b', "'a\\b'"],
    ["it's", '"it\'s"'],
    ["it's\\", "'it'\\''s\\'"],
    ['[[', '"[["'],
    ['[a]', '[a]'],
  ])('%s', (word, written) => {
    expect(quoteGrubWord(word)).toEqual({ ok: true, value: written });
  });
});

describe('what cannot reach the kernel as it is', () => {
  test.each([
    { word: 'a\tb', code: 'control-character', column: 2 },
    { word: 'a\nb', code: 'control-character', column: 2 },
    { word: 'a\rb', code: 'control-character', column: 2 },
    { word: '\0', code: 'control-character', column: 1 },
    { word: 'a\u007f', code: 'control-character', column: 2 },
    { word: 'x="a b"', code: 'double-quote', column: 3 },
    { word: '\u00c3\u00a0', code: 'no-break-space', column: 2 },
    { word: 'a\u20ac', code: 'not-a-byte', column: 2 },
    { word: 'a'.repeat(8001), code: 'too-long', column: 1 },
  ])('$code', ({ word, code, column }) => {
    const result = quoteGrubWord(word);
    expect(result.ok ? undefined : [result.problem.code, result.problem.at.column]).toEqual([code, column]);
  });

  test('a blank that the kernel sees is kept together by a blank that GRUB quotes', () => {
    expect(quoteGrubWord('\u00c3\u00a0 b').ok).toBe(true);
  });
});
