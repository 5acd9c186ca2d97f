import { spawnSync } from 'node:child_process';
import { isStrict } from './missing.ts';

/** The programs that pack kernels for the tests. */
const COMPRESSORS = ['bzip2', 'lz4', 'lzop', 'xz', 'zstd'];

/** Those that are not here; none in CI, where their absence fails. */
export const missingCompressors: readonly string[] = isStrict
  ? []
  : COMPRESSORS.filter((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).error !== undefined);

/** Test files that pack kernels while they are collected. */
export const PACKING_TESTS: readonly string[] = [
  'test/facts/module-parameters.test.ts',
  'test/kernel/image/compression.test.ts',
  'test/kernel/image/image-reading.test.ts',
  'test/kernel/image/mutated-images.test.ts',
];
