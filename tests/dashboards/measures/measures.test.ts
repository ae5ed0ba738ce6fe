import { expect, test } from 'vitest';
import {
  buildMeasures,
  linesOf,
  measuresCsv,
  resultInWords,
  type Measure,
  type MeasureRecords,
} from '#measures';
import { startOfBeijingDay } from '#core';
import { standingOf } from '../../../dashboards/measures/duties.ts';
import { judgingPack } from '../../support/judging.ts';
import { theMonth } from '../../support/measured-month.ts';
import { at } from '../../support/measured-story.ts';
import { reviewPack } from '../../support/releases.ts';
import { answerOf, KNOWN } from './known-answers.ts';

const rules = { limits: { leastForShare: 10 }, review: reviewPack, judging: judgingPack };
const measuresOf = (records: MeasureRecords): ReadonlyMap<string, Measure> =>
  new Map(buildMeasures(records, rules).map((one) => [one.code, one]));
const month = measuresOf(theMonth());
const answer = (code: string): object => {
  const found = month.get(code);
  if (!found) throw new Error(`no measure ${code}`);
  return answerOf(found);
};

test.for(Object.keys(KNOWN))('%s of the month is what was counted by hand', (code) => {
  expect(answer(code)).toMatchObject(KNOWN[code] ?? {});
});

const measureOf = (code: string, of = month): Measure => {
  const found = of.get(code);
  if (!found) throw new Error(`no measure ${code}`);
  return found;
};
const wordsOf = (code: string, of = month): string =>
  linesOf(measureOf(code, of))
    .map(({ words, says }) => `${says} ${words}`)
    .join('\n');

test('a claim found untrue that still waits for its clarification is named, and is in no time', () => {
  const measure = measureOf('rumourClarification');
  expect(measure.notes).toEqual(['另有 1 种说法本期认定不实或者部分不实，还没有澄清。']);
  expect(wordsOf('rumourClarification')).toMatch(/“waiting”.*还没有发布澄清/);
  expect(wordsOf('rumourClarification')).toMatch(/“again”.*02-07 08:00 发布澄清，用时24小时/);
  expect(wordsOf('rumourClarification')).not.toContain('“true”');
});

test('every measure has a known answer, a comparison, or says that nothing is recorded', () => {
  const others = [...month.keys()].filter((code) => !(code in KNOWN) && code !== 'sentimentShift');
  const kinds = others.map((code) => measureOf(code).measured.kind);
  expect(new Set(kinds)).toEqual(new Set(['notRecorded']));
  for (const code of others) expect(resultInWords(measureOf(code).measured)).toMatch(/^未登记：./);
});

test('a denominator below ten shows counts and no percentage; from ten on it shows both', () => {
  for (const { code, measured } of month.values()) {
    if (measured.kind !== 'share') continue;
    expect([code, measured.share !== undefined]).toEqual([code, measured.denominator >= 10]);
    expect([code, resultInWords(measured).includes('%')]).toEqual([
      code,
      measured.denominator >= 10,
    ]);
  }
});

test('before and after the first release: sizes of both sides, the change with its interval, or why not', () => {
  const { measured } = measureOf('sentimentShift');
  if (measured.kind !== 'changes') throw new Error('no changes');
  const told = measured.changes.filter(({ eventId }) => eventId === 'met');
  expect(told.map(({ hours }) => hours)).toEqual([6, 24, 72]);
  expect(told[0]).toMatchObject({
    before: { toned: 41, negative: 30 },
    after: { toned: 40, negative: 10 },
    withheld: [],
  });
  expect(told[0]?.tone?.value).toBeCloseTo(10 / 40 - 30 / 41, 10);
  expect(told[0]?.negativeVolume).toBeCloseTo(10 / 30, 10);
  expect(told[0]?.tone?.low).toBeLessThan(told[0]?.tone?.value ?? 0);
  expect(told[0]?.tone?.high).toBeLessThan(0);
  const others = measured.changes.filter(({ eventId }) => eventId !== 'met');
  expect(others.length).toBe(24);
  for (const { tone, withheld } of others) {
    expect([tone, withheld.length > 0]).toEqual([undefined, true]);
  }
  expect(wordsOf('sentimentShift')).toMatch(/负面占比变化-48\.2个百分点（95%区间.*至.*）/);
});

