import { describe, expect, test } from 'vitest';
import { readKernelImage } from '../../src/kernel/image/image-reading.ts';
import { lz4Kernel, packagedKernels } from '../kernel/image/packaged-kernels.ts';
import { patchLz4Kernel } from '../kernel/image/patch-lz4.ts';
import { decompress } from '../kernel/image/run-program.ts';
import { hasProgram } from '../oracle/available.ts';
import { type BootedKernel, bootKernel } from './boot-kernel.ts';

const canBoot = hasProgram('qemu-system-x86_64') && hasProgram('/bin/busybox', '--help');

const kernels = packagedKernels().filter(({ debianArchitecture }) => debianArchitecture === 'amd64');

describe.skipIf(!canBoot || kernels.length === 0)('the tables are where the booted kernel has them', () => {
  test.each(kernels)('$name', async (kernel) => {
    const result = await readKernelImage(kernel.file(), decompress);
    const { symbols } = await bootKernel(kernel.file(), []);
    expect(result.ok && result.reading).toMatchObject({
      setupTable: {
        start: hexadecimal(symbols.get('__setup_start')),
        end: hexadecimal(symbols.get('__setup_end')),
      },
      paramTable: {
        start: hexadecimal(symbols.get('__start___param')),
        end: hexadecimal(symbols.get('__stop___param')),
      },
    });
  });
});

function hexadecimal(address: bigint | undefined): string {
  return `0x${address?.toString(16)}`;
}

const shipped = canBoot ? lz4Kernel() : undefined;

/** What test/kernel/image/patched-kernel.test.ts reads out of these images, seen at work. */
describe.skipIf(shipped === undefined)(
  'a word without a handler, or with an unknown token, does nothing',
  () => {
    const original = shipped?.file() ?? Buffer.alloc(0);
    const withoutHandler = () => patchLz4Kernel(original, 'cgroup.memory=');
    const withoutToken = () => patchLz4Kernel(original, 'nokmem');
    const accounting: Partial<BootedKernel> = { memoryEnabled: '1', saysDisabling: false };
    const some: unknown = expect.toSatisfy((count: number) => count > 0);

    test.each([
      {
        kernel: 'as shipped',
        file: () => original,
        words: [],
        seen: { ...accounting, accountedCaches: some },
      },
      {
        kernel: 'as shipped',
        file: () => original,
        words: ['cgroup.memory=nokmem'],
        seen: { ...accounting, accountedCaches: 0 },
      },
      {
        kernel: 'as shipped',
        file: () => original,
        words: ['cgroup_disable=memory'],
        seen: { memoryEnabled: '0', saysDisabling: true },
      },
      {
        kernel: 'without the handler',
        file: withoutHandler,
        words: ['cgroup.memory=nokmem'],
        seen: { ...accounting, accountedCaches: some },
      },
      {
        kernel: 'without the handler',
        file: withoutHandler,
        words: ['cgroup_disable=memory'],
        seen: { memoryEnabled: '0', saysDisabling: true },
      },
      {
        kernel: 'without the token',
        file: withoutToken,
        words: ['cgroup.memory=nokmem'],
        seen: { ...accounting, accountedCaches: some },
      },
    ])('$kernel, booted with $words', async ({ file, words, seen }) => {
      expect(await bootKernel(file(), words)).toMatchObject(seen);
    });
  },
);
