import { expect, test } from 'vitest';
import { amend, relayEffects, Unreadable, type LogEntry, type Person } from '#core';
import { SqlitePersonStore } from '#core/sqlite';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import { createAlerting, tickCountdowns } from '#alert';
import { aGradedEvent, after, openAlertingDeps } from '../support/alerts.ts';
import { aPerson } from '../support/people.ts';
import { DATABASES } from '../support/temp-database.ts';

const [memory] = DATABASES;

/** Three people, of whom the middle one's row is spoiled. */
async function anOffice(body = '{"id":"b"}') {
  const { database } = memory.open();
  const people = new SqlitePersonStore(database);
  const noted: string[] = [];
  people.onUnreadable = (id) => noted.push(id);
  for (const id of ['a', 'b', 'c']) {
    await people.create(aPerson(id, ['dutyOfficer'], { name: id, signInName: id }));
  }
  const spoil = (): void =>
    void database.prepare('UPDATE person SET body = ? WHERE id = ?').run(body, 'b');
  return { database, people, noted, spoil };
}

const names = (people: readonly Person[]): string[] => people.map(({ name }) => name);

test.for([
  { what: 'of another shape', body: '{"id":"b"}' },
  { what: 'that is no JSON', body: '{"id":' },
  { what: 'that is empty', body: '' },
])('a row $what is left out of lists, named once and counted', async ({ body }) => {
  const { people, noted, spoil } = await anOffice(body);
  spoil();
  expect(names(await people.listAll())).toEqual(['a', 'c']);
  expect(names(await people.listAll())).toEqual(['a', 'c']);
  expect(noted).toEqual(['b']);
  expect([...people.unreadableIds]).toEqual(['b']);
});

test('whoever asks for that one is told which it is', async () => {
  const { people, spoil } = await anOffice();
  spoil();
  await expect(people.findById('b')).rejects.toThrow('人员 b 无法解读');
  await expect(people.findBySignInName('b')).rejects.toThrow(Unreadable);
  await expect(amend(people, 'b', (found) => found)).rejects.toThrow(Unreadable);
  expect(await people.findById('nobody')).toBeUndefined();
  expect((await people.findById('a'))?.name).toBe('a');
});

test('a row that was mended is counted no more', async () => {
  const { database, people, spoil } = await anOffice();
  const before = await people.findById('b');
  spoil();
  await people.listAll();
  database.prepare('UPDATE person SET body = ? WHERE id = ?').run(JSON.stringify(before), 'b');
  expect(names(await people.listAll())).toEqual(['a', 'b', 'c']);
  expect(people.unreadableIds.size).toBe(0);
});

/** Countdowns of a grave event, all due, the earliest of them spoiled. */
async function aNight(spoiled: number) {
  const { database, clock, deps } = openAlertingDeps();
  await createAlerting(deps).process([aGradedEvent('L2')]);
  clock.at = after(60);
  database.exec(
    `UPDATE countdown SET body = '{' WHERE id IN
     (SELECT id FROM countdown WHERE milestoneAt IS NOT NULL ORDER BY milestoneAt LIMIT ${spoiled})`,
  );
  return { database, clock, deps, countdowns: new SqliteCountdownStore(database) };
}

test('what is due behind an unreadable one is found, however few are asked for', async () => {
  const { countdowns, clock } = await aNight(2);
  const due = await countdowns.findDue(clock.at, 9);
  expect(due.length).toBeGreaterThan(1);
  expect(await countdowns.findDue(clock.at, 1)).toEqual(due.slice(0, 1));
});

test('the other countdowns of an event ring in time', async () => {
  const { deps } = await aNight(1);
  expect(await tickCountdowns(deps)).toBeGreaterThan(0);
});

test('what others decided is passed on behind one that cannot be read', async () => {
  const { database, countdowns, deps } = await aNight(0);
  await tickCountdowns(deps);
  const carrying = (await countdowns.findWithEffects(9)).length;
  expect(carrying).toBeGreaterThan(1);
  database.exec(
    `UPDATE countdown SET body = '{' WHERE effectsNo = (SELECT min(effectsNo) FROM countdown WHERE effectsNo > 0)`,
  );
  expect(await countdowns.findWithEffects(1)).toHaveLength(1);
  const passed: LogEntry[] = [];
  const append = async (_topic: string, entries: readonly LogEntry[]) =>
    void passed.push(...entries);
  const follow = async () => await Promise.reject(new Error('nobody follows'));
  expect(await relayEffects(countdowns, { append, follow })).toBeGreaterThan(0);
  expect(await countdowns.findWithEffects(9)).toEqual([]);
});
