import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';

const Walked = z.object({
  instants: z.int(),
  unheard: z.int(),
  alarmed: z.int(),
  changes: z.int(),
  digest: z.string(),
});
const Report = z.object({
  zone: z.string(),
  whole: Walked,
  holed: Walked,
  stirred: Walked,
  control: z.string(),
});

const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York'] as const;

test('every moment of 2019 to 2026 has somebody or an alarm, and is the same in three zones', () => {
  const script = fileURLToPath(new URL('every-instant.ts', import.meta.url));
  const reports = ZONES.map((zone) =>
    Report.parse(
      JSON.parse(
        execFileSync(process.execPath, [script], {
          encoding: 'utf8',
          env: { ...process.env, TZ: zone },
        }),
      ),
    ),
  );
  expect(reports.map(({ zone }) => zone)).toEqual(ZONES);
  const [first] = reports;
  for (const { whole, holed, stirred } of reports) {
    expect({ whole, holed, stirred }).toEqual({
      whole: first?.whole,
      holed: first?.holed,
      stirred: first?.stirred,
    });
    for (const walked of [whole, holed, stirred]) {
      expect([walked.instants, walked.unheard]).toEqual([2 * 2922 * 24, 0]);
    }
    expect(whole.alarmed).toBe(0);
    expect(holed.alarmed).toBeGreaterThan(25_000);
    expect(stirred.alarmed).toBeGreaterThan(500);
    expect(whole.changes).toBeGreaterThan(4_000);
  }
  // The comparison has power: what asks the process for the day differs between the zones.
  expect(new Set(reports.map(({ control }) => control)).size).toBe(3);
}, 240_000);
