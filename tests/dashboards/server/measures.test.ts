import { expect, test } from 'vitest';
import type { Role } from '#core';
import { MeasuresView } from '#contract';
import { aCountdown, aLead, anEvent, anOffice, minutesLater } from './support.ts';

/** An office in the morning after the night of the story, with one duty missed in it, and its measures. */
async function aMeasuredOffice(roles: readonly Role[] = ['dutyOfficer']) {
  const office = await anOffice();
  const { events, countdowns, leads } = office;
  await events.create(anEvent());
  await leads.create(aLead());
  await countdowns.create(aCountdown({ state: 'breached', breachedAt: minutesLater(300) }));
  office.pass(400);
  const headers = await office.signIn(await office.hire('张三', roles));
  const get = async (url: string) => await office.app.inject({ url: `/api/v1/${url}`, headers });
  return {
    ...office,
    get,
    read: async (query = '') => MeasuresView.parse((await get(`measures${query}`)).json()),
    post: async (payload: object) =>
      await office.app.inject({ method: 'POST', url: '/api/v1/outside-notices', headers, payload }),
  };
}

const notice = {
  way: 'mediaCall',
  from: '霖江日报',
  learnedAt: minutesLater(-30).toISOString(),
  what: '记者来电问停水',
  grade: 'L4',
  isInPlan: true,
};

test('the month so far is measured where nothing else is asked for', async () => {
  const { read } = await aMeasuredOffice();
  const view = await read();
  expect([view.from, view.to]).toEqual(['2026-11-01', '2026-11-24']);
  const one = view.measures.find(({ code }) => code === 'onTime5h');
  expect(one).toMatchObject({
    name: '按时发布率（5小时）',
    result: '0/1',
    counts: { numerator: 0, denominator: 1, waived: 0 },
  });
  expect(one?.lines).toMatchObject([{ cite: 'countdown:countdown-1', eventId: 'event-1' }]);
});

test('days of Beijing, both ends counted; what fell due on the last of them is in', async () => {
  const { read } = await aMeasuredOffice();
  const dueOn = async (query: string) =>
    (await read(query)).measures.find(({ code }) => code === 'onTime5h')?.counts?.denominator;
  // Due at 07:18 on the 24th in Beijing.
  expect(await dueOn('?from=2026-11-24&to=2026-11-24')).toBe(1);
  expect(await dueOn('?from=2026-11-20&to=2026-11-23')).toBe(0);
  expect(await dueOn('?from=2026-11-25&to=2026-11-30')).toBe(0);
});

test.for(['?from=2026-11-30&to=2026-11-01', '?from=2020-01-01&to=2026-11-01', '?from=2026-02-30'])(
  'no period is refused: %s',
  async (query) => {
    const { get } = await aMeasuredOffice();
    const answer = await get(`measures${query}`);
    expect(answer.statusCode).toBe(400);
  },
);

test('the same for a spreadsheet, under the name of its days', async () => {
  const { get } = await aMeasuredOffice();
  const answer = await get('measures.csv?from=2026-11-01&to=2026-11-30');
  expect(answer.headers['content-type']).toContain('text/csv');
  expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain(
    '指标-2026-11-01至2026-11-30.csv',
  );
  expect(answer.body).toContain('"按时发布率（5小时）","0","1"');
});

test('a matter learned from outside is entered by a named person and counts as missed', async () => {
  const { post, read } = await aMeasuredOffice();
  const before = await read('?from=2026-11-01&to=2026-11-30');
  expect(before.measures.find(({ code }) => code === 'missRate')?.kind).toBe('notRecorded');
  expect((await post(notice)).statusCode).toBe(204);
  const view = await read('?from=2026-11-01&to=2026-11-30');
  expect(view.notices).toMatchObject([
    { wayName: '媒体来电', from: '霖江日报', gradeName: '一般', by: '张三' },
  ]);
  const missed = view.measures.find(({ code }) => code === 'missRate');
  expect(missed?.counts).toMatchObject({ numerator: 1, denominator: 2 });
});

test('who keeps no such register is refused, and is not offered the form', async () => {
  const { post, read } = await aMeasuredOffice(['publisher']);
  expect((await read()).mayRecordNotice).toBe(false);
  const answer = await post(notice);
  expect([answer.statusCode, answer.json().code]).toEqual([403, 'ROLE_NEEDED']);
});

test('a notice about an event that is not there is refused', async () => {
  const { post } = await aMeasuredOffice();
  const answer = await post({ ...notice, eventId: 'event-9' });
  expect(answer.statusCode).toBe(404);
});
