import { describe, expect, test } from 'vitest';
import { HandOverRow, RosterView, type RosterBody } from '#contract';
import { aDutyDay, aHandOver } from '../../support/hand-overs.ts';
import { anOffice, minutesLater, START, type Office } from './support.ts';

/** 02:18 of 24 November; the day of the story. */
const TODAY = '2026-11-24';

async function anOfficeWithOfficers() {
  const office = await anOffice();
  const email = 'officer@office.test';
  const zhang = await office.hire('张三', ['dutyOfficer'], { email });
  const li = await office.hire('李四', ['dutyOfficer'], { email });
  const wang = await office.hire('王五', ['deputyLeader'], { email });
  const lead = await office.hire('陆柏舟', ['opinionLead'], { email });
  const turns = (...people: { id: string }[]) => ({
    people: people.map(({ id }) => id),
    turnDays: 1,
  });
  const body: RosterBody = {
    from: TODAY,
    shifts: [
      {
        id: 'all',
        name: '全天班',
        days: ['workday', 'rest', 'holiday'],
        from: '00:00',
        to: '00:00',
        seats: { first: turns(zhang, li), second: turns(li, zhang), leader: turns(wang) },
      },
    ],
    fallback: [zhang.id, li.id],
  };
  const ask = async (
    who: typeof zhang,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    payload?: object,
  ) =>
    await office.app.inject({
      method,
      url: `/api/v1/${url}`,
      headers: await office.signIn(who),
      ...(payload && { payload }),
    });
  const view = async (who = lead, month = '') =>
    RosterView.parse((await ask(who, 'GET', `roster${month && `?month=${month}`}`)).json());
  return { office, zhang, li, lead, body, ask, view };
}

