import { describe, expect, test } from 'vitest';
import { AUDIT_TOPIC, type Person, type Role } from '#core';
import { openDatabase, SqlitePersonStore } from '#core/sqlite';
import {
  addLeave,
  addOverride,
  answerSwap,
  askSwap,
  createDutyReader,
  setPlan,
  withdrawChange,
  type RosterDeps,
} from '#alert';
import { SqliteRosterStore } from '../../../alert/adapters/sqlite-roster-store.ts';
import { dutyPack } from '../../support/packs.ts';
import { aPerson } from '../../support/people.ts';
import { beijing, calendar, SHIFTS } from '../../support/rosters.ts';

const NOW = beijing('2026-03-02 09:00');
const OFFICERS = ['a', 'b', 'c', 'd', 'e', 'z'];

async function anOffice() {
  const database = openDatabase(':memory:');
  const people = new SqlitePersonStore(database);
  const hire = async (id: string, roles: readonly Role[]): Promise<Person> => {
    const person = aPerson(id, roles, { name: id.toUpperCase() });
    await people.create(person);
    return person;
  };
  const officers = new Map<string, Person>();
  for (const id of OFFICERS) officers.set(id, await hire(id, ['dutyOfficer']));
  for (const id of ['x', 'y']) await hire(id, ['deputyLeader']);
  const head = await hire('head', ['opinionLead']);
  const rosters = new SqliteRosterStore(database);
  const deps: RosterDeps = { rosters, people, calendar, pack: dutyPack };
  let byHand = {};
  const reader = createDutyReader({ ...deps, byHand: async () => byHand });
  const act = { actor: head, at: NOW };
  const plan = { from: '2026-03-02', shifts: [...SHIFTS] };
  return {
    deps,
    head,
    act,
    plan,
    people,
    officer: (id: string): Person => officers.get(id) as Person,
    setByHand: (duty: object) => (byHand = duty),
    firstAt: async (minute: string) =>
      (await reader.onDuty(beijing(minute))).first.map(({ personId }) => personId),
    start: async () => await setPlan(deps, { ...act, plan, fallback: ['z'] }),
  };
}

describe('a plan', () => {
  test('is set by who keeps the roster, with a record, and from then on says who is called', async () => {
    const { start, firstAt, setByHand } = await anOffice();
    setByHand({ firstId: 'e' });
    expect(await firstAt('2026-03-02 10:00')).toEqual(['e']);
    const roster = await start();
    expect(roster.effects.map(({ topic }) => topic)).toEqual([AUDIT_TOPIC]);
    expect(await firstAt('2026-03-02 08:29')).toEqual(['e']);
    expect(await firstAt('2026-03-02 10:00')).toEqual(['a']);
    expect(await firstAt('2026-03-03 10:00')).toEqual(['b']);
  });

  test.for([
    { what: 'an empty fallback list', change: { fallback: [] }, says: '后备名单不能为空' },
    {
      what: 'weekends without a shift',
      shifts: SHIFTS.filter(({ id }) => id !== 'rest'),
      says: '没有值班员；请让班次首尾相接',
    },
    {
      what: 'a hole between two shifts',
      shifts: SHIFTS.map((one) => (one.id === 'night' ? { ...one, from: '18:00' } : one)),
      says: '17:30 至 2026-03-03 18:00 没有值班员',
    },
    { what: 'yesterday', from: '2026-03-01', says: '班次最早从 2026-03-02 起' },
    { what: 'somebody who is no duty officer', change: { fallback: ['x'] }, says: 'X不是值班员' },
    { what: 'somebody who is not there', change: { fallback: ['nobody'] }, says: '没有这个人' },
  ])('with $what is refused', async ({ change, shifts, from, says }) => {
    const { deps, act, plan } = await anOffice();
    const wrong = { from: from ?? plan.from, shifts: [...(shifts ?? plan.shifts)] };
    await expect(
      setPlan(deps, { ...act, fallback: ['z'], ...change, plan: wrong }),
    ).rejects.toThrow(says);
    expect(await deps.rosters.findById('roster')).toBeUndefined();
  });

  test('by somebody else is refused, and a second one cannot change today', async () => {
    const { deps, act, plan, start, officer } = await anOffice();
    const other = { ...act, actor: officer('a'), plan, fallback: ['z'] };
    await expect(setPlan(deps, other)).rejects.toThrow('值班表由舆情工作负责人或系统管理员编排');
    await start();
    await expect(setPlan(deps, { ...act, plan, fallback: ['z'] })).rejects.toThrow(
      '最早从 2026-03-03 起',
    );
  });
});

