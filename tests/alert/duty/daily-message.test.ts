import { expect, test } from 'vitest';
import { openDatabase, SqlitePersonStore } from '#core/sqlite';
import {
  createDutyReader,
  keepDailyMessage,
  NoticeSchema,
  type DutyRoundsDeps,
  type Notice,
  type SystemTrouble,
} from '#alert';
import { SqliteDutyDayStore } from '../../../alert/adapters/sqlite-duty-records.ts';
import { SqliteOutbox } from '../../../alert/adapters/sqlite-outbox.ts';
import { SqliteRosterStore } from '../../../alert/adapters/sqlite-roster-store.ts';
import { dutyPack, selfWatchPack } from '../../support/packs.ts';
import { aPerson } from '../../support/people.ts';
import { aRoster, beijing, calendar } from '../../support/rosters.ts';

const DAY = '2026-03-04';

/** An office that is looked at every minute; what it decides to send stands in its outbox as told. */
async function anOffice(unreachable: readonly string[] = [], hasRoster = true) {
  const database = openDatabase(':memory:');
  const people = new SqlitePersonStore(database);
  for (const id of ['a', 'b', 'c', 'd', 'e', 'x', 'y', 'z']) {
    const more = unreachable.includes(id) ? {} : { email: `${id}@office.test` };
    await people.create(aPerson(id, ['dutyOfficer'], { name: id.toUpperCase(), ...more }));
  }
  const rosters = new SqliteRosterStore(database);
  if (hasRoster) await rosters.create(aRoster());
  const dutyDays = new SqliteDutyDayStore(database);
  const outbox = new SqliteOutbox(database);
  let at = beijing(`${DAY} 08:30`);
  const told: SystemTrouble[] = [];
  const rounds = {
    reader: createDutyReader({ rosters, people, calendar, byHand: async () => ({}) }),
    people,
    dutyDays,
    pack: dutyPack,
    channels: new Set(['email']),
    now: () => at,
    isDrill: false,
    pageUrl: (path: string) => `https://office.test${path}`,
  } as unknown as DutyRoundsDeps;
  const { daily } = selfWatchPack;
  const step = async (): Promise<number> =>
    await keepDailyMessage({ rounds, outbox, daily, tell: async (one) => void told.push(one) });
  const passTo = async (clock: string, day = DAY): Promise<void> => {
    for (const end = beijing(`${day} ${clock}`); at < end;) {
      at = new Date(Math.min(at.getTime() + 60_000, end.getTime()));
      await step();
    }
  };
  /** The product was down until then. */
  const comeBackAt = async (clock: string): Promise<void> => {
    at = beijing(`${DAY} ${clock}`);
    await step();
  };
  const sent = async (day = DAY): Promise<readonly Notice[]> =>
    ((await dutyDays.findById(day))?.effects ?? []).map(({ body }) => NoticeSchema.parse(body));
  const arrive = async (state: Notice['state'], but: readonly string[] = []): Promise<void> => {
    for (const notice of await sent()) {
      const isLeftOut = but.includes(notice.receiver.name);
      await outbox.create({ ...notice, state: isLeftOut ? 'pending' : state });
    }
  };
  return { passTo, comeBackAt, step, sent, arrive, told };
}

test('at 08:47 those on duty get a real message, once, and 08:46 is too early', async () => {
  const { passTo, step, sent } = await anOffice();
  await passTo('08:46');
  expect(await sent()).toEqual([]);
  await passTo('08:47');
  const notices = await sent();
  expect(notices.map(({ receiver }) => receiver.name)).toHaveLength(3);
  expect(notices[0]).toMatchObject({
    channel: 'email',
    isDrill: false,
    subject: '【每日报到】通知能送到您这里 03-04',
  });
  expect(notices[0]).not.toHaveProperty('isTest');
  expect(notices[0]?.text).toContain('哪天没有收到，请告诉系统管理员');
  expect(await step()).toBe(0);
  expect(await sent()).toHaveLength(3);
});

test('the next day has a message of its own', async () => {
  const { passTo, sent } = await anOffice();
  await passTo('08:50');
  await passTo('08:50', '2026-03-05');
  expect(await sent('2026-03-05')).toHaveLength(3);
});

test('messages that went out are nobody’s news', async () => {
  const { passTo, arrive, told } = await anOffice();
  await passTo('08:47');
  await arrive('sent');
  await passTo('09:30');
  expect(told).toEqual([]);
});

test('a message that did not go out within a quarter of an hour is told to the operators, once', async () => {
  const { passTo, sent, arrive, told } = await anOffice();
  await passTo('08:47');
  const [first] = await sent();
  await arrive('sent', [first?.receiver.name ?? '']);
  await passTo('09:01');
  expect(told).toEqual([]);
  await passTo('09:40');
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ part: 'dailyMessage', isDrill: false });
  expect(told[0]?.reason).toContain(`${first?.receiver.name}（没有发出）`);
});

test('a message that never came into the outbox is missing too', async () => {
  const { passTo, told } = await anOffice();
  await passTo('09:40');
  expect(told[0]?.reason.match(/没有发出/g)).toHaveLength(3);
});

test('who is on duty and cannot be reached is named', async () => {
  const { passTo, arrive, told } = await anOffice(['a', 'b', 'c', 'd', 'e']);
  await passTo('08:47');
  await arrive('sent');
  await passTo('09:02');
  expect(told[0]?.reason.match(/没有可用的联系方式/g)).toHaveLength(2);
});

test('a day on which nobody is on duty is told', async () => {
  const { passTo, told } = await anOffice([], false);
  await passTo('09:02');
  expect(told[0]?.reason).toContain('没有人值班');
});

test('a product that was down at 08:47 sends it when it is back, the same day', async () => {
  const { comeBackAt, sent, told } = await anOffice();
  await comeBackAt('14:00');
  expect(await sent()).toHaveLength(3);
  expect((await sent())[0]?.text).toContain('发出：2026-03-04 14:00');
  expect(told).toEqual([]);
});
