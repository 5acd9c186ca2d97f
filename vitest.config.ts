import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: process.env.BOOTMEND_SLOW === '1' ? [] : ['test/**/*.slow.test.ts'],
    globalSetup: ['test/oracle/missing-summary.ts'],
    setupFiles: ['test/seed.ts'],
    pool: 'forks',
    // One for each core: most tests wait for a process of their own.
    maxWorkers: '100%',
    // For machines with two slow cores: a test that hangs is ended by its own bounds first.
    testTimeout: 180_000,
  },
});
