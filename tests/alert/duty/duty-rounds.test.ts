import { describe, expect, test } from 'vitest';
import { openDatabase, SqlitePersonStore } from '#core/sqlite';
import {
  createDutyReader,
  fileZeroReport,
  handOverDigest,
  handOverId,
  makeDutyRounds,
  NoticeSchema,
  NOTICES_TOPIC,
  signHandOver,
  submitHandOver,
  type DutyRoster,
  type DutyRoundsDeps,
} from '#alert';
import {
  SqliteDutyDayStore,
  SqliteHandOverStore,
} from '../../../alert/adapters/sqlite-duty-records.ts';
import { SqliteRosterStore } from '../../../alert/adapters/sqlite-roster-store.ts';
import type { Effect, Role } from '#core';
import { dutyPack } from '../../support/packs.ts';
import { aPerson } from '../../support/people.ts';
import { aPlan, aRoster, beijing, calendar, SHIFTS } from '../../support/rosters.ts';

/** An office whose day shift of 4 March hands over to the night at 17:30. */
async function anOffice(more: Partial<DutyRoster> = {}, change: Partial<DutyRoundsDeps> = {}) {
  const database = openDatabase(':memory:');
  const people = new SqlitePersonStore(database);
  const hire = async (id: string, role: Role): Promise<void> => {
    const email = `${id}@office.test`;
    await people.create(aPerson(id, [role], { name: id.toUpperCase(), email }));
  };
  for (const id of ['a', 'b', 'c', 'd', 'e', 'z']) await hire(id, 'dutyOfficer');
  for (const id of ['x', 'y']) await hire(id, 'deputyLeader');
  await hire('head', 'opinionLead');
  const rosters = new SqliteRosterStore(database);
  await rosters.create(aRoster(more));
  let at = beijing('2026-03-04 10:00');
  const records = {
    countdowns: [],
    alerts: [],
    events: [],
    silentSources: ['霖江论坛：读不到'],
    quarantined: 2,
  };
  const actor = { personId: 'a', name: 'A' };
  const acts = [
    {
      id: '2',
      at: beijing('2026-03-04 11:00'),
      actor,
      act: '确认预警',
      target: 'alert:1',
      detail: '',
      result: 'done' as const,
    },
    {
      id: '1',
      at: beijing('2026-03-04 07:00'),
      actor,
      act: '上一班的事',
      target: 'alert:1',
      detail: '',
      result: 'done' as const,
    },
  ];
  const deps: DutyRoundsDeps = {
    reader: createDutyReader({ rosters, people, calendar, byHand: async () => ({}) }),
    people,
    handOvers: new SqliteHandOverStore(database),
    dutyDays: new SqliteDutyDayStore(database),
    calendar,
    pack: dutyPack,
    periods: [],
    channels: new Set(['email']),
    records: async () => ({ ...records, acts }),
    now: () => at,
    isDrill: false,
    handOverLink: ({ personId }) => `https://office.test/h/${personId}`,
    pageUrl: (path) => `https://office.test${path}`,
    ...change,
  };
  return {
    deps,
    person: async (id: string) => (await people.findById(id))!,
    /** Makes the rounds every minute until then, or every so many. */
    passTo: async (minute: string, step = 1) => {
      for (const end = beijing(minute); at < end;) {
        at = new Date(Math.min(at.getTime() + step * 60_000, end.getTime()));
        await makeDutyRounds(deps);
      }
    },
    now: () => at,
  };
}

const noticesOf = (effects: readonly Effect[]) =>
  effects
    .filter(({ topic }) => topic === NOTICES_TOPIC)
    .map(({ body }) => NoticeSchema.parse(body))
    .map(({ receiver, subject }) => `${receiver.name} ${subject}`);
const ID = handOverId(beijing('2026-03-04 17:30'));

