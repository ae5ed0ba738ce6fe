import { defineConfig } from 'vitest/config';
import LongestFirst from './.ci/longest-first.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', './.ci/closing-line.ts'],
    // A limit finds what hangs; a busy machine may take three times as long as a quiet one for all that works.
    testTimeout: 90_000,
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