test('what came after an answer is a change; no measure calls it an effect', () => {
  for (const one of month.values()) {
    expect(`${one.name}${one.counting}${one.notes.join('')}${wordsOf(one.code)}`).not.toContain(
      '效果',
    );
  }
  expect(measureOf('sentimentShift').name).toContain('变化');
});

test('each line says why it counts as it does, and leads to its record', () => {
  expect(wordsOf('onTime5h')).toMatch(
    /只计入分母 《waivedLate》.*超时之后豁免，超时照计（方景亭：/,
  );
  expect(wordsOf('onTime5h')).toMatch(/豁免 《waived》/);
  expect(wordsOf('onTime5h')).toMatch(/取消 《loweredInTime》.*到期前取消/);
  expect(wordsOf('onTime5h')).toMatch(/只计入分母 《loweredLate》.*未完成/);
  expect(wordsOf('onTime5h')).toMatch(/只计入分母 《late》.*超时1小时/);
  expect(wordsOf('onTime5hFromKnown')).toMatch(/只计入分母 《merged》.*改从 2026-02-11 06:00 起算/);
  for (const one of month.values()) {
    for (const { cite } of linesOf(one))
      expect([one.code, cite]).toEqual([one.code, expect.stringMatching(/^\w+:./)]);
  }
});

test('a duty belongs to the month in which it falls due, not to the one in which it began', () => {
  const period = { from: startOfBeijingDay('2026-03-01'), to: startOfBeijingDay('2026-04-01') };
  const march = measuresOf(theMonth({ period }));
  expect(answerOf(measureOf('onTime5h', march))).toMatchObject({ numerator: 1, denominator: 1 });
  expect(answerOf(measureOf('lateRate', march))).toMatchObject({ denominator: 0 });
  expect(wordsOf('onTime5h', march)).toContain('《march》');
  expect(wordsOf('onTime5h')).not.toContain('《march》');
});

test('a drill is outside all measures; in the office of a drill nothing else is in them', () => {
  for (const { code } of month.values())
    expect([code, wordsOf(code)]).toEqual([code, expect.not.stringContaining('《drill》')]);
  const drill = measuresOf(theMonth({ isDrill: true }));
  expect(answerOf(measureOf('onTime5h', drill))).toMatchObject({ numerator: 0, denominator: 1 });
  expect(answerOf(measureOf('supervisionsClosed', drill))).toMatchObject({ denominator: 1 });
  expect(wordsOf('lateRate', drill)).not.toMatch(/《(?!drill)/);
});

test('a duty that goes on under another event counts there and only there', () => {
  const records = theMonth();
  const events = records.events.map((file) =>
    file.event.id === 'late'
      ? {
          ...file,
          event: { ...file.event, state: 'merged' as const, mergedInto: 'met' },
          countdowns: file.countdowns.map((one) => ({ ...one, continuedUnder: 'met' })),
        }
      : file,
  );
  const merged = measuresOf({ ...records, events });
  expect(answerOf(measureOf('onTime5h', merged))).toMatchObject({ numerator: 6, denominator: 9 });
  expect(answerOf(measureOf('detectionDelay', merged))).toMatchObject({ count: 19 });
});

test('what was published under an event that was merged was said for the one it went to', () => {
  const records = theMonth();
  const [kept] = [{ eventId: 'merged' }] as unknown as (typeof records.events)[0]['event']['kept'];
  const events = records.events.map((file) => {
    if (file.event.id === 'waived') return { ...file, event: { ...file.event, kept: [kept!] } };
    if (file.event.id !== 'merged') return file;
    return { ...file, event: { ...file.event, state: 'merged' as const, mergedInto: 'waived' } };
  });
  const found = measuresOf({ ...records, events });
  // As many as before the merge: the releases, and the time between them, are the survivor's now.
  for (const code of ['secondaryEvents', 'continuousGap']) {
    expect([code, answerOf(measureOf(code, found))]).toEqual([code, answerOf(measureOf(code))]);
  }
  expect(wordsOf('sentimentShift', found)).toContain('《waived》2026-02-11 15:00 首次发布');
});

