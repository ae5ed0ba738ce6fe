import {
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  property,
  record,
  type Arbitrary,
} from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGroupKind, mergeNotices, planSending, type ChannelKind, type Notice } from '#alert';
import { paceIdOf } from '../../alert/plan-sending.ts';
import { aNotice, channelPack, NIGHT } from '../support/alerts.ts';

const { storm } = channelPack;

interface Made {
  readonly priority: number;
  readonly person: string;
  readonly event: number;
  readonly wasTried: boolean;
  readonly isDigest: boolean;
}

const made: Arbitrary<Made> = record({
  priority: constantFrom(0, 0, 1, 3, 5),
  person: constantFrom('zhang', 'li', 'wang'),
  event: integer({ min: 0, max: 40 }),
  wasTried: boolean(),
  isDigest: constantFrom(false, false, false, true),
});

function notices(kind: ChannelKind, all: readonly Made[]): Notice[] {
  return all
    .map(({ priority, person, event, wasTried, isDigest }, index) =>
      aNotice(`n${index}`, {
        channel: kind,
        priority,
        eventId: `event-${event}`,
        shortCode: `舆情#e${event}·第1步·第1次`,
        receiver: { personId: person, name: person, address: person },
        attempts: wasTried ? [{ at: NIGHT, result: 'temporary', detail: '' }] : [],
        isDigest,
        queuedAt: NIGHT,
      }),
    )
    .toSorted((a, b) => a.priority - b.priority);
}

const ids = (all: readonly Notice[]): string[] => all.map(({ id }) => id).toSorted();

describe('whatever is due, on whatever channel, with whatever room', () => {
  const someRoom = constantFrom(0, 1, 2, 5, 18, Number.POSITIVE_INFINITY);
  const kinds = constantFrom<ChannelKind[]>('email', 'sms', 'voice', 'wecom', 'dingtalk', 'feishu');

  test('each notice goes, waits or is merged, once; the room is kept; the gravest merge on robots only', () => {
    assert(
      property(kinds, array(made, { maxLength: 60 }), someRoom, someRoom, (kind, all, a, b) => {
        const due = notices(kind, all);
        const room = { grave: Math.max(a, b), normal: Math.min(a, b) };
        const plan = planSending({ kind, due, room, paces: new Map(), storm, now: NIGHT });

        const placed = [
          ...plan.send,
          ...plan.wait.map(({ notice }) => notice),
          ...plan.merge.flat(),
        ];
        expect(ids(placed)).toEqual(ids(due));
        const messages = plan.send.length + plan.merge.length;
        expect(messages).toBeLessThanOrEqual(room.grave);
        const graveMerged = plan.merge.flat().filter(({ priority }) => priority === 0);
        expect(graveMerged.length === 0 || isGroupKind(kind)).toBe(true);
        // Nothing that names others is merged again, and no group mixes receivers.
        expect(plan.merge.flat().some(({ isDigest }) => isDigest)).toBe(false);
        for (const group of plan.merge) expect(new Set(group.map(paceIdOf)).size).toBe(1);
        for (const { until } of plan.wait) expect(until > NIGHT).toBe(true);
        // Where nothing limits, no notice of priority 0 waits.
        const graveWaits = plan.wait.some(({ notice }) => notice.priority === 0);
        expect(graveWaits && room.grave === Number.POSITIVE_INFINITY).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('every merged notice is named by the message it points to, within the bytes of the channel', () => {
    assert(
      property(
        array(made, { minLength: 2, maxLength: 300 }),
        constantFrom(600, 2_048, 15_000, undefined),
        (all, mostBytes) => {
          const due = notices('wecom', all);
          const parts = mergeNotices(due, mostBytes, NIGHT);
          expect(ids(parts.flatMap(({ merged }) => merged))).toEqual(ids(due));
          for (const { digest, merged } of parts) {
            const whole = `${digest.subject}\n${digest.text}`;
            expect(Buffer.byteLength(whole)).toBeLessThanOrEqual(mostBytes ?? Infinity);
            const names = new Set(whole.match(/#e\d+/g));
            for (const { shortCode, mergedInto } of merged) {
              expect(names).toContain(/#e\d+/.exec(shortCode)?.[0]);
              expect(mergedInto).toBe(digest.id);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
