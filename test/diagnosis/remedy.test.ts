import { expect, test } from 'vitest';
import { OPTIONS } from '../../src/cli/command-table.ts';
import { parseParameter } from '../../src/cmdline/parameter.ts';
import { REMEDIES, REMEDY_NAMES, remedyOfWord, remedyWordGoal } from '../../src/diagnosis/remedy.ts';

test.each(REMEDY_NAMES)('%s plans its own word and takes the others away', (remedy) => {
  const { word } = REMEDIES[remedy];
  const others = REMEDY_NAMES.filter((other) => other !== remedy).map((other) => REMEDIES[other].word);
  expect(remedyWordGoal(remedy)).toEqual({ set: [word], unset: others });
});

test('every remedy can be asked for, and nothing else', () => {
  expect(OPTIONS.remedy.choices).toEqual(['auto', ...REMEDY_NAMES]);
});

test.each(REMEDY_NAMES)('the word of %s is known in any spelling and among other tokens', (remedy) => {
  const { name, value = '' } = parseParameter(REMEDIES[remedy].word);
  for (const word of [
    `${name}=${value}`,
    `${name}=other,${value}`,
    `${name.replaceAll('_', '-')}=${value}`,
  ]) {
    expect([word, remedyOfWord(word)]).toEqual([word, remedy]);
  }
  expect(remedyOfWord(`${name}=other`)).toBeUndefined();
});
