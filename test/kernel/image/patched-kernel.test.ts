import { describe, expect, test } from 'vitest';
import { imageEvidence } from '../../../src/kernel/image/image-evidence.ts';
import { readKernelImage } from '../../../src/kernel/image/image-reading.ts';
import { lz4Kernel } from './packaged-kernels.ts';
import { patchLz4Kernel } from './patch-lz4.ts';
import { decompress } from './run-program.ts';

/**
 * No packaged kernel of today is without the handler, so one is made: the shipped image with one byte changed acts as
 * CentOS 7's kernel does (test/boot boots it).
 */
const shipped = lz4Kernel();

describe.skipIf(shipped === undefined)('a packaged kernel with one byte changed', () => {
  const words = ['cgroup.memory=nokmem', 'cgroup.memory=nosocket', 'cgroup.memory=', 'cgroup_disable=memory'];
  const ask = async (file: Buffer) => {
    const result = await readKernelImage(file, decompress);
    return words.map((word) => imageEvidence(result, word, '/boot/vmlinuz').says);
  };
  const original = shipped?.file() ?? Buffer.alloc(0);

  test('as shipped, it takes both words', async () => {
    expect(await ask(original)).toEqual(['present', 'present', 'present', 'present']);
  });

  test('without the handler, cgroup.memory= is absent with every token, and nothing else', async () => {
    const file = patchLz4Kernel(original, 'cgroup.memory=');
    expect(await ask(file)).toEqual(['absent', 'absent', 'absent', 'present']);
  });

  test('without the token, only nokmem is', async () => {
    const file = patchLz4Kernel(original, 'nokmem');
    expect(await ask(file)).toEqual(['absent', 'present', 'present', 'present']);
  });
});
