import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take long, in the order in which they begin. The kill trial of the whole product takes longest and must
 * not share the machine with what fills both cores, so what stands behind it mostly waits for processes and browsers.
 */
const LONG = [
  'tests/crash/crash.test.ts',
  'tests/config/watchdog/watchdog.test.ts',
  'tests/browser/roster.test.ts',
  'tests/browser/orders.test.ts',
  'tests/browser/judging.test.ts',
  'tests/crash/duty.test.ts',
  'tests/ingest/fuzz.test.ts',
  'tests/browser/drill.test.ts',
  'tests/browser/published.test.ts',
  'tests/browser/reading.test.ts',
  'tests/browser/signing.test.ts',
  'tests/browser/claims-and-transfers.test.ts',
  'tests/browser/report-editing.test.ts',
  'tests/browser/reports.test.ts',
  'tests/browser/measures.test.ts',
  'tests/config/main.test.ts',
  'tests/browser/regrouping.test.ts',
  'tests/soak/fuzz.test.ts',
  'tests/ingest/fault-day.test.ts',
  'tests/analyze/stores.test.ts',
];

/** Starts long files first: a clean clone knows no durations, and a long file that starts last is waited for alone. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const stale = LONG.filter((path) => !existsSync(join(this.ctx.config.root, path)));
    if (stale.length > 0) throw new Error(`.ci/longest-first.ts: ${stale.join(', ')} is not there`);
    const placeOf = (file: TestSpecification): number => {
      const place = LONG.indexOf(relative(this.ctx.config.root, file.moduleId));
      return place === -1 ? LONG.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
