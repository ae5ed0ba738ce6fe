import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { EventRow, EventView, JudgingView, OrdersView, RegisterEntryView } from '#contract';
import { openDatabase, SqliteAuditTrail } from '#core/sqlite';
import { SqliteBreachRegister } from '../../alert/adapters/sqlite-breach-register.ts';
import { startDrill, type DrillProduct } from '../../config/drill.ts';
import { openDesks, type Desk } from '../../config/drill/desk-client.ts';
import { loadScenario } from '../../config/drill/scenario.ts';
import { drillPersonId } from '../../config/drill/script.ts';
import { SqliteReleaseRegister } from '../../respond/adapters/sqlite-release-register.ts';

const scenario = loadScenario();
/** Taken by a person before the scenario comes to it. */
const BY_HAND = 'message';

/** Two minutes by itself: `npm run soak -- drill`; what single acts do is tried on every change. */
const isAsked = process.env['HUIYING_LONG'] === 'drill';

describe.skipIf(!isAsked)(
  'the whole drill, from the first post of the accident to the closed event',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiying-whole-drill-'));
    let drill: DrillProduct;
    let desk: Desk;
    let eventId = '';

    const acts = () => drill.script.view().acts;
    /** Goes from act to act until this one, or all, are settled. */
    const playTo = async (actId?: string): Promise<void> =>
      await vi.waitFor(
        () => {
          drill.script.skip.start();
          const open = acts().filter(({ id, settledAt }) => !settledAt && id === (actId ?? id));
          expect(open).toEqual([]);
        },
        { timeout: 280_000, interval: 100 },
      );
    const as = (signInName: string): Desk => openDesks(drill.url)(drillPersonId(signInName));

    beforeAll(async () => {
      const options = { speed: 1, scenario: 'linjiang', folder, port: 0, isFresh: true };
      drill = await startDrill({ ...options, isActing: true });
      await playTo('order-accept-response');
      desk = as('lubaizhou');
      const rows = await desk.get('events', z.array(EventRow));
      eventId = rows.find(({ title }) => /坍塌|基坑|工地/.test(title))?.id ?? '';
      // A person takes over for one step; the scenario's people stop for as long.
      drill.script.players.setActing(false);
      const draft = {
        facts: [{ text: '事故造成4人死亡、6人受伤', source: '高新区应急指挥部' }],
        stance: '查明原因，公开结果',
        measures: [],
        qa: [],
        doNotSay: [],
      };
      const body = { kind: 'writeKeyMessage', draft };
      await as('shenqiuhe').post(`events/${eventId}/judging`, body);
      drill.script.players.setActing(true);
      await playTo();
    }, 300_000);
    let isOver = false;
    const end = async (): Promise<void> => {
      if (!isOver) await drill?.close();
      isOver = true;
    };
    afterAll(async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    });

    test('every act was played at its desk; the one a person had done was skipped with a word, and not done twice', async () => {
      expect(acts().map(({ id, state }) => [id, state])).toEqual(
        scenario.acts.map(({ id }) => [id, id === BY_HAND ? 'skipped' : 'played']),
      );
      expect(acts().find(({ id }) => id === BY_HAND)?.says).toBe('沈秋禾已经拟写');
      const { keyMessages } = await desk.get(`events/${eventId}/judging`, JudgingView);
      expect(keyMessages.map(({ writer, approved }) => [writer, approved?.by])).toEqual([
        ['沈秋禾', '纪文澜'],
      ]);
    });

    test('the event is closed with every condition met, and evaluated', async () => {
      const event = await desk.get(`events/${eventId}`, EventView);
      expect(event.state).toBe('closed');
      const graded = event.alerts.filter(({ about }) => about === 'event');
      // Nobody is called any more over what is closed.
      expect(
        graded.map(({ state, next, acknowledgedBy }) => [state, next, acknowledgedBy]),
      ).toEqual([['handled', undefined, '顾明远']]);
      const judging = await desk.get(`events/${eventId}/judging`, JudgingView);
      expect(judging.path.map(({ name, state }) => `${name} ${state}`)).toEqual([
        '研判 done',
        '会商 done',
        '处置 done',
        '回应 done',
        '评估 done',
        '结案 done',
      ]);
      expect(judging.evaluation?.closed).toMatchObject({ by: '纪文澜', unmet: [] });
      expect(judging.evaluation?.evaluated?.score).toBeGreaterThan(0);
      expect(judging.missed.map(({ name, causes }) => [name, causes.map(({ by }) => by)])).toEqual([
        ['启动预案', ['陆柏舟']],
      ]);
    });

    test('every countdown ended as the scenario intends', async () => {
      const { allCountdowns } = await desk.get(`events/${eventId}`, EventView);
      const { orders } = await desk.get(`events/${eventId}/orders`, OrdersView);
      expect(orders.map(({ state, decisionId }) => [state, decisionId !== undefined])).toEqual([
        ['done', true],
        ['done', true],
      ]);
      const ends = allCountdowns.map(({ code, name, state }) => ({ code, name, state }));
      const sorted = (all: readonly object[]) => all.map((one) => JSON.stringify(one)).toSorted();
      expect(sorted(ends)).toEqual(sorted(scenario.ends));
    });

    test('the register holds what was published, and the pages read as they were approved', async () => {
      const entries = await desk.get('register', z.array(RegisterEntryView));
      expect(entries.map(({ position, publisher }) => [position, publisher])).toEqual([
        [3, '阮青池'],
        [2, '阮青池'],
        [1, '阮青池'],
      ]);
      expect(entries.map(({ snapshot }) => [snapshot?.state, snapshot?.isWrong])).toEqual(
        entries.map(() => ['kept', false]),
      );
    });

    test('every chain of records verifies once the drill is over', async () => {
      await end();
      const database = openDatabase(join(folder, 'records.db'));
      const chains = [
        new SqliteAuditTrail(database),
        new SqliteReleaseRegister(database),
        new SqliteBreachRegister(database),
      ];
      const breaks = await Promise.all(chains.map(async (chain) => await chain.findBreak()));
      database.close();
      expect(breaks).toEqual([undefined, undefined, undefined]);
    });
  },
);
