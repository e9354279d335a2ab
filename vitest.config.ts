import { defineConfig } from 'vitest/config';
import SummaryReporter from './test/support/summaryReporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/globalSetup.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, the default, is little on a machine with two cores on which other tests run.
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', new SummaryReporter()],
  },
});
