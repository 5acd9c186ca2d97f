import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageEvidence } from '../../../src/kernel/image/image-evidence.ts';
import { type ImageResult, readKernelImage } from '../../../src/kernel/image/image-reading.ts';
import { mutate, mutations } from './mutate.ts';
import { packagedKernels } from './packaged-kernels.ts';
import { decompress } from './run-program.ts';

const kernels = packagedKernels();
const words = [
  ...['cgroup.memory=nokmem', 'cgroup.memory=nobpf', 'cgroup_disable=memory', 'init=/bin/sh', 'quiet'],
  ...['printk.time=1', 'panic=10', 'no_such=word', 'no.such=word'],
];
const runs = 1000;
const halfAnHour = 1_800_000;

const headers = fc.double({ min: 0, max: 0.001, noNaN: true });
const anywhere = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function verdicts(result: ImageResult): readonly string[] {
  return words.map((word) => imageEvidence(result, word, '').says);
}

/**
 * The seed is fixed: of 60 MB some hundred bytes are the names and records in question, and the thousand damages that it
 * gives leave those alone, so that a verdict may be lost, but must not turn.
 */
test.skipIf(kernels.length === 0)(
  'a thousand damaged packaged kernels: the verdict of the whole one, or none',
  async () => {
    const intact = new Map<string, readonly string[]>();
    for (const { name, file } of kernels) {
      intact.set(name, verdicts(await readKernelImage(file(), decompress)));
    }
    const damage = fc.oneof(mutations(headers), mutations(anywhere));
    await fc.assert(
      fc.asyncProperty(fc.nat(kernels.length - 1), damage, async (index, mutation) => {
        const kernel = kernels[index];
        if (kernel === undefined) return;
        const result = await readKernelImage(mutate(kernel.file(), mutation), decompress);
        const expected = result.ok ? intact.get(kernel.name) : words.map(() => 'inconclusive');
        expect(verdicts(result)).toEqual(expected);
      }),
      { numRuns: runs, seed: 5 },
    );
  },
  halfAnHour,
);
