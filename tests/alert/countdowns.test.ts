import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyAct, armCountdowns, passMilestones, type Countdown, type DutyAct } from '#alert';
import {
  aGradedEvent,
  after,
  confirmed,
  armingRules,
  countdownPack,
  lowered,
  NIGHT,
  proposedChange,
} from '../support/alerts.ts';

const arm = (
  event: Parameters<typeof armCountdowns>[0],
  existing: readonly Countdown[] = [],
  now = NIGHT,
) => armCountdowns(event, existing, armingRules, now);
const find = (all: readonly Countdown[], code: string): Countdown => {
  const found = all.find((one) => one.code === code);
  if (!found) throw new Error(`no ${code}`);
  return found;
};
/** The newest version of each. */
const merge = (
  before: readonly Countdown[],
  changed: readonly Countdown[],
): readonly Countdown[] => [
  ...new Map([...before, ...changed].map((one) => [one.id, one])).values(),
];
const act = (minutes: number, kind: DutyAct['kind'] = 'release'): DutyAct => ({
  id: 'act-1',
  eventId: 'event-1',
  kind,
  doneAt: after(minutes),
  ref: 'release:1',
  what: '发布情况通报',
});

describe('what is armed', () => {
  test('a proposed L2 starts 5 hours, 24 hours and the confirmation within 30 minutes', () => {
    const all = arm(aGradedEvent('L2'));
    expect(all.map(({ code, part }) => [code, part].join(' ').trim()).toSorted()).toEqual([
      'AUTH_RELEASE_5H',
      'FIRST_REPORT phone',
      'FIRST_REPORT written',
      'GRADE_CONFIRM',
      'PLAN_START',
      'PRESS_24H',
    ]);
    expect(find(all, 'AUTH_RELEASE_5H')).toMatchObject({
      state: 'provisional',
      statutoryDueAt: after(300),
    });
    expect(find(all, 'PRESS_24H')).toMatchObject({
      state: 'provisional',
      statutoryDueAt: after(24 * 60),
    });
    expect(find(all, 'GRADE_CONFIRM')).toMatchObject({ statutoryDueAt: after(30) });
  });

  test('a proposed L3 is to be reported and confirmed within two hours and has no 5 hours', () => {
    const all = arm(aGradedEvent('L3'));
    expect(all.map(({ name, statutoryDueAt }) => [name, statutoryDueAt])).toEqual([
      ['首报（书面）', after(120)],
      ['定级确认', after(120)],
    ]);
  });

  test('an answer that is due starts 48 hours at the later of knowing and owing', () => {
    const owed = { at: after(60), recordId: 'transfer-1', reason: '上级转办' };
    const all = arm(aGradedEvent('L3', { responseValue: 'must', mustRespondAt: owed }));
    expect(find(all, 'RESPONSE_48H')).toMatchObject({
      start: owed,
      statutoryDueAt: after(60 + 48 * 60),
    });
  });

  test('a rise from L3 to L2 starts 5 and 24 hours beside the 48', () => {
    const owed = { at: NIGHT, recordId: 'post-1', reason: '切身利益' };
    const base = aGradedEvent('L3', { responseValue: 'must', mustRespondAt: owed });
    const before = arm(base);
    const raised = aGradedEvent('L2', {
      ...base,
      revision: 2,
      proposal: { ...base.proposal, grade: 'L2' },
      triggeredAt: { ...owed, at: after(90) },
      gradeHistory: [...base.gradeHistory, proposedChange('L2', after(90))],
    });
    const all = merge(before, arm(raised, before, after(90)));
    expect(find(all, 'RESPONSE_48H')).toMatchObject({
      state: 'running',
      statutoryDueAt: after(48 * 60),
    });
    expect(find(all, 'AUTH_RELEASE_5H').statutoryDueAt).toEqual(after(90 + 300));
    expect(find(all, 'GRADE_CONFIRM').statutoryDueAt).toEqual(after(120));
  });

  test('five hours that are over when they begin are born breached and said so', () => {
    const five = find(arm(aGradedEvent('L2'), [], after(400)), 'AUTH_RELEASE_5H');
    expect(five).toMatchObject({ state: 'breached', isBornBreached: true, breachedAt: after(300) });
    expect(passMilestones(five, after(400))?.passed.map(({ ratio }) => ratio)).toEqual([
      0.5,
      0.8,
      0.9,
      1 - 10 / 300,
      1,
    ]);
  });

  test('arming twice, or from older news, changes nothing', () => {
    const first = arm(aGradedEvent('L2'));
    expect(arm(aGradedEvent('L2'), first, after(5))).toEqual([]);
  });
});