describe('a change', () => {
  test('an override counts from now on at the earliest, and until it is withdrawn', async () => {
    const { deps, act, start, firstAt } = await anOffice();
    await start();
    const times = { from: beijing('2026-03-02 08:30'), to: beijing('2026-03-02 17:30') };
    const roster = await addOverride(deps, {
      ...act,
      ...times,
      seat: 'first',
      personId: 'e',
      reason: '开会',
    });
    expect(await firstAt('2026-03-02 08:45')).toEqual(['a']);
    expect(await firstAt('2026-03-02 09:00')).toEqual(['e']);
    const [{ id: changeId } = { id: '' }] = roster.overrides;
    await withdrawChange(deps, { ...act, at: beijing('2026-03-02 12:00'), changeId });
    expect(await firstAt('2026-03-02 11:59')).toEqual(['e']);
    expect(await firstAt('2026-03-02 12:00')).toEqual(['a']);
  });

  test('leave puts the replacement in the seat, and nobody replaces themselves', async () => {
    const { deps, act, start, firstAt } = await anOffice();
    await start();
    const leave = { ...act, personId: 'b', from: '2026-03-03', to: '2026-03-03', reason: '病假' };
    await expect(addLeave(deps, { ...leave, replacementId: 'b' })).rejects.toThrow(
      '替班须另有其人',
    );
    await addLeave(deps, { ...leave, replacementId: 'd' });
    expect(await firstAt('2026-03-03 10:00')).toEqual(['d']);
  });

  test('a swap is asked with one’s own slot, and the other’s yes makes it', async () => {
    const { deps, act, start, firstAt, officer } = await anOffice();
    await start();
    const mine = { day: '2026-03-04', shiftId: 'day', seat: 'first' as const };
    const theirs = { day: '2026-03-05', shiftId: 'day', seat: 'first' as const };
    const ask = { at: act.at, mine, theirs, reason: '家中有事' };
    expect([await firstAt('2026-03-04 10:00'), await firstAt('2026-03-05 10:00')]).toEqual([
      ['c'],
      ['a'],
    ]);
    await expect(askSwap(deps, { ...ask, actor: officer('b') })).rejects.toThrow('只能用自己');
    const roster = await askSwap(deps, { ...ask, actor: officer('c') });
    const answer = { at: act.at, swapId: roster.swaps[0]?.id ?? '', isAccepted: true };
    await expect(answerSwap(deps, { ...answer, actor: officer('c') })).rejects.toThrow(
      '没有征求您的同意',
    );
    expect(await firstAt('2026-03-04 10:00')).toEqual(['c']);
    await answerSwap(deps, { ...answer, actor: officer('a') });
    expect([await firstAt('2026-03-04 10:00'), await firstAt('2026-03-05 10:00')]).toEqual([
      ['a'],
      ['c'],
    ]);
  });

  test('a swap whose shift has begun meanwhile is no longer made', async () => {
    const { deps, act, start, officer } = await anOffice();
    await start();
    const mine = { day: '2026-03-04', shiftId: 'day', seat: 'first' as const };
    const theirs = { day: '2026-03-05', shiftId: 'day', seat: 'first' as const };
    const roster = await askSwap(deps, {
      at: act.at,
      actor: officer('c'),
      mine,
      theirs,
      reason: '有事',
    });
    const late = {
      at: beijing('2026-03-04 08:30'),
      actor: officer('a'),
      swapId: roster.swaps[0]?.id ?? '',
    };
    await expect(answerSwap(deps, { ...late, isAccepted: true })).rejects.toThrow('不能再换');
  });
});
