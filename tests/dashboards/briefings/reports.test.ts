import { describe, expect, test } from 'vitest';
import { MACHINE } from '#core';
import {
  ACTS_TOPIC,
  applyAct,
  DutyActSchema,
  NOTICES_TOPIC,
  NoticeSchema,
  startByAct,
} from '#alert';
import {
  buildDaily,
  createReportMaker,
  printable,
  REPORT_KINDS,
  reviewReport,
  sendReport,
  signReport,
  whyNotPass,
  type Report,
} from '#briefings';
import { SqliteReportStore } from '../../../dashboards/briefings/adapters/sqlite-report-store.ts';
import { newReport, type MakeDeps } from '../../../dashboards/briefings/new-report.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import { armingRules, calendar, countdownPack } from '../../support/alerts.ts';
import { judgingPack } from '../../support/judging.ts';
import { aPerson, office } from '../../support/people.ts';
import { reportPack as pack } from '../../support/packs.ts';
import { minutesAfter } from '../../support/posts.ts';
import { aFile, CLOSING, DAY_BEFORE, imprint, someRecords } from '../../support/reports.ts';
import { DATABASES, memoryDatabase } from '../../support/temp-database.ts';

type Stores = MakeDeps['collecting']['stores'];

const DUE = minutesAfter(30, CLOSING);
const aReport = (id = 'daily-2026-1-0'): Report => ({
  ...newReport({
    kind: 'daily',
    year: 2026,
    issue: 1,
    model: buildDaily(someRecords(), imprint),
    period: { from: DAY_BEFORE, to: CLOSING },
    dueAt: DUE,
    isDrill: false,
    actor: MACHINE,
    at: CLOSING,
  }),
  id,
});

for (const { where, open } of DATABASES) {
  describeDocuments(`Reports in ${where}`, {
    open: async () => new SqliteReportStore(open().database),
    make: (id, effects) => ({ ...aReport(id), effects }),
    change: (report) => ({
      ...report,
      history: [...report.history, { at: CLOSING, actor: MACHINE, what: '改' }],
    }),
  });
}

const linkFor = ({ id, personId }: { id: string; personId: string }): string =>
  `https://h.test/r/${id}.${personId}`;
const lead = aPerson('宋知行', ['opinionLead']);
const deputy = aPerson('纪文澜', ['deputyLeader'], { email: 'ji@linjiang.test' });

async function aRoom() {
  const reports = new SqliteReportStore(memoryDatabase().database);
  const report = aReport();
  await reports.create(report);
  const at = minutesAfter(10, CLOSING);
  const act = { reportId: report.id, contentDigest: report.contentDigest, at };
  return { deps: { reports, pack }, report, act };
}

