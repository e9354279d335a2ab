import { writeSync } from 'node:fs';
import type { Reporter, TestModule, TestSuite } from 'vitest/node';

/** Prints `N passed, N failed` as the very last line, beside what other reporters print. */
export default class SummaryReporter implements Reporter {
  private readonly counts = { passed: 0, failed: 0, skipped: 0 };

  onInit(): void {
    // The other reporters and the global teardown still print after the end of the run.
    process.once('exit', (code) => this.print(code));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    Object.assign(this.counts, { passed: 0, failed: unhandledErrors.length, skipped: 0 });
    for (const module of modules) {
      if (module.errors().length > 0) this.counts.failed += 1;
      for (const suite of module.children.allSuites()) this.countSuite(suite);
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        this.counts[state === 'pending' ? 'skipped' : state] += 1;
      }
    }
  }

  /** A suite fails by itself when a hook throws; its tests are then reported as skipped. */
  private countSuite(suite: TestSuite): void {
    if (suite.errors().length > 0) this.counts.failed += 1;
  }

  private print(exitCode: number): void {
    // A run that broke outside the tests, in the global setup for example, has failed even if no test did.
    if (exitCode !== 0 && this.counts.failed === 0) this.counts.failed = 1;
    const { passed, failed, skipped } = this.counts;
    writeSync(1, `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  }
}
