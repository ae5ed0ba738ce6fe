import { expect, test } from 'vitest';
import type { Act } from '../../config/drill/act.ts';
import { DeskRefusal, type Desk } from '../../config/drill/desk-client.ts';
import { createPlayers, type PlayersState } from '../../config/drill/players.ts';
import { loadScenario } from '../../config/drill/scenario.ts';

const scenario = loadScenario();
const STARTED_AT = new Date('2026-11-24T00:00:00Z');
const refusal = (status: number): DeskRefusal =>
  new DeskRefusal({ type: 'about:blank', title: '不能这样', status, code: 'NO' });

/** The people of the scenario before a desk that answers every question with the same failure. */
function before(desk: Partial<Desk>, acts: readonly Act[], state?: PlayersState) {
  const saved: PlayersState[] = [];
  let minute = 0;
  const nothing = async (): Promise<never> => await Promise.reject(new Error('nobody asked'));
  const players = createPlayers({
    scenario: { ...scenario, acts: [...acts] },
    moment: { startedAt: STARTED_AT, pageOf: (id) => `http://127.0.0.1/${id}` },
    elapsedMinutes: () => minute,
    now: () => new Date(STARTED_AT.getTime() + minute * 60_000),
    personOf: (name) => name,
    deskOf: () => ({ get: nothing, post: nothing, ...desk }),
    state: state ?? { isActing: true, played: [] },
    save: (next) => void saved.push(next),
  });
  return { players, saved, to: (at: number) => (minute = at) };
}
const [first] = scenario.acts;
const act = first!;

test('what was settled before a restart is not tried again', async () => {
  const played = [{ actId: act.id, outcome: 'played', at: STARTED_AT, says: '' }] as const;
  const { players, to } = before({}, [act], { isActing: true, played: [...played] });
  to(act.minute + 1);
  expect(await players.step()).toBe(0);
});

test('nobody acts before the minute, nor while a person holds them', async () => {
  const { players, to } = before({}, [act]);
  to(act.minute - 1);
  expect(await players.step()).toBe(0);
  players.setActing(false);
  to(act.minute + 1);
  expect(await players.step()).toBe(0);
});

test('a refusal stands after the third, with the words of the desk, and is written down first', async () => {
  const get = async (): Promise<never> => await Promise.reject(refusal(409));
  const { players, saved, to } = before({ get }, [act]);
  to(act.minute + 1);
  expect([await players.step(), await players.step(), await players.step()]).toEqual([0, 0, 1]);
  expect(saved.at(-1)?.played).toMatchObject([
    { actId: act.id, outcome: 'refused', says: '不能这样' },
  ]);
  expect(await players.step()).toBe(0);
});

test.for([401, 429, 503])('an answer of %i is no refusal of the act', async (status) => {
  const get = async (): Promise<never> => await Promise.reject(refusal(status));
  const { players, to } = before({ get }, [act]);
  to(act.minute + 1);
  for (let tries = 0; tries < 5; tries += 1) expect(await players.step()).toBe(0);
  expect(players.state().played).toEqual([]);
});

test('what cannot be done in four hours is passed over, with what it waited for', async () => {
  const get = (async () => []) as Desk['get'];
  const { players, to } = before({ get }, [act]);
  to(act.minute + 1);
  expect(await players.step()).toBe(0);
  expect(players.waitingFor(act.id)).toBe('还没有这一事件');
  to(act.minute + 241);
  expect(await players.step()).toBe(1);
  expect(players.state().played).toMatchObject([{ outcome: 'passed', says: '还没有这一事件' }]);
});