describe('the life of a report', () => {
  test('is reviewed, signed and sent by those the pack names; then its countdown is met', async () => {
    const { deps, report, act } = await aRoom();
    await reviewReport(deps, { ...act, actor: office.dutyOfficer });
    await signReport(deps, { ...act, actor: lead });
    const sent = await sendReport(deps, {
      ...act,
      actor: lead,
      people: [deputy, office.handler],
      link: 'https://h.test/reports',
      linkFor,
    });
    expect(sent.state).toBe('sent');
    expect(sent.sent?.receivers).toEqual([{ personId: '纪文澜', name: '纪文澜' }]);
    const acts = sent.effects
      .filter(({ topic }) => topic === ACTS_TOPIC)
      .map(({ body }) => DutyActSchema.parse(body));
    expect(acts.map(({ kind }) => kind)).toEqual(['reportPeriodEnded', 'reportSent']);
    const [ended, done] = acts;
    const [begun] = startByAct(ended!, [], armingRules, CLOSING);
    expect(begun).toMatchObject({
      code: 'REPORT_DUE',
      statutoryDueAt: DUE,
      target: `report:${report.id}`,
    });
    expect(applyAct(begun!, done!, countdownPack)).toMatchObject({ state: 'satisfied' });
    const [mail] = sent.effects
      .filter(({ topic }) => topic === NOTICES_TOPIC)
      .map(({ body }) => NoticeSchema.parse(body));
    expect(mail?.receiver.address).toBe('ji@linjiang.test');
    expect(mail?.html).toContain('审核：顾明远');
    expect(mail?.text).toContain('签发：宋知行');
  });

  test('machine text is marked until a person reviewed it', async () => {
    const { deps, report, act } = await aRoom();
    expect(printable(report).standing).toEqual(['机器拟稿，未经人工审核']);
    const reviewed = await reviewReport(deps, { ...act, actor: office.dutyOfficer });
    expect(printable(reviewed).standing).toEqual(['审核：顾明远', '未签发']);
  });

  test('no step can be left out, and none done by who may not', async () => {
    const { deps, act } = await aRoom();
    await expect(signReport(deps, { ...act, actor: lead })).rejects.toThrow('现在不能办这一步');
    await expect(reviewReport(deps, { ...act, actor: office.handler })).rejects.toThrow(
      '须由值班员或者研判员或者舆情工作负责人',
    );
    await reviewReport(deps, { ...act, actor: lead });
    await expect(signReport(deps, { ...act, actor: lead })).rejects.toThrow('审核人不得签发');
    await expect(signReport(deps, { ...act, actor: office.dutyOfficer })).rejects.toThrow(
      '须由舆情工作负责人',
    );
  });

  test.for(REPORT_KINDS)(
    'a report of the kind %s is signed by whom the pack names for it',
    (kind) => {
      const report = { ...aReport(), kind, state: 'reviewed' as const };
      const [signers = []] = pack[kind].signers;
      for (const person of Object.values(office)) {
        const mayIt = person.roles.some((role) => signers.includes(role));
        expect(whyNotPass(report, 'sign', person, pack)?.code === 'ROLE_NEEDED').toBe(!mayIt);
      }
    },
  );

  test('who read another text signs nothing', async () => {
    const { deps, act } = await aRoom();
    const other = { ...act, contentDigest: 'another', actor: office.dutyOfficer };
    await expect(reviewReport(deps, other)).rejects.toThrow('内容已有改动');
  });

  test('with nobody to be reached it does not count as sent', async () => {
    const { deps, act } = await aRoom();
    await reviewReport(deps, { ...act, actor: office.dutyOfficer });
    await signReport(deps, { ...act, actor: lead });
    const sending = sendReport(deps, {
      ...act,
      actor: lead,
      people: [office.deputy],
      link: '',
      linkFor,
    });
    await expect(sending).rejects.toThrow('报告没有发出');
    expect((await deps.reports.findById(act.reportId))?.state).toBe('signed');
  });
});

const aTrigger = (at: Date) => ({ at, recordId: 'post-1', reason: '建议等级升为重大' });

