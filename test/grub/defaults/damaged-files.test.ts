import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WordEdit } from '../../../src/cmdline/word-edit.ts';
import { defaultsWords } from '../../../src/grub/defaults/defaults-words.ts';
import { editDefaultsValue } from '../../../src/grub/defaults/edit-defaults.ts';
import { evaluateDefaults } from '../../../src/grub/defaults/evaluate-defaults.ts';
import { parseDefaults } from '../../../src/grub/defaults/parse-defaults.ts';
import { printDefaults } from '../../../src/grub/defaults/syntax.ts';
import { hasShared } from '../../oracle/available.ts';
import { corpusFiles } from '../../oracle/corpus.ts';
import { createRandom, mutate } from './mutate.ts';
import { defaultsText } from './sh-arbitrary.ts';

const variable = 'GRUB_CMDLINE_LINUX';

/** Whether the file could be read and edited; every refusal is an answer, an exception is a bug. */
function isEdited(text: string, shell: 'dash' | 'bash', kind: 'insert' | 'remove'): boolean {
  const parsed = parseDefaults(text);
  if (!parsed.ok) return false;
  if (printDefaults(parsed.value) !== text) throw new Error(`other bytes: ${text}`);
  const sources = [{ path: 'main', file: parsed.value }];
  const { words } = defaultsWords(evaluateDefaults(sources, shell).get(variable));
  if (kind === 'remove' && words.length === 0) return false;
  const edit: WordEdit =
    kind === 'remove' ? { kind, index: 0 } : { kind, index: words.length, word: 'new=1' };
  return editDefaultsValue(sources, shell, variable, [edit]).ok;
}

describe.runIf(hasShared('corpus/default-grub'))('damaged files', () => {
  test('10,000 of them neither crash nor hang anything', () => {
    const random = createRandom(20_240_502);
    const generated = fc.sample(defaultsText, { seed: 2, numRuns: 100 });
    const seeds = [...corpusFiles('default-grub').map(({ text }) => text), ...generated];
    let edited = 0;
    for (let count = 0; count < 10_000; count += 1) {
      let text = seeds[random(seeds.length)] ?? '';
      for (let times = random(4); times >= 0; times -= 1) text = mutate(text, random);
      if (isEdited(text, random(2) === 0 ? 'dash' : 'bash', random(3) === 0 ? 'remove' : 'insert'))
        edited += 1;
    }
    expect(edited).toBeGreaterThan(2000);
  });
});