describe('what people decide', () => {
  test('confirming late runs the countdown and never moves its start', () => {
    const before = arm(aGradedEvent('L2'));
    const all = merge(before, arm(confirmed(aGradedEvent('L2'), after(200)), before, after(200)));
    expect(find(all, 'AUTH_RELEASE_5H')).toMatchObject({
      state: 'running',
      start: { at: NIGHT },
      statutoryDueAt: after(300),
    });
    expect(find(all, 'GRADE_CONFIRM')).toMatchObject({
      state: 'satisfiedLate',
      satisfiedAt: after(200),
    });
  });

  test('an approved lowering before the due time cancels; after it the breach stays', () => {
    const event = aGradedEvent('L2');
    const before = arm(event);
    const inTime = arm(lowered(event, after(60), 'L4'), before, after(60));
    expect(find(inTime, 'AUTH_RELEASE_5H').state).toBe('cancelled');
    const breached = before.map((one) => passMilestones(one, after(301))?.countdown ?? one);
    const late = merge(breached, arm(lowered(event, after(302), 'L4'), breached, after(302)));
    expect(find(late, 'AUTH_RELEASE_5H').state).toBe('breached');
    expect(find(late, 'PRESS_24H').state).toBe('cancelled');
  });

  test('a merge that shows an earlier start brings the due time forward', () => {
    const event = aGradedEvent('L2');
    const before = arm(event);
    const earlier = { at: after(-30), recordId: 'post-0', reason: '更早的信息' };
    const moved = arm({ ...event, revision: 2, triggeredAt: earlier }, before);
    expect(find(moved, 'AUTH_RELEASE_5H').statutoryDueAt).toEqual(after(270));
    const later = { ...earlier, at: after(30) };
    const same = merge(before, arm({ ...event, revision: 2, triggeredAt: later }, before));
    expect(find(same, 'AUTH_RELEASE_5H').statutoryDueAt).toEqual(after(300));
  });

  test('a report found late shows on every countdown of the event, ended ones too', () => {
    const event = aGradedEvent('L2');
    const before = arm(event).map((one) => applyAct(one, act(60), countdownPack) ?? one);
    expect(find(before, 'AUTH_RELEASE_5H').state).toBe('satisfied');
    const occurredAt = { at: after(-40), recordId: 'post-0', reason: '通报所写' };
    const news = { ...event, revision: 2, firstPublicAt: after(-19), occurredAt };
    const now = merge(before, arm(news, before));
    expect(now.map(({ shadow }) => shadow)).toEqual(
      before.map(() => ({
        firstPublicAt: after(-19),
        knownAt: event.knownAt.at,
        occurredAt: after(-40),
      })),
    );
    expect(arm(news, now)).toEqual([]);
    expect(arm({ ...news, revision: 3, firstPublicAt: after(-5) }, now)).toEqual([]);
  });
});

describe('what satisfies', () => {
  const five = find(arm(aGradedEvent('L2')), 'AUTH_RELEASE_5H');

  test('a release in time satisfies the five hours, a conference does not', () => {
    expect(applyAct(five, act(299), countdownPack)).toMatchObject({
      state: 'satisfied',
      satisfiedBy: 'release:1',
    });
    expect(applyAct(five, act(300), countdownPack)?.state).toBe('satisfied');
    expect(applyAct(five, act(10, 'pressConference'), countdownPack)).toBeUndefined();
  });

  test('a release from before the duty began answers nothing', () => {
    expect(applyAct(five, act(-5), countdownPack)).toBeUndefined();
  });

  test('a release after the due time is late; one proved to be in time keeps the breach on record', () => {
    const breached = passMilestones(five, after(301))?.countdown ?? five;
    expect(applyAct(breached, act(310), countdownPack)?.state).toBe('satisfiedLate');
    const proved = applyAct(breached, act(290), countdownPack);
    expect(proved).toMatchObject({ state: 'satisfied', breachedAt: after(300) });
    expect(proved?.history.at(-1)?.what).toContain('补录');
  });

  test('nothing leaves a satisfied countdown', () => {
    const done = applyAct(five, act(10), countdownPack) ?? five;
    expect(applyAct(done, act(400), countdownPack)).toBeUndefined();
    expect(passMilestones(done, after(400))).toBeUndefined();
  });
});

describe('whatever happens, in whatever order', () => {
  const moves = fc.array(
    fc.record({
      grade: fc.constantFrom('L1' as const, 'L2' as const, 'L3' as const, 'L4' as const),
      minutes: fc.integer({ min: -200, max: 400 }),
      isConfirmed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  );

  test('a due time is never later than before, and an event has one open countdown of a kind', () => {
    fc.assert(
      fc.property(moves, (steps) => {
        let all: readonly Countdown[] = [];
        for (const [index, { grade, minutes, isConfirmed }] of steps.entries()) {
          const at = after(minutes);
          const proposed = aGradedEvent(grade, {
            revision: index * 2 + 1,
            triggeredAt: { at, recordId: 'x', reason: 'x' },
            gradeHistory: [proposedChange(grade, at)],
          });
          const event = isConfirmed ? confirmed(proposed, at) : proposed;
          const before = new Map(all.map((one) => [one.id, one]));
          all = merge(all, arm(event, all, after(index)));
          for (const one of all) {
            const was = before.get(one.id) ?? one;
            expect(one.statutoryDueAt.getTime()).toBeLessThanOrEqual(was.statutoryDueAt.getTime());
          }
          const open = all.filter(({ state }) =>
            ['provisional', 'running', 'breached'].includes(state),
          );
          expect(new Set(open.map(({ code, part }) => `${code} ${part}`)).size).toBe(open.length);
        }
      }),
    );
  });

  test('every milestone passes exactly once, and a breach is recorded as soon as the time is over', () => {
    const five = find(arm(aGradedEvent('L2')), 'AUTH_RELEASE_5H');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1 }), (times) => {
        let countdown = five;
        const fired: number[] = [];
        const ticks = times.toSorted((a, b) => a - b);
        for (const minutes of ticks) {
          const passed = passMilestones(countdown, after(minutes));
          fired.push(...(passed?.passed.map(({ ratio }) => ratio) ?? []));
          countdown = passed?.countdown ?? countdown;
        }
        const last = ticks.at(-1) ?? 0;
        expect(fired).toEqual(
          [150, 240, 270, 290, 300].filter((at) => at <= last).map((at) => 1 - (300 - at) / 300),
        );
        expect(countdown.state).toBe(last >= 300 ? 'breached' : 'provisional');
      }),
    );
  });
});
