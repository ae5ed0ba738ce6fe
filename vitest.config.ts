import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', './.ci/closing-line.ts'],
    // A limit finds what hangs; a busy machine may take three times as long as a quiet one for all that works.
    testTimeout: 90_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // The crash trial mostly waits for its own processes; the other files run beside it.
    maxWorkers: 2,
  },
});
