import { describe, expect, test } from 'vitest';
import { actorOf } from '#core';
import { ACTS_TOPIC, DutyActSchema } from '#alert';
import { buildFlash, printable, type Report } from '#briefings';
import { SqliteReportStore } from '../../../../dashboards/briefings/adapters/sqlite-report-store.ts';
import { makeCorrection } from '../../../../dashboards/briefings/correct-report.ts';
import { flashesOf, nextFlash } from '../../../../dashboards/briefings/make-flash.ts';
import { aDailyReport } from '../../server/report-support.ts';
import { reportPack as pack } from '../../../support/packs.ts';
import { aPerson, office } from '../../../support/people.ts';
import { minutesAfter } from '../../../support/posts.ts';
import { CLOSING, imprint, someRecords } from '../../../support/reports.ts';
import { memoryDatabase } from '../../../support/temp-database.ts';

const at = minutesAfter(60, CLOSING);
const lead = aPerson('陆柏舟', ['opinionLead']);
const deputy = aPerson('纪文澜', ['deputyLeader']);
const sent = { at: CLOSING, by: actorOf(lead), receivers: [actorOf(deputy)] };

async function aSent(more: Partial<Report> = {}) {
  const reports = new SqliteReportStore(memoryDatabase().database);
  const wrong = aDailyReport({ state: 'sent', sent, ...more });
  await reports.create(wrong);
  const order = { reportId: wrong.id, reason: '数字有误', isFactual: true, actor: lead, at };
  return { deps: { reports, pack }, wrong, order };
}

describe('a correction', () => {
  test('has the next number, the old text and its head, and is due from now on', async () => {
    const { deps, wrong, order } = await aSent();
    const made = await makeCorrection(deps, order);
    expect(made).toMatchObject({
      id: 'daily-2026-2-0',
      state: 'drafted',
      dueAt: new Date(at.getTime() + pack.corrections.sentWithinMs),
      corrects: { id: wrong.id, readerIds: [deputy.id], isFactual: true },
    });
    expect(made.model.blocks).toEqual(wrong.model.blocks);
    expect(made.model.header.notices).toEqual(['本期更正舆情日报〔2026〕第12期：数字有误']);
    const [act] = made.effects
      .filter(({ topic }) => topic === ACTS_TOPIC)
      .map(({ body }) => DutyActSchema.parse(body));
    expect(act?.doneAt).toEqual(at);
  });

  test('leaves the old one as it was sent; it names the new one on paper once that is sent too', async () => {
    const { deps, wrong, order } = await aSent();
    const made = await makeCorrection(deps, order);
    const old = (await deps.reports.findById(wrong.id))!;
    expect([old.model, old.contentDigest, old.state]).toEqual([
      (await aSent()).wrong.model,
      wrong.contentDigest,
      'sent',
    ]);
    expect(printable(old, made).header.notices).toBeUndefined();
    expect(printable(old, { ...made, sent: { ...sent, at } }).header.notices).toEqual([
      '本期已由舆情日报〔2026〕第2期更正（2026年3月2日报送）：数字有误',
    ]);
  });

  test('is made once, by two who ask at the same moment too', async () => {
    const { deps, order } = await aSent();
    const both = await Promise.allSettled([
      makeCorrection(deps, order),
      makeCorrection(deps, { ...order, reason: '单位有误' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await deps.reports.listNewest(10)).toHaveLength(2);
    await expect(makeCorrection(deps, order)).rejects.toThrow(
      '已经出了更正件舆情日报〔2026〕第2期',
    );
  });

  test('is made by those whom the pack names, of what was sent', async () => {
    const { deps, order } = await aSent();
    await expect(makeCorrection(deps, { ...order, actor: office.handler })).rejects.toThrow(
      '出更正件须为',
    );
    const drafted = await aSent({ state: 'drafted', sent: undefined });
    await expect(makeCorrection(drafted.deps, drafted.order)).rejects.toThrow('还没有报送');
    expect(await deps.reports.listNewest(10)).toHaveLength(1);
  });

  test('of a 快报 is no part of its issue: the 续报 after it is the first', async () => {
    const records = someRecords();
    const model = buildFlash(
      records,
      { file: records.files[1]!, stage: 'first', reporter: undefined },
      { ...imprint, name: '舆情快报' },
    );
    const flash = { kind: 'flash', stage: 'first', eventId: 'event-1', model } as const;
    const { deps, order } = await aSent({ ...flash, id: 'flash-2026-1-0' });
    const made = await makeCorrection(deps, order);
    expect([made.id, made.stage, made.eventId]).toEqual(['flash-2026-2-0', 'first', 'event-1']);
    const standing = await flashesOf(deps.reports, 'event-1', at);
    expect(nextFlash(standing, false)).toMatchObject({ stage: 'followUp', part: 1 });
  });
});
