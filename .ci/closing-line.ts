import type { Reporter, TestModule } from 'vitest/node';

/** Prints `N passed, N failed, N skipped` alone on the last line, for people and machines alike. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) count[test.result().state] += 1;
      // A file that fails to import holds no tests; without this it would pass unseen.
      if (module.state() === 'failed' && !tests.some((test) => test.result().state === 'failed')) {
        count.failed += 1;
      }
    }
    const skipped = count.skipped + count.pending;
    process.once('exit', () => {
      process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${skipped} skipped\n`);
    });
  }
}