describe('the roster', () => {
  test('an office without one sees its month empty, and that the duty page decides', async () => {
    const { view, zhang } = await anOfficeWithOfficers();
    expect(await view()).toMatchObject({ hasRoster: false, mayKeep: true, month: '2026-11' });
    expect((await view(zhang)).mayKeep).toBe(false);
  });

  test('saved by the opinion lead, it is who is on duty on the desk and on the duty page, and who is warned of', async () => {
    const { ask, lead, body, view, office, zhang } = await anOfficeWithOfficers();
    expect((await ask(lead, 'PUT', 'roster', body)).statusCode).toBe(204);
    const { days, gaps } = await view();
    expect(days).toHaveLength(30);
    const seats = days.find(({ day }) => day === '2026-11-25')?.shifts[0]?.seats;
    expect(seats?.map(({ seat, name, reason }) => [seat, name, reason])).toEqual([
      ['first', '李四', '全天班轮到'],
      ['second', '张三', '全天班轮到'],
      ['leader', '王五', '全天班轮到'],
    ]);
    expect(gaps).toEqual([expect.stringMatching(/^节假日安排未定.+12-26/)]);
    const duty = (await ask(lead, 'GET', 'duty')).json<{
      hasRoster: boolean;
      onDuty: { name: string }[];
    }>();
    expect([duty.hasRoster, duty.onDuty.map(({ name }) => name)]).toEqual([
      true,
      ['张三', '李四', '王五'],
    ]);
    const desk = (await ask(lead, 'GET', 'desk')).json<{
      strip: { onDuty: string[] };
      warnings: { text: string }[];
    }>();
    expect(desk.strip.onDuty).toEqual(['张三', '李四', '王五']);
    expect(desk.warnings.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^值班表：节假日安排未定/),
    );
    // Two days on, with another officer's account stopped: the seat is open, and red on the calendar.
    const stopped = {
      ...(await office.deps.people.findById(zhang.id))!,
      isDisabled: true,
      revision: 2,
    };
    await office.deps.people.replace(stopped);
    const day = (await view()).days.find((one) => one.day === '2026-11-26');
    expect(day?.gaps).toEqual(expect.arrayContaining(['00:00 起没有值班员']));
  });

  test('a year that nobody announced says so on every day of it', async () => {
    const { ask, lead, body, view } = await anOfficeWithOfficers();
    await ask(lead, 'PUT', 'roster', body);
    const { days } = await view(lead, '2027-01');
    expect(new Set(days.map(({ kindName }) => kindName))).toEqual(new Set(['安排未定']));
    expect(days.every(({ gaps }) => gaps.includes('节假日安排未定'))).toBe(true);
  });

  test('what a duty officer may not, and what cannot be, is refused with its reason and recorded', async () => {
    const { ask, zhang, lead, body, office } = await anOfficeWithOfficers();
    const refused = await ask(zhang, 'PUT', 'roster', body);
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([
      403,
      'ROSTER_ROLE',
    ]);
    const empty = await ask(lead, 'PUT', 'roster', { ...body, fallback: [] });
    expect([empty.statusCode, empty.body]).toEqual([
      400,
      expect.stringContaining('后备名单不能为空'),
    ]);
    expect((await office.acts()).map(({ act, result }) => `${act} ${result}`)).toContain(
      '编排班次 refused',
    );
  });

  test('leave, override and swap pass through it', async () => {
    const { ask, zhang, li, lead, body, view } = await anOfficeWithOfficers();
    await ask(lead, 'PUT', 'roster', body);
    const leave = {
      personId: li.id,
      from: '2026-11-25',
      to: '2026-11-25',
      replacementId: zhang.id,
      reason: '病假',
    };
    expect((await ask(lead, 'POST', 'roster/leaves', leave)).statusCode).toBe(204);
    const override = {
      seat: 'first',
      personId: li.id,
      from: minutesLater(60).toISOString(),
      to: minutesLater(120).toISOString(),
      reason: '外出',
    };
    expect((await ask(lead, 'POST', 'roster/overrides', override)).statusCode).toBe(204);
    const { changes } = await view();
    expect(changes.map(({ kind }) => kind)).toEqual(['override', 'leave']);
    expect((await ask(lead, 'POST', `roster/withdrawals/${changes[0]?.id}`)).statusCode).toBe(204);
    expect((await view()).changes).toHaveLength(1);
    const mine = { day: '2026-11-26', shiftId: 'all', seat: 'first' };
    const theirs = { day: '2026-11-27', shiftId: 'all', seat: 'first' };
    expect(
      (await ask(zhang, 'POST', 'roster/swaps', { mine, theirs, reason: '有事' })).statusCode,
    ).toBe(204);
    const [swap] = (await view(li)).swaps;
    expect(swap?.mayAnswer).toBe(true);
    const yes = await ask(li, 'POST', `roster/swaps/${swap?.id}/answer`, { isAccepted: true });
    expect(yes.statusCode).toBe(204);
    const day = (await view()).days.find((one) => one.day === '2026-11-26');
    expect(day?.shifts[0]?.seats[0]).toMatchObject({
      name: '李四',
      layer: 'swap',
      reason: '与张三换班',
    });
  });

  test('a zero report that is owed is filed once', async () => {
    const { ask, zhang, office, view } = await anOfficeWithOfficers();
    const report = { period: '招生季', dueAt: minutesLater(600), remindedAt: [] };
    await office.deps.roster.dutyDays.create(aDutyDay({ id: TODAY, report }));
    expect((await ask(zhang, 'POST', `zero-reports/${TODAY}`, { text: '' })).statusCode).toBe(204);
    expect((await view()).reports[0]?.filed).toMatchObject({
      by: '张三',
      text: '零报告：本日无异常情况。',
    });
    expect((await ask(zhang, 'POST', `zero-reports/${TODAY}`, {})).statusCode).toBe(409);
  });
});

