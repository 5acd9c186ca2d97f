import { defineConfig } from 'vitest/config';
import { missingCompressors, PACKING_TESTS } from './test/oracle/compressors.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [
      ...(process.env.BOOTMEND_SLOW === '1' ? [] : ['test/**/*.slow.test.ts']),
      ...(missingCompressors.length === 0 ? [] : PACKING_TESTS),
    ],
    globalSetup: ['test/oracle/missing-summary.ts'],
    setupFiles: ['test/seed.ts'],
    pool: 'forks',
    // One for each core: most tests wait for a process of their own.
    maxWorkers: '100%',
    // For machines with two slow cores: a test that hangs is ended by its own bounds first.
    testTimeout: 180_000,
  },
});
