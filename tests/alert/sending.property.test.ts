import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  armCountdowns,
  isGroupKind,
  mergeNotices,
  planSending,
  type ChannelKind,
  type Countdown,
  type CountdownStore,
  type Notice,
} from '#alert';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import { roomUnder } from '../../alert/send-limits.ts';
import { SqliteOutbox } from '../../alert/adapters/sqlite-outbox.ts';
import { openDatabase } from '#core/sqlite';
import {
  aGradedEvent,
  after,
  aNotice,
  armingRules,
  channelPack,
  NIGHT,
} from '../support/alerts.ts';

/**
 * The promises about sending, each with mutants that break it and are caught by its name. I1 to I9, I12 and I13 stand
 * in duties.property.test.ts; I14, that no GET changes anything, in tests/limits.test.ts, whose control is that every
 * act does.
 */
const RUNS = 500;

function caughtBy<T>(property: fc.IPropertyWithHooks<T>): string | undefined {
  const found = fc.check(property, { numRuns: RUNS, seed: 7, endOnFailure: true });
  return found.failed ? /I\d+/.exec(String(found.errorInstance))?.[0] : undefined;
}

type PlanParts = Parameters<typeof planSending>[0];
interface Sending {
  readonly plan: (
    parts: PlanParts,
  ) => Pick<ReturnType<typeof planSending>, 'send' | 'wait' | 'merge'>;
  readonly merge: typeof mergeNotices;
}

const kinds = fc.constantFrom<ChannelKind[]>(
  'email',
  'sms',
  'voice',
  'wecom',
  'dingtalk',
  'feishu',
);
const graves = (kind: ChannelKind, events: readonly number[]): Notice[] =>
  events.map((event, index) =>
    aNotice(`n${index}`, {
      channel: kind,
      priority: 0,
      eventId: `event-${event}`,
      shortCode: `舆情#e${event}·第1步·第1次`,
      queuedAt: NIGHT,
    }),
  );

const nothingGraveIsDropped = ({ plan, merge }: Sending) =>
  fc.property(
    kinds,
    fc.array(fc.nat(300), { maxLength: 80 }),
    fc.constantFrom(0, 1, 2, 5, 18, Number.POSITIVE_INFINITY),
    (kind, events, grave) => {
      const due = graves(kind, events);
      const room = { grave, normal: 0 };
      const { storm } = channelPack;
      const planned = plan({ kind, due, room, paces: new Map(), storm, now: NIGHT });
      const placed = new Set(
        [...planned.send, ...planned.wait.map(({ notice }) => notice), ...planned.merge.flat()].map(
          ({ id }) => id,
        ),
      );
      if (placed.size !== due.length) throw new Error('I10 a notice of priority 0 was dropped');
      if (planned.merge.length > 0 && !isGroupKind(kind)) {
        throw new Error('I10 merged where there is no need');
      }
      for (const group of planned.merge) {
        const said = merge(group, 4_096, NIGHT)
          .map(({ digest }) => digest.text)
          .join(' ');
        for (const { shortCode } of group) {
          const code = /#[^·]+/.exec(shortCode)?.[0] ?? '';
          if (!new RegExp(`${code}(?!\\d)`).test(said)) {
            throw new Error(`I10 the merged message does not name ${code}`);
          }
        }
      }
    },
  );

describe('I10 nothing of priority 0 is dropped, or merged but on a robot into a message that names it', () => {
  const sound: Sending = { plan: planSending, merge: mergeNotices };

  test('holds', () => expect(caughtBy(nothingGraveIsDropped(sound))).toBeUndefined());

  test.for<{ what: string; change: Partial<Sending> }>([
    {
      what: 'forgets what finds no room',
      change: { plan: (parts) => ({ ...planSending(parts), wait: [] }) },
    },
    {
      what: 'merges mails as it does on a robot',
      change: {
        plan: (parts) => {
          const { send, wait, merge } = planSending(parts);
          return { send: [], wait, merge: send.length > 1 ? [...merge, send] : merge };
        },
      },
    },
    {
      what: 'leaves the last event out of the merged message',
      change: {
        merge: (notices, ...rest) =>
          mergeNotices(notices.length > 1 ? notices.slice(0, -1) : notices, ...rest),
      },
    },
  ])('a product that $what is caught', ({ change }) => {
    expect(caughtBy(nothingGraveIsDropped({ ...sound, ...change }))).toBe('I10');
  });
});

const LIMIT = { perMs: 60_000, most: 18, reserved: 4, each: 'route' } as const;

const rateIsKept = (roomOf: typeof roomUnder) =>
  fc.property(
    fc.array(
      // Bursts, then exactly a minute: where a count is most easily wrong.
      fc.oneof(
        { weight: 14, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.constant(60_000) },
        { weight: 1, arbitrary: fc.constantFrom(1, 250, 3_000, 29_999) },
      ),
      { minLength: 40, maxLength: 90 },
    ),
    (gaps) => {
      const sent: number[] = [];
      let nowMs = NIGHT.getTime();
      for (const gap of gaps) {
        nowMs += gap;
        const times = sent.map((ms) => new Date(ms));
        if (roomOf([LIMIT], () => times, new Date(nowMs)).grave > 0) sent.push(nowMs);
      }
      for (const from of sent) {
        const inside = sent.filter((ms) => ms >= from && ms <= from + LIMIT.perMs);
        if (inside.length > LIMIT.most) throw new Error(`I11 ${inside.length} in one minute`);
      }
    },
  );

