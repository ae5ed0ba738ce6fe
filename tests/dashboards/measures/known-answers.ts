import type { Measure } from '#measures';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What February comes to, counted by hand; see the events in tests/support/measured-month.ts. */
export const KNOWN: Readonly<Record<string, object>> = {
  missRate: { numerator: 2, denominator: 21, share: 2 / 21 },
  planningGaps: { count: 1 },
  coverage: { numerator: 2, denominator: 3 },
  detectionDelay: {
    count: 20,
    unknown: 1,
    medianMs: 10 * MINUTE,
    p90Ms: 10 * MINUTE,
    mostMs: 30 * MINUTE,
  },
  assessmentTime: { count: 14, medianMs: 27.5 * MINUTE, p90Ms: 8 * HOUR, mostMs: 8 * HOUR },
  gradedOnTime: { numerator: 10, denominator: 16, share: 0.625 },
  slowGrowth: { count: 13, medianMs: 0, p90Ms: 8 * HOUR, mostMs: 9 * HOUR },
  lateRate: { numerator: 4, denominator: 15, waived: 0, cancelled: 0, share: 4 / 15 },
  firstReportDelayPhone: {
    count: 11,
    medianMs: 10 * MINUTE,
    p90Ms: HOUR,
    mostMs: 490 * MINUTE,
    groups: [
      { name: '特别重大', count: 2, medianMs: 35 * MINUTE },
      { name: '重大', count: 9, medianMs: 10 * MINUTE },
    ],
  },
  firstReportDelayWritten: {
    count: 13,
    medianMs: 40 * MINUTE,
    p90Ms: HOUR,
    mostMs: 90 * MINUTE,
    groups: [
      { name: '特别重大', count: 1, medianMs: 50 * MINUTE },
      { name: '较大', count: 4, medianMs: HOUR },
      { name: '重大', count: 8, medianMs: 20 * MINUTE },
    ],
  },
  transferOnTime: { numerator: 3, denominator: 4 },
  reportErrors: { numerator: 1, denominator: 11, open: 1, share: 1 / 11 },
  onTime5h: { numerator: 6, denominator: 10, waived: 1, cancelled: 1, open: 0, share: 0.6 },
  onTime5hFromKnown: { numerator: 3, denominator: 10, waived: 1, cancelled: 1, share: 0.3 },
  onTime5hFromOccurred: { numerator: 1, denominator: 2, unknown: 8, waived: 1, cancelled: 1 },
  releaseDelay: { count: 8, medianMs: 3 * HOUR, meanMs: 4 * HOUR, mostMs: 9 * HOUR },
  onTime24h: { numerator: 8, denominator: 9, waived: 1, cancelled: 2 },
  onTime48h: { numerator: 2, denominator: 3 },
  principalStatement: { numerator: 1, denominator: 10, cancelled: 2, share: 0.1 },
  continuousGap: { count: 5, medianMs: 5.5 * HOUR, meanMs: 7.7 * HOUR, mostMs: 14 * HOUR },
  continuousOnTime: { numerator: 4, denominator: 5 },
  perfunctory: { numerator: 1, denominator: 14, share: 1 / 14 },
  rumourClarification: { count: 3, medianMs: 6 * HOUR, mostMs: 24 * HOUR },
  focusAnswered: { numerator: 1, denominator: 2 },
  secondaryEvents: { numerator: 1, denominator: 9 },
  supervisionDoneRate: { numerator: 2, denominator: 3, cancelled: 1 },
  ordersOnTime: { numerator: 1, denominator: 3, cancelled: 1 },
  orderTime: { count: 2, medianMs: 72 * HOUR },
  ordersReturned: { numerator: 1, denominator: 4 },
  supervisionsClosed: { numerator: 1, denominator: 2 },
  registerCompleteness: { numerator: 13, denominator: 15, share: 13 / 15 },
  closedUnreported: { count: 1 },
  loweredAfterDue: { count: 1 },
  seenToReported: { count: 1, unknown: 12, medianMs: 15 * MINUTE },
  timesEnteredLate: { count: 1 },
};

/** The part of a measure that the table speaks of. */
export function answerOf({ measured }: Measure): object {
  if (measured.kind === 'changes') {
    return {
      changes: measured.changes.map(
        ({ cite, hours, before, after, tone, volume, negativeVolume, withheld }) => ({
          cite,
          hours,
          before,
          after,
          tone: tone?.value,
          volume: volume?.value,
          negativeVolume,
          isWithheld: withheld.length > 0,
        }),
      ),
    };
  }
  if (measured.kind === 'notRecorded') return { kind: 'notRecorded' };
  const { items: _items, ...rest } = measured;
  return rest;
}
