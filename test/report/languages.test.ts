import { expect, test } from 'vitest';
import { english } from '../../src/report/messages/en.ts';
import { chinese } from '../../src/report/messages/zh-cn.ts';

const placeholders = (sentence: string) => (sentence.match(/\{@?[a-zA-Z0-9]+\}/g) ?? []).toSorted();

test('every sentence has the same values in it in both languages', () => {
  const translated: Readonly<Record<string, string>> = chinese;
  for (const [code, sentence] of Object.entries(english)) {
    expect([code, placeholders(translated[code] ?? '')]).toEqual([code, placeholders(sentence)]);
  }
});

test('a sentence in Chinese is not the English one', () => {
  const translated: Readonly<Record<string, string>> = chinese;
  const same = Object.entries(english).filter(
    ([code, sentence]) => translated[code] === sentence && /[a-z]{3} [a-z]{3}/.test(sentence),
  );
  expect(same.map(([code]) => code)).toEqual([]);
});