describe('making daily reports', () => {
  const nothing = async (): Promise<readonly never[]> => [];
  const stores = {
    events: { listNewest: nothing, listOpen: nothing },
    leads: { listSince: nothing },
    // One post, from long before.
    posts: { countSince: async (at: Date) => (at.getTime() === 0 ? 1 : 0) },
    countdowns: { listOpen: nothing },
    supervisions: { listNewest: nothing },
  } as unknown as Stores;
  const aMaker = (read = stores) => {
    const reports = new SqliteReportStore(memoryDatabase().database);
    const collecting: MakeDeps['collecting'] = {
      stores: read,
      office: '临江市政府办公室',
      isDrill: false,
      calendar,
      regionNames: new Map(),
      topicNames: new Map(),
      sensitivePeriods: [],
      sources: nothing,
      questions: judgingPack.questions,
      measure: nothing,
    };
    return {
      reports,
      maker: createReportMaker({
        reports,
        collecting,
        pack,
        reporter: async () => office.dutyOfficer,
      }),
    };
  };

  test('it is made once when it closes on a working day, never before and not at the weekend', async () => {
    const { reports, maker } = aMaker();
    expect(await maker.makeDue(minutesAfter(-1, CLOSING))).toBe(0);
    expect(await maker.makeDue(CLOSING)).toBe(1);
    expect(await maker.makeDue(minutesAfter(3, CLOSING))).toBe(0);
    // 7 March 2026 is a Saturday.
    expect(await maker.makeDue(minutesAfter(5 * 24 * 60, CLOSING))).toBe(0);
    expect(await reports.listNewest(9)).toHaveLength(1);
  });

  test('the morning report is made at 08:00 on every day, also at the weekend; past noon only when asked for', async () => {
    const { reports, maker } = aMaker();
    // 7 March 2026 is a Saturday.
    const eight = new Date('2026-03-07T00:00:00Z');
    expect(await maker.makeDue(minutesAfter(-1, eight))).toBe(0);
    expect(await maker.makeDue(eight)).toBe(1);
    expect(await maker.makeDue(minutesAfter(1, eight))).toBe(0);
    const [report] = await reports.listOfYear('morning', 2026);
    expect(report).toMatchObject({ dueAt: minutesAfter(30, eight), issue: 1 });
    expect(report?.model.period).toBe('3月6日17:00至3月7日08:00');
    expect(JSON.stringify(report?.model.blocks)).toContain('值班员：顾明远');

    const late = aMaker();
    expect(await late.maker.makeDue(minutesAfter(4 * 60, eight))).toBe(0);
    const asked = { kind: 'morning', day: '2026-03-07', by: MACHINE } as const;
    await late.maker.makeRoutine({ ...asked, at: minutesAfter(5 * 60, eight) });
    expect(await late.reports.listOfYear('morning', 2026)).toHaveLength(1);
  });

  test('a product that heard nothing before the period ended says nothing of it by itself', async () => {
    const { maker } = aMaker({ ...stores, posts: { ...stores.posts, countSince: async () => 3 } });
    expect(await maker.makeDue(new Date('2026-03-07T00:00:00Z'))).toBe(0);
  });

  test('the weekly report closes on Friday, or on the last working day before it', async () => {
    const { reports, maker } = aMaker();
    const friday = new Date('2026-03-06T08:00:00Z');
    expect(await maker.makeDue(minutesAfter(-1, friday))).toBe(0);
    expect(await maker.makeDue(friday)).toBe(1);
    const [report] = await reports.listOfYear('weekly', 2026);
    expect(report?.model.period).toBe('2月27日16:00至3月6日16:00');
    // Asked for by any day of the week, it is the same one.
    const asked = { kind: 'weekly', by: MACHINE, at: friday } as const;
    expect((await maker.makeRoutine({ ...asked, day: '2026-03-03' })).id).toBe(report?.id);
    await expect(maker.makeRoutine({ ...asked, day: '2026-03-11' })).rejects.toThrow(
      '2026-03-13 的周报 16:00 截稿',
    );
    // 1 to 5 May 2026 are days off: that week closes on Thursday, 30 April.
    const may = { ...asked, day: '2026-05-01', at: new Date('2026-05-09T08:00:00Z') };
    expect((await maker.makeRoutine(may)).model.period).toBe('4月24日16:00至4月30日16:00');
  });

  test('a duty that fell due in the week is counted, also when its event was closed since', async () => {
    const { event, countdowns } = aFile('event-1', '停水', {
      grade: 'L2',
      event: {
        state: 'closed',
        lastPostAt: minutesAfter(-30 * 24 * 60),
        knownAt: { at: minutesAfter(-31 * 24 * 60), recordId: 'x', reason: '首次收到' },
      },
    });
    const { maker } = aMaker({
      ...stores,
      events: { listNewest: async () => [event], listOpen: nothing },
      countdowns: { listOpen: nothing, listByEvent: async () => countdowns },
    } as unknown as Stores);
    const at = new Date('2026-03-06T08:00:00Z');
    const { model } = await maker.makeRoutine({
      kind: 'weekly',
      day: '2026-03-06',
      by: MACHINE,
      at,
    });
    expect(JSON.stringify(model.blocks)).toContain('"cells":["5小时发布","1"');
    expect(JSON.stringify(model.blocks)).toContain('本期没有较大以上的事件');
  });

  test('each kind is reviewed and signed by those that the pack names for it', async () => {
    const { reports, maker } = aMaker();
    const at = new Date('2026-03-07T00:00:00Z');
    const order = { kind: 'morning', day: '2026-03-07', by: MACHINE, at } as const;
    const { id: reportId, contentDigest } = await maker.makeRoutine(order);
    const act = { reportId, contentDigest, at };
    await reviewReport({ reports, pack }, { ...act, actor: lead });
    const signed = await signReport({ reports, pack }, { ...act, actor: office.dutyOfficer });
    expect(signed.state).toBe('signed');
  });

  test('a day off is told of by the report of the next working day', async () => {
    const { maker } = aMaker();
    const report = await maker.makeRoutine({
      kind: 'daily',
      day: '2026-03-02',
      by: MACHINE,
      at: CLOSING,
    });
    expect(report.model.period).toBe('2月28日17:00至3月2日17:00');
  });

  test('numbers have no gap, also when many ask at once', async () => {
    const { reports, maker } = aMaker();
    const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-03', '2026-03-02'];
    const at = minutesAfter(9 * 24 * 60);
    await Promise.all(
      days.map(async (day) => await maker.makeRoutine({ kind: 'daily', day, by: MACHINE, at })),
    );
    const made = await reports.listOfYear('daily', 2026);
    expect(made.map(({ issue }) => issue)).toEqual([1, 2, 3]);
    expect(made.map(({ model }) => model.header.number)).toEqual([
      '〔2026〕第1期',
      '〔2026〕第2期',
      '〔2026〕第3期',
    ]);
  });

  test('a 快报 is made once when an event stands at 重大, then numbered on in its issue', async () => {
    const files = ['event-1', 'event-2', 'event-3'].map((id, index) =>
      aFile(id, `某地第${index + 1}起坍塌`, { grade: index === 2 ? 'L3' : 'L2' }),
    );
    const listed = async () => files.map(({ event }) => event);
    const events = {
      listNewest: listed,
      listOpen: listed,
      findById: async (id: string) => (await listed()).find((one) => one.id === id),
    };
    const ofEvent = { listByEvent: nothing };
    const { reports, maker } = aMaker({
      ...stores,
      events,
      leads: {
        listSince: nothing,
        listByEvent: async (id: string) => files.find(({ event }) => event.id === id)?.leads ?? [],
      },
      countdowns: {
        listOpen: nothing,
        listByEvent: async (id: string) =>
          files.find(({ event }) => event.id === id)?.countdowns ?? [],
      },
      alerts: ofEvent,
      releases: ofEvent,
      conferences: ofEvent,
    } as unknown as Stores);
    const at = minutesAfter(90);
    expect(await maker.makeDue(at)).toBe(2);
    expect(await maker.makeDue(minutesAfter(1, at))).toBe(0);
    const order = { eventId: 'event-1', person: office.dutyOfficer, by: MACHINE };
    const second = await maker.makeFlash({ ...order, isFinal: false, at: minutesAfter(120) });
    const last = await maker.makeFlash({ ...order, isFinal: true, at: minutesAfter(180) });
    expect([second, last].map(({ model }) => model.header.number)).toEqual([
      '〔2026〕第1期 续报（一）',
      '〔2026〕第1期 终报',
    ]);
    expect(second.model.period).toContain('的新情况');
    const made = await reports.listOfYear('flash', 2026);
    expect(made.map(({ issue, part, eventId }) => [issue, part, eventId])).toEqual([
      [1, 0, 'event-1'],
      [1, 1, 'event-1'],
      [1, 2, 'event-1'],
      [2, 0, 'event-2'],
    ]);
    await expect(
      maker.makeFlash({ ...order, isFinal: false, at: minutesAfter(200) }),
    ).rejects.toThrow('终报已出');
    const outsider = aPerson('旁人', ['sysAdmin']);
    await expect(
      maker.makeFlash({ ...order, person: outsider, isFinal: false, at: minutesAfter(200) }),
    ).rejects.toThrow('快报须由');
    // Sent within the hour of the pack, by its own countdown.
    const [flash] = made;
    const act = DutyActSchema.parse(flash?.effects.find(({ topic }) => topic === ACTS_TOPIC)?.body);
    expect(act.dueAt).toEqual(minutesAfter(150));
  });

  test('one that cannot be made keeps neither another 快报 nor the daily report from being made', async () => {
    const files = ['event-1', 'event-2'].map((id) =>
      aFile(id, '某工地坍塌', { grade: 'L2', event: { triggeredAt: aTrigger(CLOSING) } }),
    );
    const listed = async () => files.map(({ event }) => event);
    const ofEvent = { listByEvent: nothing };
    const { reports, maker } = aMaker({
      ...stores,
      events: {
        listNewest: nothing,
        listOpen: listed,
        findById: async (id: string) => (await listed()).find((one) => one.id === id),
      },
      leads: {
        listSince: nothing,
        listByEvent: async (id: string) => {
          if (id === 'event-1') throw new Error('线索读不出');
          return files[1]?.leads ?? [];
        },
      },
      countdowns: { listOpen: nothing, listByEvent: async () => files[1]?.countdowns ?? [] },
      alerts: ofEvent,
      releases: ofEvent,
      conferences: ofEvent,
    } as unknown as Stores);
    await expect(maker.makeDue(CLOSING)).rejects.toThrow('1 份报告没有拟成');
    const made = await reports.listNewest(9);
    expect(made.map(({ kind, eventId }) => eventId ?? kind).toSorted()).toEqual([
      'daily',
      'event-2',
    ]);
  });

  test('a day that has not closed is refused', async () => {
    const { maker } = aMaker();
    await expect(
      maker.makeRoutine({ kind: 'daily', day: '2026-03-03', by: MACHINE, at: CLOSING }),
    ).rejects.toThrow('日报 17:00 截稿');
  });
});
