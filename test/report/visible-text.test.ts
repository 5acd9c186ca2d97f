import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, visibleText } from '../../src/report/visible-text.ts';

/** A text's UTF-8 bytes, one character each, as file texts are. */
const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('what is shown', () => {
  test.each([
    { rule: 'ASCII stays', text: 'quiet ro', shown: 'quiet ro' },
    { rule: 'UTF-8 is decoded', text: bytes('démarrage 启动 🐧'), shown: 'démarrage 启动 🐧' },
    { rule: 'a byte that is not UTF-8', text: 'Cent\xff\xfeOS', shown: 'Cent\\xff\\xfeOS' },
    { rule: 'a cut-off character', text: '\xe5\x90', shown: '\\xe5\\x90' },
    { rule: 'an overlong form', text: '\xc0\xaf', shown: '\\xc0\\xaf' },
    { rule: 'a surrogate in UTF-8', text: '\xed\xa0\x80', shown: '\\xed\\xa0\\x80' },
    { rule: 'valid and invalid side by side', text: `${bytes('é')}\xff${bytes('é')}`, shown: 'é\\xffé' },
    { rule: 'the replacement character itself', text: `${bytes('\ufffd')}\xff`, shown: '\ufffd\\xff' },
    { rule: 'an escape sequence that clears the screen', text: '\x1b[2J', shown: '\\x1b[2J' },
    { rule: 'one that sets the title', text: '\x1b]0;title\x07', shown: '\\x1b]0;title\\x07' },
    {
      rule: 'C0: tab, newline, return, NUL, backspace',
      text: '\t\n\r\0\b',
      shown: '\\x09\\x0a\\x0d\\x00\\x08',
    },
    { rule: 'DEL', text: '\x7f', shown: '\\x7f' },
    { rule: 'a raw C1 byte', text: '\x9b2J', shown: '\\x9b2J' },
    { rule: 'C1 in UTF-8', text: bytes('\x9b2J\x85'), shown: '\\x9b2J\\x85' },
    { rule: 'bidirectional override', text: bytes('a\u202eb\u202c'), shown: 'a\\u{202e}b\\u{202c}' },
    { rule: 'bidirectional isolates', text: bytes('\u2066a\u2069'), shown: '\\u{2066}a\\u{2069}' },
    { rule: 'Arabic letter mark', text: bytes('\u061c'), shown: '\\u{61c}' },
    {
      rule: 'zero width',
      text: bytes('no\u200bkmem\u200d\ufeff'),
      shown: 'no\\u{200b}kmem\\u{200d}\\u{feff}',
    },
    { rule: 'soft hyphen', text: bytes('no\u00adkmem'), shown: 'no\\xadkmem' },
    { rule: 'invisible tags', text: bytes('\u{e0041}'), shown: '\\u{e0041}' },
    { rule: 'line and paragraph separators', text: bytes('\u2028\u2029'), shown: '\\u{2028}\\u{2029}' },
    { rule: 'what is decoded already is not decoded again', text: 'é 启', shown: 'é 启' },
  ])('$rule', ({ text, shown }) => {
    expect(visibleText(text)).toBe(shown);
  });
});

const anyBytes = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes));

test('nothing that acts on a terminal is left of any bytes', () => {
  fc.assert(
    fc.property(anyBytes, (text) => {
      expect(visibleText(text)).not.toMatch(/[\0-\x1f\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('valid UTF-8 is decoded as it is, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeText(bytes(text))).toBe(text);
    }),
  );
});