describe('the page of a hand-over', () => {
  const opened = async (more: Parameters<typeof aHandOver>[0] = {}) => {
    const made = await anOfficeWithOfficers();
    const actor = ({ id, name }: { id: string; name: string }) => ({ personId: id, name });
    const handOver = aHandOver({
      changeAt: START,
      draftedAt: START,
      outgoing: [actor(made.zhang)],
      incoming: [actor(made.li)],
      note: '盯住<b>北环路</b>',
      items: [
        { kind: 'countdown', text: '5小时发布 还剩2小时' },
        { kind: 'act', text: '01:00 张三 确认预警' },
      ],
      ...more,
    });
    await made.office.deps.roster.handOvers.create(handOver);
    return { ...made, handOver };
  };
  const path = ({ id }: { id: string }): string => `/h/hand-over-1.${id}`;
  const post = async ({ app }: Office, url: string, form: Record<string, string>) =>
    await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(form).toString(),
    });

  test('shows what is open to who holds the link, and the acts of the shift only to who is signed in', async () => {
    const { office, li, handOver } = await opened();
    const page = await office.app.inject({ url: path(li) });
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.body).toContain('5小时发布 还剩2小时');
    expect(page.body).toContain('盯住&lt;b&gt;北环路');
    expect(page.body).not.toContain('确认预警');
    // The one script is the one that its policy names.
    expect(page.body.match(/<script/g) ?? []).toHaveLength(1);
    expect(page.headers['content-security-policy']).toMatch(/script-src 'sha256-/);
    const signedIn = await office.app.inject({ url: path(li), headers: await office.signIn(li) });
    expect(signedIn.body).toContain('01:00 张三 确认预警');
    // Looking changes nothing, however often.
    expect(await office.deps.roster.handOvers.findById(handOver.id)).toEqual(handOver);
  });

  test('is signed by the incoming officer with what they read, and then says by whom and when', async () => {
    const { office, li, zhang } = await opened();
    const page = await office.app.inject({ url: path(li) });
    const read = /name="read" value="(\w+)"/.exec(page.body)?.[1] ?? '';
    const wrong = await post(office, path(li), { act: 'sign', read: 'something else' });
    expect([wrong.statusCode, wrong.body]).toEqual([
      409,
      expect.stringContaining('请重新看过再签收'),
    ]);
    expect((await post(office, path(zhang), { act: 'sign', read })).statusCode).toBe(409);
    expect((await post(office, path(li), { act: 'sign', read })).body).toMatch(
      /已由李四 11-24 02:18 签收/,
    );
    expect((await post(office, path(li), { act: 'sign', read })).body).toMatch(
      /已由李四 11-24 02:18 签收/,
    );
  });

  test('before the change waits for the outgoing officer, who may add a word', async () => {
    const { office, li, zhang } = await opened({ changeAt: minutesLater(30), note: '' });
    expect((await office.app.inject({ url: path(li) })).body).toMatch(/等待张三交班/);
    expect((await post(office, path(zhang), { act: 'submit', note: '留意水压' })).body).toMatch(
      /已交班/,
    );
    expect((await office.app.inject({ url: path(li) })).body).toMatch(
      /留意水压.+已看过，签收接班/s,
    );
  });

  test('a wrong or old link says so and shows nothing', async () => {
    const { office, li } = await opened();
    expect((await office.app.inject({ url: '/h/nothing' })).statusCode).toBe(404);
    const old = await office.app.inject({ url: `${path(li)}.old` });
    expect([old.statusCode, old.body.includes('5小时发布')]).toEqual([410, false]);
    const rubbish = await post(office, path(li), { act: 'burn' });
    expect(rubbish.body).toContain('没有办成');
  });

  test('is found in the list, with a link of one’s own', async () => {
    const { ask, li } = await opened();
    const rows = HandOverRow.array().parse((await ask(li, 'GET', 'hand-overs')).json());
    expect(rows).toEqual([expect.objectContaining({ open: 1, outgoing: ['张三'], url: path(li) })]);
  });
});
