import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import LongestFirst from './test/support/longestFirst.ts';
import SummaryReporter from './test/support/summaryReporter.ts';

/** Tests of what reaches nothing outside of its process and keeps nothing in it: they need no service. */
const pure = ['test/domain/**/*.test.ts', 'test/words/**/*.test.ts'];

export default defineConfig({
  test: {
    setupFiles: ['test/support/seed.ts'],
    pool: 'forks',
    // Files share a process and what it has loaded: to load it for each would take as long as the tests of most of them.
    isolate: false,
    // Many tests wait for services half of their time: with one process, the default on two cores, one core is idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    // Most tests take seconds; on a machine that is busy with other things, some take a minute and more.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A second, the default, is little on a machine with two cores on which other tests run.
    expect: { poll: { timeout: 60_000 } },
    reporters: ['default', new SummaryReporter()],
    projects: [
      { extends: true, test: { name: 'pure', include: pure } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: pure,
          globalSetup: ['test/support/globalSetup.ts'],
        },
      },
    ],
  },
});
