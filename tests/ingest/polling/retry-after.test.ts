import { expect, test } from 'vitest';
import { DAY_MS } from '#core';
import { readRetryAfter } from '../../../ingest/polling/retry-after.ts';

const NOW_MS = Date.parse('2026-03-02T04:00:00Z');

test.for([
  ['120', 120_000],
  [' Mon, 02 Mar 2026 04:10:00 GMT ', 600_000],
  ['9'.repeat(400), DAY_MS],
  ['0', undefined],
  ['Mon, 02 Mar 2026 03:00:00 GMT', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['', undefined],
] as const)('a site that answers “%s” is left alone for %s ms', ([header, waitMs]) => {
  expect(readRetryAfter(header, NOW_MS)).toBe(waitMs);
});
