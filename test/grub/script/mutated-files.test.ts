import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateMenu } from '../../../src/grub/script/evaluate-menu.ts';
import { parseGrubScript } from '../../../src/grub/script/parser.ts';
import { printGrubScript } from '../../../src/grub/script/syntax-tree.ts';
import { hasShared } from '../../oracle/available.ts';
import { corpusFiles } from '../../oracle/corpus.ts';
import { mutant } from './mutant.ts';

const inputs = 20_000;
/** Microseconds of processor time. */
const longestInput = 3_000_000;

test.runIf(hasShared('corpus'))(
  `${inputs} mutated files are read or refused, and soon`,
  () => {
    const files = ['grub.cfg', 'menu.lst', 'other-bootloader'].flatMap(corpusFiles).map((file) => file.text);
    let slowest = 0;
    fc.assert(
      fc.property(mutant(files), (text) => {
        const start = process.cpuUsage();
        const parsed = parseGrubScript(text);
        if (parsed.ok) {
          expect(printGrubScript(parsed.value)).toBe(text);
          evaluateMenu({
            path: '/grub.cfg',
            text,
            script: parsed.value,
            variables: new Map(),
            readScript: () => undefined,
            readEnvironment: () => undefined,
          });
        }
        slowest = Math.max(slowest, process.cpuUsage(start).user);
      }),
      { numRuns: inputs },
    );
    expect(slowest).toBeLessThan(longestInput);
  },
  300_000,
);
