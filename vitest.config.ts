import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: process.env.BOOTMEND_SLOW === '1' ? [] : ['test/**/*.slow.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
  },
});