test('a notice about an event that was merged speaks of the one it went to', () => {
  const records = theMonth();
  const events = records.events.map((file) =>
    file.event.id === 'watched'
      ? { ...file, event: { ...file.event, state: 'merged' as const, mergedInto: 'outside' } }
      : file,
  );
  const [first] = records.outsideNotices;
  const twice = [...records.outsideNotices, { ...first!, id: 'again', eventId: 'watched' }];
  const found = measuresOf({ ...records, events, outsideNotices: twice });
  expect(answerOf(measureOf('missRate', found))).toMatchObject({ numerator: 2, denominator: 21 });
});

test('without an entry in the register of outside notices there is no rate of misses, least of all nought', () => {
  const none = measuresOf(theMonth({ outsideNotices: [] }));
  expect(answerOf(measureOf('missRate', none))).toEqual({ kind: 'notRecorded' });
  const [, , after] = theMonth().outsideNotices;
  const quiet = measureOf('missRate', measuresOf(theMonth({ outsideNotices: [after!] })));
  expect(quiet.notes.join()).toContain('没有登记不等于没有漏报');
});

test('where nobody is on record as the principal, nobody can be told to have spoken', () => {
  const none = measuresOf(theMonth({ principals: [] }));
  expect(answerOf(measureOf('principalStatement', none))).toEqual({ kind: 'notRecorded' });
});

test('where older events were not read, every measure says so', () => {
  for (const { notes } of measuresOf(theMonth({ isCutOff: true })).values()) {
    expect(notes.join()).toContain('数字不全');
  }
});

test.for([
  {
    duty: 'met at the very due time',
    more: { state: 'satisfied', satisfiedAt: '02-03 15:00' },
    is: 'in',
  },
  {
    duty: 'met a minute later',
    more: { state: 'satisfiedLate', satisfiedAt: '02-03 15:01' },
    is: 'out',
  },
  { duty: 'running', more: { state: 'running' }, readAt: '02-03 14:59', is: 'open' },
  {
    duty: 'due this moment and nobody looked yet',
    more: { state: 'running' },
    readAt: '02-03 15:00',
    is: 'out',
  },
  { duty: 'breached', more: { state: 'breached', breachedAt: '02-03 15:00' }, is: 'out' },
  { duty: 'cancelled', more: { state: 'cancelled' }, is: 'cancelled' },
  { duty: 'waived in time', more: { state: 'waived', waivedAt: '02-03 14:00' }, is: 'waived' },
  {
    duty: 'waived at the due time, breach not noticed yet',
    more: { state: 'waived', waivedAt: '02-03 15:00' },
    is: 'out',
  },
] as const)('$duty counts as $is', ({ more, is, ...rest }) => {
  const readAt = at('readAt' in rest ? rest.readAt : '02-04 00:00');
  const { state } = more;
  const duty = {
    state,
    statutoryDueAt: at('02-03 15:00'),
    ...('satisfiedAt' in more && { satisfiedAt: at(more.satisfiedAt) }),
    ...('breachedAt' in more && { breachedAt: at(more.breachedAt) }),
    ...('waivedAt' in more && {
      waiver: { at: at(more.waivedAt), by: { personId: 'p', name: '方景亭' }, reason: '理由' },
    }),
  };
  expect(standingOf(duty, readAt)).toBe(is);
});

test('the spreadsheet holds every measure and every line behind it, and no formula', () => {
  const records = theMonth();
  const events = records.events.map((file) => ({
    ...file,
    orders: file.orders.map((order) => ({ ...order, leadUnit: '=1+1' })),
  }));
  const measures = buildMeasures({ ...records, events }, rules);
  const rows = measuresCsv(measures, records.period).trimEnd().split('\r\n');
  const lines = measures.reduce((sum, one) => sum + 1 + linesOf(one).length, 0);
  expect(rows).toHaveLength(2 + lines);
  expect(rows[0]).toBe('\uFEFF"指标 2026-02-01 至 2026-02-28"');
  expect(rows.find((row) => row.startsWith('"回应","按时发布率（5小时）","6"'))).toContain(
    '"6","10","60.0%","1","1","0","0"',
  );
  expect(rows.join()).toContain(`"'=1+1：`);
  for (const row of rows) expect(row).not.toMatch(/(?:^|,)"[=+@-]/);
});
