import { actorOf, hasRole, newId, NotFound, Refused, ROLE_WORDS, type Person } from '#core';
import type { GroupingPack } from './grouping-pack.ts';
import type { OpinionEventStore } from '../ports.ts';
import type { OpinionEvent } from './opinion-event.ts';
import type { Regroup } from './regroup.ts';
import type { RegroupingStore } from './regrouping.ts';

type Rule = Pick<GroupingPack['regrouping'], 'roles'>;

/** An act of a person, with the reason that it must have. */
interface ByPerson {
  readonly reason: string;
  readonly actor: Person;
  readonly at: Date;
}

export const mayRegroup = (person: Person, { roles }: Rule): boolean => hasRole(person, ...roles);

/**
 * What people do about which lead belongs to which event.
 *
 * Each throws {Refused} when the role is missing or the event is not open, {NotFound} when there is no such event.
 */
export function createRegroupingDesk(deps: {
  readonly events: OpinionEventStore;
  readonly regroupings: RegroupingStore;
  readonly regroup: Regroup;
  readonly rule: Rule;
}) {
  const { events, regroupings, regroup, rule } = deps;
  const demandRole = (person: Person): void => {
    if (mayRegroup(person, rule)) return;
    const words = rule.roles.map((role) => ROLE_WORDS[role]).join('、');
    throw new Refused('ROLE_NEEDED', `归并调整须是：${words}`, 'forbidden');
  };
  const demand = async (eventId: string): Promise<OpinionEvent> => {
    const event = await events.findById(eventId);
    if (!event) throw new NotFound(events.kind, eventId);
    return event;
  };
  const order = ({ actor, at, reason }: ByPerson) => ({
    id: newId(),
    revision: 1,
    effects: [],
    state: 'begun' as const,
    actor: actorOf(actor),
    at,
    reason,
  });

  return {
    /** The event's leads go to the other. */
    mergeEvent: async (act: ByPerson & { eventId: string; intoId: string }): Promise<void> => {
      demandRole(act.actor);
      if (act.eventId === act.intoId) throw new Refused('SAME_EVENT', '不能并入自己', 'invalid');
      const [other, survivor] = [await demand(act.eventId), await demand(act.intoId)];
      await regroup.begin({
        ...order(act),
        kind: 'merge',
        eventId: survivor.id,
        title: survivor.title,
        otherId: other.id,
        otherTitle: other.title,
        leadIds: [],
      });
    },

    splitEvent: async (
      act: ByPerson & { eventId: string; leadIds: readonly string[]; title: string },
    ): Promise<void> => {
      demandRole(act.actor);
      const event = await demand(act.eventId);
      const ordered = order(act);
      await regroup.begin({
        ...ordered,
        kind: 'split',
        eventId: event.id,
        title: event.title,
        otherId: ordered.id,
        otherTitle: act.title,
        leadIds: [...act.leadIds],
      });
    },

    undoRegrouping: async ({ regroupingId, ...act }: ByPerson & { regroupingId: string }) => {
      demandRole(act.actor);
      await regroup.undo(regroupingId, { ...act, actor: actorOf(act.actor) });
    },

    answerRegrouping: async ({
      regroupingId,
      isAccepted,
      ...act
    }: ByPerson & { regroupingId: string; isAccepted: boolean }) => {
      demandRole(act.actor);
      const answer = { ...act, actor: actorOf(act.actor) };
      await (isAccepted
        ? regroup.accept(regroupingId, answer)
        : regroup.decline(regroupingId, answer));
    },

    previewMerge: async (eventId: string, intoId: string) => await regroup.preview(intoId, eventId),
    regroupingsOf: async (eventId: string) => await regroupings.listByEvent(eventId),
  };
}
