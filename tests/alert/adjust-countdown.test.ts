import { describe, expect, test } from 'vitest';
import type { Person } from '#core';
import {
  answerTime,
  applyAct,
  armCountdowns,
  askForTime,
  mayAdjust,
  mayRecordActs,
  newDutyRecord,
  passMilestones,
  waive,
  type Countdown,
} from '#alert';
import {
  aGradedEvent,
  aPerson,
  after,
  armingRules,
  countdownPack,
  NIGHT,
} from '../support/alerts.ts';

const five = armCountdowns(aGradedEvent('L2'), [], armingRules, NIGHT).find(
  ({ code }) => code === 'AUTH_RELEASE_5H',
)!;
const lead = aPerson('opinionLead');
const deputy = aPerson('deputyLeader');
const principal = aPerson('principal');
const REASON = '现场通信中断，核实需要更多时间';
const ask = (actor: Person, reason = REASON, until = after(360)): Countdown =>
  askForTime(five, { actor, reason, until, at: after(100) }, countdownPack);
const answer = (asked: Countdown, actor: Person, isApproved = true): Countdown => {
  const adjustmentId = asked.adjustments?.[0]?.id ?? '';
  const parts = { adjustmentId, isApproved, reason: '同意', actor, at: after(110) };
  return answerTime(asked, parts, countdownPack);
};

describe('more time', () => {
  test('moves the managed due time once another person agreed, never the statutory one or its warnings', () => {
    const asked = ask(lead);
    expect(asked.managedDueAt).toEqual(five.managedDueAt);
    const granted = answer(asked, deputy);
    expect(granted).toMatchObject({ managedDueAt: after(360), statutoryDueAt: after(300) });
    expect(granted.milestones).toEqual(five.milestones);
    expect(granted.effects).toMatchObject([{ topic: 'audit' }, { topic: 'audit' }]);
    const breached = passMilestones(granted, after(301))?.countdown;
    expect(breached).toMatchObject({ state: 'breached', breachedAt: after(300) });
  });

  test('refused, it moves nothing and stays on record', () => {
    const refused = answer(ask(lead), deputy, false);
    expect(refused.managedDueAt).toEqual(five.managedDueAt);
    expect(refused.adjustments).toMatchObject([
      { isApproved: false, decidedBy: { name: deputy.name } },
    ]);
  });

  test('cannot be granted by whoever asked, nor by another role', () => {
    expect(() => answer(ask(deputy), deputy)).toThrow('申请人以外');
    expect(() => answer(ask(deputy), lead)).toThrow('批准推迟须是');
    expect(answer(ask(deputy), principal).managedDueAt).toEqual(after(360));
  });

  test('needs a reason of ten characters, a later time, an open duty and no other request', () => {
    expect(() => ask(lead, '　请求延长时间处理 ')).toThrow('至少写10个字');
    expect(() => ask(lead, REASON, after(299))).toThrow('须晚于');
    const met = applyAct(five, release(200), countdownPack)!;
    const request = { actor: lead, reason: REASON, until: after(400), at: after(210) };
    expect(() => askForTime(met, request, countdownPack)).toThrow('已经结束');
    expect(() => askForTime(ask(lead), request, countdownPack)).toThrow('已有一份申请');
  });

  test('is offered to who may ask, then to who may answer', () => {
    expect(mayAdjust(five, lead, countdownPack)).toEqual(['askForTime']);
    expect(mayAdjust(ask(lead), deputy, countdownPack)).toEqual(['answerTime']);
    expect(mayAdjust(ask(deputy), deputy, countdownPack)).toEqual([]);
    expect(mayAdjust(five, principal, countdownPack)).toEqual(['waive']);
  });
});

describe('a waiver', () => {
  const act = { actor: principal, reason: REASON, at: after(310) };

  test('is the principal’s alone, and does not erase a breach', () => {
    const breached = passMilestones(five, after(301))?.countdown ?? five;
    expect(() => waive(breached, { ...act, actor: deputy }, countdownPack)).toThrow('豁免须是');
    const waived = waive(breached, act, countdownPack);
    expect(waived).toMatchObject({
      state: 'waived',
      breachedAt: after(300),
      waiver: { reason: REASON },
    });
    expect(applyAct(waived, release(320), countdownPack)).toBeUndefined();
  });
});

describe('acts that people put on record', () => {
  const event = { id: 'event-1', isDrill: false };
  const officer = aPerson('dutyOfficer');
  const record = (parts: Partial<Parameters<typeof newDutyRecord>[0]['draft']>, actor = officer) =>
    newDutyRecord(
      {
        event,
        draft: {
          kind: 'firstReportPhone',
          doneAt: after(20),
          receiver: '市政府总值班室',
          what: '报告停水情况',
          ...parts,
        },
        actor,
        at: after(25),
      },
      countdownPack,
    );

  test('go to the countdowns and into the record in one write, with whom it was told and when', () => {
    expect(record({}).effects).toMatchObject([
      { topic: 'acts', body: { kind: 'firstReportPhone', doneAt: after(20), eventId: 'event-1' } },
      {
        topic: 'audit',
        body: { act: '登记电话首报', detail: expect.stringContaining('报市政府总值班室') },
      },
    ]);
  });

  test('are refused without a receiver, from the future, late without a reason, or by another role', () => {
    expect(() => record({ receiver: ' ' })).toThrow('写明报给了谁');
    expect(() => record({ doneAt: after(26) })).toThrow('不能晚于现在');
    expect(() => record({ doneAt: after(-10) })).toThrow('补录须写明');
    expect(record({ doneAt: after(-10), lateReason: '当时断网' }).effects[0]?.body).toMatchObject({
      what: expect.stringContaining('补录：当时断网'),
    });
    expect(() => record({ kind: 'planStarted' })).toThrow('登记这类办理须是');
    expect(mayRecordActs(aPerson('publisher'), countdownPack)).toEqual([]);
  });
});

function release(minutes: number) {
  return {
    id: `release ${minutes}`,
    eventId: 'event-1',
    kind: 'release' as const,
    doneAt: after(minutes),
    ref: 'release:1',
    what: '发布',
  };
}
