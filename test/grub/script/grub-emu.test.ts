import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BootLine } from '../../../src/grub/script/boot-line.ts';
import { parseGrubScript } from '../../../src/grub/script/parser.ts';
import { quoteGrubWord } from '../../../src/grub/word/quote-grub-word.ts';
import { hasProgram, hasShared } from '../../oracle/available.ts';
import { bootedSyntax, type CallCase, differingCalls } from '../../oracle/grub-emu.ts';
import { recordedRows, unescapeColumn } from '../../oracle/recorded.ts';
import { argumentsOf, bootLinesOf, menuOf } from './evaluated-text.ts';
import { generatedScript, readOtherwise, word } from './generated-script.ts';

const wanted = 2000;
const mostCalls = 40;
const mostBytes = 10_000;
const perProcess = 500;

/** What can be compared: calls that no unknown value and no file name pattern has a part in. */
function comparableCalls(lines: readonly BootLine[]): string[][] | undefined {
  const open = lines.some(
    (line) => line.conditional || [line.image, ...line.words].some((w) => w?.known === false),
  );
  if (open || lines.length > mostCalls) return undefined;
  const calls = lines.map(argumentsOf);
  return calls.flat().join('').length > mostBytes ? undefined : calls;
}

function caseOf(script: string): CallCase | undefined {
  if (!parseGrubScript(script).ok) return undefined;
  const menu = menuOf(script);
  // An endless loop or a runaway recursion.
  if (menu.problems.length > 0) return undefined;
  const calls = comparableCalls(bootLinesOf(menu));
  return calls === undefined ? undefined : { script, calls };
}

async function differingCases(cases: readonly CallCase[]): Promise<CallCase[]> {
  const differing: CallCase[] = [];
  for (let start = 0; start < cases.length; start += perProcess) {
    const batch = cases.slice(start, start + perProcess);
    for (const index of await differingCalls(batch)) {
      const found = batch[index];
      if (found !== undefined) differing.push(found);
    }
  }
  return differing;
}

test.runIf(hasShared('facts/oracle/words.tsv'))('every argument vector recorded of grub-emu', () => {
  const rows = recordedRows('words.tsv').filter(([, , , , note]) => !note?.includes('depends on the files'));
  expect(rows.length).toBeGreaterThan(140);
  const refusedByChecker: string[] = [];
  for (const [source = '', argv = ''] of rows) {
    const text = unescapeColumn(source);
    const parsed = parseGrubScript(text);
    if (!parsed.ok && parsed.problem.code === 'checker-rejects') {
      refusedByChecker.push(source);
      continue;
    }
    const first = parsed.ok ? bootLinesOf(menuOf(text))[0] : undefined;
    const ours =
      first === undefined ? null : argumentsOf(first).map((a) => Buffer.from(a, 'latin1').toString());
    expect(ours, source).toEqual(JSON.parse(argv));
  }
  expect(refusedByChecker).toEqual(["linux 'a\\n#b'\\nc'"]);
});

describe.runIf(hasProgram('grub-emu'))('GRUB itself compares', () => {
  const seed = Number(process.env['BOOTMEND_SEED'] ?? Date.now() & 0x7fffffff);

  test(`the arguments of every call in ${wanted} generated scripts (seed ${seed})`, async () => {
    const scripts = fc.sample(generatedScript, { seed, numRuns: wanted * 3 });
    const cases = scripts.flatMap((script) => caseOf(script) ?? []).slice(0, wanted);
    expect(cases.length).toBeGreaterThanOrEqual(wanted);
    const [first] = await differingCases(cases);
    if (first === undefined) return;
    await fc.assert(
      fc.asyncProperty(generatedScript, async (script) => {
        const single = caseOf(script);
        expect(single === undefined ? [] : await differingCases([single])).toEqual([]);
      }),
      { seed, path: String(scripts.indexOf(first.script)), numRuns: wanted * 2 },
    );
    expect(first).toBeUndefined();
  }, 300_000);

  test(`whose syntax it finds right, read as at boot (seed ${seed})`, async () => {
    const samples = fc.sample(fc.oneof(readOtherwise, readOtherwise, generatedScript), {
      seed,
      numRuns: 1500,
    });
    const endless = (text: string) => text.includes('while') || text.includes('until');
    const scripts = samples.filter((text) => !endless(text));
    expect(scripts.length).toBeGreaterThan(1000);
    for (let start = 0; start < scripts.length; start += 50) {
      const batch = scripts.slice(start, start + 50);
      const ours = batch.map((text) => {
        const parsed = parseGrubScript(text);
        return parsed.ok || parsed.problem.code === 'checker-rejects';
      });
      const verdicts = await bootedSyntax(batch);
      expect(batch.filter((_, index) => ours[index] !== verdicts[index])).toEqual([]);
    }
  }, 300_000);

  test(`that a quoted word is read back (seed ${seed})`, async () => {
    const bytes = fc.string({ unit: fc.nat(255).map((code) => String.fromCharCode(code)), maxLength: 12 });
    const special = fc.string({
      unit: fc.constantFrom(..." '\\$`;{}|&<>*?#()[]!~=aZ0\u00e9"),
      maxLength: 12,
    });
    const samples = fc.sample(fc.oneof(bytes, special, word), { seed, numRuns: 1500 });
    const cases = samples.flatMap((sample): CallCase[] => {
      const quoted = quoteGrubWord(sample);
      if (!quoted.ok) return [];
      return [
        { script: `linux a ${quoted.value} b\nlinux ${quoted.value}`, calls: [['a', sample, 'b'], [sample]] },
      ];
    });
    expect(cases.length).toBeGreaterThan(300);
    expect(await differingCases(cases)).toEqual([]);
  });
});
