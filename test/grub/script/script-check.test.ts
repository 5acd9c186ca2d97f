import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseGrubScript } from '../../../src/grub/script/parser.ts';
import { hasProgram, hasShared } from '../../oracle/available.ts';
import { corpusFiles } from '../../oracle/corpus.ts';
import { checkedSyntax } from '../../oracle/grub-script-check.ts';
import { recordedRows, unescapeColumn } from '../../oracle/recorded.ts';
import { generatedScript, tokenSoup } from './generated-script.ts';
import { mutant } from './mutant.ts';

/** Whether GRUB may read the text otherwise than the checker: it skips these lines and bytes. */
function isReadOtherwise(text: string): boolean {
  return text.includes('\r') || text.startsWith('#') || text.includes('\n#');
}

/** Texts that we judge otherwise than the checker, without a reason for it. */
async function disagreements(texts: readonly string[]): Promise<string[]> {
  const verdicts = await checkedSyntax(texts);
  return texts.filter((text, index) => {
    const ours = parseGrubScript(text).ok;
    if (ours === verdicts[index]) return false;
    return ours || !isReadOtherwise(text);
  });
}

test.runIf(hasShared('facts/oracle/script-check.tsv'))('every verdict recorded of grub-script-check', () => {
  const rows = recordedRows('script-check.tsv');
  expect(rows.length).toBeGreaterThan(200);
  for (const [script = '', , syntaxOk, , , note] of rows) {
    const text = unescapeColumn(script);
    expect(parseGrubScript(text).ok ? 'y' : 'n', `${note}: ${script.slice(0, 100)}`).toBe(syntaxOk);
  }
});

/** Milliseconds for a case that starts thousands of processes. */
const patience = 300_000;

describe.runIf(hasProgram('grub-script-check'))('grub-script-check finds right what we do', () => {
  test.runIf(hasShared('corpus'))('in every file of the corpus, whatever it is', async () => {
    const kinds = [
      'grub.cfg',
      'menu.lst',
      'other-bootloader',
      'default-grub',
      'bls',
      'grubenv',
      'kernel-cmdline',
    ];
    const texts = kinds.flatMap(corpusFiles).map((file) => file.text);
    expect(texts.length).toBeGreaterThan(150);
    expect(await disagreements(texts)).toEqual([]);
  });

  const seed = Number(process.env['BOOTMEND_SEED'] ?? Date.now() & 0x7fffffff);

  test.each([
    { name: 'scripts', texts: generatedScript },
    { name: 'tokens', texts: tokenSoup },
  ])(
    `in generated $name (seed ${seed})`,
    async ({ texts }) => {
      const samples = fc.sample(texts, { seed, numRuns: 2000 });
      const accepted = samples.filter((text) => parseGrubScript(text).ok).length;
      expect(accepted).toBeGreaterThan(50);
      expect(accepted).toBeLessThan(samples.length);
      expect(await disagreements(samples)).toEqual([]);
    },
    patience,
  );

  test.runIf(hasShared('corpus'))(
    `in mutated files (seed ${seed})`,
    async () => {
      const files = corpusFiles('grub.cfg').map((file) => file.text);
      const samples = fc.sample(mutant(files), { seed, numRuns: 3000 });
      expect(await disagreements(samples)).toEqual([]);
    },
    patience,
  );
});

test.runIf(hasProgram('grub-script-check'))(
  "what is within our bounds is within those of GRUB's grammar",
  async () => {
    const innermost = `a${' b'.repeat(4999)}`;
    const deepest = [
      `${'if a; then b; else '.repeat(249)}${innermost}${'; fi'.repeat(249)}\n`,
      `${'b; for i in a; do '.repeat(499)}${innermost}${'; done'.repeat(499)}\n`,
      `${'s a {\nb\n'.repeat(499)}${innermost}${'\n}'.repeat(499)}\n`,
    ];
    expect(deepest.map((text) => parseGrubScript(text).ok)).toEqual([true, true, true]);
    expect(await checkedSyntax(deepest)).toEqual([true, true, true]);
  },
);
