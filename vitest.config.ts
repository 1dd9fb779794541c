import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Processes, not threads: tests change directory and environment, and measure memory.
    pool: 'forks',
    maxWorkers: '100%', // one for each core: by default one core would stay idle, half of a small machine
    testTimeout: 30_000, // ms: property tests on a machine with two busy cores
    hookTimeout: 60_000,
    watch: false,
  },
});