describe('I11 no sliding minute holds more than a robot allows', () => {
  test('holds', () => expect(caughtBy(rateIsKept(roomUnder))).toBeUndefined());

  test.for<{ what: string; change: typeof roomUnder }>([
    {
      what: 'begins to count anew with each minute of the clock',
      change: (limits, timesUnder, now) => {
        const minute = Math.floor(now.getTime() / LIMIT.perMs);
        const times = (limit: (typeof limits)[number]) =>
          timesUnder(limit).filter((at) => Math.floor(at.getTime() / LIMIT.perMs) === minute);
        return roomUnder(limits, times, now);
      },
    },
    {
      what: 'forgets a send at the very end of its minute',
      change: (limits, timesUnder, now) =>
        roomUnder(
          limits.map((limit) => ({ ...limit, perMs: limit.perMs - 1 })),
          timesUnder,
          now,
        ),
    },
  ])('a product that $what is caught', ({ change }) => {
    expect(caughtBy(rateIsKept(change))).toBe('I11');
  });
});

type Lease = SqliteOutbox['lease'];

const eachIsTakenOnce = (wrap: (lease: Lease) => Lease) =>
  fc.asyncProperty(
    fc.array(
      fc.record({
        holder: fc.constantFrom('first', 'second'),
        wants: fc.subarray([0, 1, 2, 3, 4]),
      }),
      { minLength: 2, maxLength: 8 },
    ),
    async (tries) => {
      const database = openDatabase(':memory:');
      const instances = {
        first: new SqliteOutbox(database),
        second: new SqliteOutbox(database),
      };
      const all = [0, 1, 2, 3, 4].map((index) => aNotice(`n${index}`));
      for (const one of all) await instances.first.create(one);
      const taken = new Map<string, string>();
      // Both have read the same list before either takes from it.
      for (const { holder, wants } of tries) {
        const outbox = instances[holder === 'first' ? 'first' : 'second'];
        const lease = wrap(outbox.lease.bind(outbox));
        const wanted = all.filter((_, index) => wants.includes(index));
        for (const { id } of await lease(wanted, holder, after(1))) {
          if (taken.has(id)) throw new Error(`I15 ${id} was taken twice`);
          taken.set(id, holder);
        }
      }
    },
  );

describe('I15 of two instances one takes a notice, whichever comes first', () => {
  const check = async (wrap: (lease: Lease) => Lease) => {
    const found = await fc.check(eachIsTakenOnce(wrap), { numRuns: 60, seed: 7 });
    return found.failed ? /I\d+/.exec(String(found.errorInstance))?.[0] : undefined;
  };

  test('holds', async () => expect(await check((lease) => lease)).toBeUndefined());

  test('a product that sends what it read, without asking who holds it, is caught', async () => {
    const takesAll =
      (lease: Lease): Lease =>
      async (notices, by, until) => {
        await lease(notices, by, until);
        return [...notices];
      };
    expect(await check(takesAll)).toBe('I15');
  });
});

type ReplaceAll = CountdownStore['replaceAll'];

/** Each of two instances reads a countdown, and writes a line into the one that it read last. */
const eachTransitionCountsOnce = (wrap: (store: CountdownStore) => ReplaceAll) =>
  fc.asyncProperty(
    fc.array(fc.record({ who: fc.constantFrom(0, 1), does: fc.constantFrom('reads', 'writes') }), {
      minLength: 2,
      maxLength: 12,
    }),
    async (steps) => {
      const database = openDatabase(':memory:');
      const stores = [new SqliteCountdownStore(database), new SqliteCountdownStore(database)];
      const [armed] = armCountdowns(aGradedEvent('L2'), [], armingRules, NIGHT);
      if (!armed) throw new Error('nothing to change');
      await stores[0]?.create(armed);
      const held = [armed, armed];
      let taken = 0;
      for (const { who, does } of steps) {
        const [store, mine] = [stores[who], held[who]];
        if (!store || !mine) continue;
        if (does === 'reads') {
          held[who] = (await store.findById(armed.id)) ?? mine;
          continue;
        }
        const line = { at: NIGHT, what: `instance ${who}, ${taken}` };
        const next = {
          ...mine,
          revision: mine.revision + 1,
          history: [...mine.history, { ...mine.history[0], ...line }],
        } as Countdown;
        if ((await wrap(store)([next])).length > 0) continue;
        taken += 1;
        held[who] = next;
      }
      const kept = (await stores[1]?.findById(armed.id))?.history.length ?? 0;
      if (kept !== armed.history.length + taken) {
        throw new Error(`I15 ${taken} transitions were taken, ${kept} lines are kept`);
      }
    },
  );

describe('I15 of two instances that change one countdown, none writes over the other', () => {
  const check = async (wrap: (store: CountdownStore) => ReplaceAll) => {
    const found = await fc.check(eachTransitionCountsOnce(wrap), { numRuns: 100, seed: 7 });
    return found.failed ? /I\d+/.exec(String(found.errorInstance))?.[0] : undefined;
  };

  test('holds', async () =>
    expect(await check((store) => store.replaceAll.bind(store))).toBeUndefined());

  test('a product that writes without asking what stands there is caught', async () => {
    const blindly =
      (store: CountdownStore): ReplaceAll =>
      async (countdowns) => {
        const asked: Countdown[] = [];
        for (const one of countdowns) {
          const revision = ((await store.findById(one.id))?.revision ?? 0) + 1;
          asked.push({ ...one, revision });
        }
        return await store.replaceAll(asked);
      };
    expect(await check(blindly)).toBe('I15');
  });
});
