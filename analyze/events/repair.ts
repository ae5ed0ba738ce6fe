import { idOf, MACHINE, type Now } from '#core';
import type { LeadStore, OpinionEventStore } from '../ports.ts';
import type { GroupingPack } from './grouping-pack.ts';
import type { OpinionEvent } from './opinion-event.ts';
import type { Regroup } from './regroup.ts';
import { regroupingEffects, type Regrouping, type RegroupingStore } from './regrouping.ts';
import { findMerges, findParts } from './repair-events.ts';

export interface RepairDeps {
  readonly events: OpinionEventStore;
  readonly leads: LeadStore;
  readonly regroupings: RegroupingStore;
  readonly regroup: Regroup;
  readonly grouping: GroupingPack;
  readonly now: Now;
  /** A start has enough to do: not before this. */
  readonly firstAt?: Date;
}

/**
 * Looks over the open events and mends what grouping got wrong one post at a time: events of one happening become
 * one, an event of several comes apart. Each is done once, is on record, and can be undone; where a person has decided
 * on the event it is only proposed. What was split, undone or declined is not joined again by the machine.
 *
 * @returns a step that tells how many regroupings it did or proposed
 */
export function createRepair(deps: RepairDeps): () => Promise<number> {
  const { events, leads, regroupings, regroup, grouping, now } = deps;
  let nextAt = deps.firstAt?.getTime() ?? 0;
  /** Events as they were looked at last: what did not change needs no second look. */
  let looked = new Map<string, number>();

  const mergeThem = async (open: readonly OpinionEvent[]): Promise<number> => {
    const byId = new Map(open.map((event) => [event.id, event]));
    let count = 0;
    for (const { survivorId, otherId, similarity } of findMerges(open, grouping)) {
      const [event, other] = [byId.get(survivorId), byId.get(otherId)];
      if (!event || !other || (await areApart(event.id, other.id))) continue;
      const { mostLeads } = grouping.regrouping.merge;
      const all = [...(await leads.listByEvent(survivorId)), ...(await leads.listByEvent(otherId))];
      const isSure =
        all.length <= mostLeads && !(await isDecided(event)) && !(await isDecided(other));
      count += await put(
        {
          ...machineOrder(['merge', survivorId, otherId]),
          kind: 'merge',
          eventId: survivorId,
          title: event.title,
          otherId,
          otherTitle: other.title,
          leadIds: [],
          similarity,
          reason: `系统复查：相似度${similarity.toFixed(2)}，地点相容`,
        },
        isSure,
      );
    }
    return count;
  };

  const splitThem = async (open: readonly OpinionEvent[]): Promise<number> => {
    let count = 0;
    for (const event of open) {
      const about = await regroupings.listByEvent(event.id);
      // What was joined on purpose is not taken apart by the machine: it would be joined again, and so on for ever.
      if (about.some(({ kind, state }) => kind === 'merge' && state === 'done')) continue;
      const [, ...parts] = findParts(await leads.listByEvent(event.id), grouping);
      const isSure = !(await isDecided(event));
      for (const part of parts) {
        const leadIds = part.map(({ id }) => id);
        const order = machineOrder(['split', event.id, ...leadIds]);
        count += await put(
          {
            ...order,
            kind: 'split',
            eventId: event.id,
            title: event.title,
            otherId: order.id,
            otherTitle: part[0]?.title ?? '',
            leadIds,
            reason: '系统复查：线索之间相近度太低，按更严的门槛重归',
          },
          isSure,
        );
      }
    }
    return count;
  };

  const machineOrder = (parts: readonly string[]) => ({
    id: idOf('regrouping', ...parts),
    revision: 1,
    effects: [],
    actor: MACHINE,
    at: now(),
  });

  /** Done at once, or put before people; the same one never twice, whatever became of it. */
  const put = async (order: Omit<Regrouping, 'state'>, isSure: boolean): Promise<number> => {
    if (await regroupings.findById(order.id)) return 0;
    if (isSure) {
      await regroup.begin({ ...order, state: 'begun' });
      return 1;
    }
    const proposed: Regrouping = { ...order, state: 'proposed' };
    return Number(
      await regroupings.create({
        ...proposed,
        effects: regroupingEffects(proposed, '建议', order),
      }),
    );
  };

  /** A person confirmed a grade, took the event on, or merged, split or answered for it. */
  const isDecided = async ({ id, state, confirmedGrade }: OpinionEvent): Promise<boolean> =>
    confirmedGrade !== undefined ||
    state !== 'registered' ||
    (await regroupings.listByEvent(id)).some(
      ({ actor, answer }) => actor.personId !== MACHINE.personId || answer !== undefined,
    );

  /** Split, undone or declined before: the leads of the two live where those events live now. */
  const areApart = async (a: string, b: string): Promise<boolean> => {
    const about = [...(await regroupings.listByEvent(a)), ...(await regroupings.listByEvent(b))];
    for (const { kind, state, eventId, otherId } of about) {
      const isKept =
        kind === 'split' ? state === 'done' : state === 'undone' || state === 'declined';
      if (!isKept) continue;
      const homes = [await homeOf(eventId), await homeOf(otherId)];
      if (homes.includes(a) && homes.includes(b)) return true;
    }
    return false;
  };

  const homeOf = async (eventId: string): Promise<string> => {
    const into = (await events.findById(eventId))?.mergedInto;
    return into === undefined ? eventId : await homeOf(into);
  };

  return async () => {
    const at = now();
    if (at.getTime() < nextAt) return 0;
    nextAt = at.getTime() + grouping.regrouping.everyMs;
    await regroup.resume();
    const since = new Date(at.getTime() - grouping.events.silenceMs);
    const open = await events.listOpenSince(since);
    const fresh = open.filter(({ id, postCount }) => looked.get(id) !== postCount);
    const count = (await splitThem(fresh)) + (await mergeThem(await events.listOpenSince(since)));
    looked = new Map(open.map(({ id, postCount }) => [id, postCount]));
    return count;
  };
}