describe('a hand-over', () => {
  test('is drafted half an hour before the change and told to both, with what the shift leaves', async () => {
    const { deps, passTo } = await anOffice();
    await passTo('2026-03-04 16:59');
    expect(await deps.handOvers.findById(ID)).toBeUndefined();
    await passTo('2026-03-04 17:01');
    const found = (await deps.handOvers.findById(ID))!;
    expect(found.items.map(({ text }) => text)).toEqual([
      '霖江论坛：读不到',
      '隔离区 2 条待查',
      '11:00 A 确认预警',
    ]);
    expect([found.outgoing.length, found.incoming.length]).toEqual([1, 1]);
    const [from, to] = [found.outgoing[0]?.name, found.incoming[0]?.name];
    expect(noticesOf(found.effects)).toEqual([
      `${from} 【交接班】2026-03-04 17:30 ${from} → ${to}`,
      `${to} 【交接班】2026-03-04 17:30 ${from} → ${to}`,
    ]);
  });

  test('is drawn anew when the shift changes and stands still afterwards', async () => {
    const { deps, passTo } = await anOffice();
    await passTo('2026-03-04 17:29');
    const before = (await deps.handOvers.findById(ID))!;
    await passTo('2026-03-04 17:31');
    const after = (await deps.handOvers.findById(ID))!;
    expect(before.draftedAt).toEqual(beijing('2026-03-04 17:00'));
    expect(after.draftedAt).toEqual(beijing('2026-03-04 17:30'));
    await passTo('2026-03-04 17:50');
    expect((await deps.handOvers.findById(ID))?.draftedAt).toEqual(after.draftedAt);
  });

  test('not signed for thirty minutes is reminded of, again and again, at last to the opinion lead too', async () => {
    const { deps, passTo } = await anOffice();
    await passTo('2026-03-04 17:59');
    expect((await deps.handOvers.findById(ID))?.remindedAt).toEqual([]);
    await passTo('2026-03-04 19:00');
    const found = (await deps.handOvers.findById(ID))!;
    expect(found.remindedAt).toEqual(
      ['18:00', '18:30', '19:00'].map((time) => beijing(`2026-03-04 ${time}`)),
    );
    const told = noticesOf(found.effects).filter((line) => line.includes('未签收'));
    expect(told.filter((line) => line.startsWith('HEAD'))).toHaveLength(1);
    expect(told.filter((line) => line.startsWith(found.incoming[0]?.name ?? '–'))).toHaveLength(3);
  });

  test('signed is quiet, and was read as it stands', async () => {
    const { deps, passTo, person, now } = await anOffice();
    await passTo('2026-03-04 17:10');
    const found = (await deps.handOvers.findById(ID))!;
    const incoming = await person(found.incoming[0]?.personId ?? '');
    const outgoing = await person(found.outgoing[0]?.personId ?? '');
    const sign = { handOverId: ID, actor: incoming, at: now(), read: handOverDigest(found) };
    await expect(signHandOver(deps.handOvers, sign)).rejects.toThrow('交班人还没有交班');
    await expect(submitHandOver(deps.handOvers, { ...sign, note: '' })).rejects.toThrow(
      '只有交班人',
    );
    await submitHandOver(deps.handOvers, {
      handOverId: ID,
      actor: outgoing,
      at: now(),
      note: '盯住北环路',
    });
    await expect(signHandOver(deps.handOvers, sign)).rejects.toThrow('请重新看过再签收');
    await expect(signHandOver(deps.handOvers, { ...sign, actor: outgoing })).rejects.toThrow(
      '只有接班人',
    );
    const read = handOverDigest((await deps.handOvers.findById(ID))!);
    const signed = await signHandOver(deps.handOvers, { ...sign, read });
    expect(signed.signed?.by.personId).toBe(incoming.id);
    await passTo('2026-03-04 19:00');
    expect((await deps.handOvers.findById(ID))?.remindedAt).toEqual([]);
  });
});

describe('gaps of the roster', () => {
  const holed = { plans: [aPlan({ shifts: SHIFTS.filter(({ id }) => id !== 'rest') })] };

  test('are told once a day to who keeps it, until they are mended', async () => {
    const { deps, passTo } = await anOffice(holed);
    await passTo('2026-03-05 09:02', 10);
    expect((await deps.dutyDays.findById('2026-03-05'))?.told).toBeUndefined();
    await passTo('2026-03-05 10:00');
    const day = (await deps.dutyDays.findById('2026-03-05'))!;
    expect(noticesOf(day.effects)).toEqual(['HEAD 【值班表】有 3 处要补']);
    const roster = (await deps.dutyDays.listNewest(9)).length;
    expect(roster).toBe(2);
  });

  test('that are none are not told', async () => {
    const { deps, passTo } = await anOffice();
    await passTo('2026-03-05 10:00', 10);
    expect((await deps.dutyDays.listNewest(9)).flatMap(({ told }) => told ?? [])).toEqual([]);
  });
});

describe('the zero report of a special period', () => {
  const periods = [{ name: '两会', from: '2026-03-04', to: '2026-03-04' }];

  test('is owed every day of it, reminded before it is due and after, and quiet once filed', async () => {
    const { deps, passTo, person, now } = await anOffice({}, { periods });
    await passTo('2026-03-04 15:29');
    expect((await deps.dutyDays.listOwed()).map(({ id }) => id)).toEqual(['2026-03-04']);
    await passTo('2026-03-04 17:01');
    const day = (await deps.dutyDays.findById('2026-03-04'))!;
    expect(day.report?.remindedAt.map((one) => one.getTime())).toEqual(
      ['15:30', '16:00', '16:30', '17:00'].map((time) => beijing(`2026-03-04 ${time}`).getTime()),
    );
    const late = noticesOf(day.effects).filter((line) => line.includes('已逾期'));
    expect(late.some((line) => line.startsWith('HEAD'))).toBe(true);
    const filed = await fileZeroReport(deps.dutyDays, {
      day: '2026-03-04',
      actor: await person('a'),
      at: now(),
      text: '',
    });
    expect(filed.report?.filed?.text).toBe('零报告：本日无异常情况。');
    expect(filed.effects.at(-1)?.body).toMatchObject({ act: '零报告（逾期）' });
    await passTo('2026-03-04 19:00');
    expect((await deps.dutyDays.findById('2026-03-04'))?.report?.remindedAt).toHaveLength(4);
  });

  test('is owed on no other day', async () => {
    const { deps, passTo, person, now } = await anOffice({}, { periods });
    await passTo('2026-03-05 09:30', 10);
    expect((await deps.dutyDays.findById('2026-03-05'))?.report).toBeUndefined();
    const act = { day: '2026-03-04', actor: await person('a'), at: now(), text: '' };
    await fileZeroReport(deps.dutyDays, act);
    await expect(fileZeroReport(deps.dutyDays, act)).rejects.toThrow('已由A报告');
  });
});
