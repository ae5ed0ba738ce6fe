import { amend, MACHINE, NotFound, Refused, type Now, type Turns } from '#core';
import type { GradingContext } from '../grade/event-meter.ts';
import type { LeadStore, OpinionEventStore, PostStore } from '../ports.ts';
import type { Lead } from './lead.ts';
import { markMerged, mergeEvents } from './merge-events.ts';
import type { OpinionEvent } from './opinion-event.ts';
import { regroupingEffects, type Regrouping, type RegroupingStore } from './regrouping.ts';
import { openSplit, splitEvent } from './split-event.ts';
import { sumOfTerms } from './sum-of-terms.ts';
import { revive, unmergeEvents } from './unmerge-events.ts';
import type { Judging } from './update-event.ts';

export interface RegroupDeps {
  readonly regroupings: RegroupingStore;
  readonly events: OpinionEventStore;
  readonly leads: LeadStore;
  readonly posts: PostStore;
  readonly context: GradingContext;
  readonly eventTerms: number;
  readonly now: Now;
  /** Who decides which lead belongs to which event takes a turn: grouping, regrouping, judging again. */
  readonly turns: Turns;
  /** Told which events have other leads than before. */
  readonly regrouped: (eventIds: readonly string[]) => void;
}

/** Carries regroupings out, document by document; each step may be repeated. */
export interface Regroup {
  /** Stores a regrouping that is to be done, and does it. The one that is there already when it is. */
  begin(order: Regrouping): Promise<Regrouping>;
  /** Does what was proposed. @throws {Refused} when it was answered before */
  accept(id: string, answer: NonNullable<Regrouping['answer']>): Promise<Regrouping>;
  decline(id: string, answer: NonNullable<Regrouping['answer']>): Promise<Regrouping>;
  /** @throws {Refused} when it is not in force, or a later one rests on it */
  undo(id: string, answer: NonNullable<Regrouping['answer']>): Promise<Regrouping>;
  /** The event as a merge would leave it; nothing is stored. */
  preview(eventId: string, otherId: string): Promise<OpinionEvent>;
  /** Finishes what a crash or a failure interrupted. @returns how many */
  resume(): Promise<number>;
}

export function createRegroup(deps: RegroupDeps): Regroup {
  const { regroupings, events, leads, posts, turns } = deps;

  const carryOut = async (regrouping: Regrouping): Promise<Regrouping> => {
    const isUndoing = regrouping.state === 'undoing';
    // First the document that gives, then what moves, last the one that takes: found half way, a lead is in one
    // event or the other, and the event it is in or goes to is judged again in the end.
    if (regrouping.kind === 'merge') {
      await (isUndoing ? undoMerge(regrouping) : doMerge(regrouping));
    } else {
      await (isUndoing ? undoSplit(regrouping) : doSplit(regrouping));
    }
    deps.regrouped([regrouping.eventId, regrouping.otherId]);
    return await amend(regroupings, regrouping.id, (found) =>
      found.state === regrouping.state ? finished(found) : undefined,
    );
  };

  const doMerge = async (regrouping: Regrouping): Promise<void> => {
    const { eventId, otherId } = regrouping;
    const other = await amend(events, otherId, (found) => markMerged(found, eventId));
    await moveLeads(await leads.listByEvent(otherId), regrouping, eventId);
    const judging = await judgingOf(eventId);
    const act = { ...regrouping, at: regrouping.begunAt ?? regrouping.at };
    await amend(events, eventId, (found) => mergeEvents(found, other, act, judging));
  };

  const undoMerge = async (regrouping: Regrouping): Promise<void> => {
    const { id, eventId, otherId, leadIds, before, begunAt, otherState } = regrouping;
    if (!before || !otherState) return;
    const own = new Set(leadIds);
    const theirs = (await leads.listByEvent(eventId)).filter((lead) => own.has(lead.id));
    await moveLeads(theirs, regrouping, otherId);
    const left = await judgingOf(otherId);
    const other = await amend(events, otherId, (found) => revive(found, otherState, left));
    const judging = await judgingOf(eventId);
    const act = { id, before, at: begunAt ?? regrouping.at };
    await amend(events, eventId, (found) => unmergeEvents(found, act, other.findings, judging));
  };

  const doSplit = async (regrouping: Regrouping): Promise<void> => {
    const { eventId, otherId, leadIds } = regrouping;
    const event = await demand(eventId);
    const going = new Set(leadIds);
    const held = [...(await leads.listByEvent(eventId)), ...(await leads.listByEvent(otherId))];
    const moving = held.filter((lead) => going.has(lead.id));
    if (moving.length === 0) return;
    await events.create(openSplit(otherId, event, judging(moving)));
    await moveLeads(moving, regrouping, otherId);
    const left = await judgingOf(eventId);
    const act = { ...regrouping, at: regrouping.begunAt ?? regrouping.at };
    await amend(events, eventId, (found) => splitEvent(found, act, left));
  };

  /** The event that the split made goes back as in a merge: what people decided on it meanwhile counts. */
  const undoSplit = async (regrouping: Regrouping): Promise<void> => {
    const { id, eventId, otherId } = regrouping;
    const other = await amend(events, otherId, (found) => markMerged(found, eventId));
    await moveLeads(await leads.listByEvent(otherId), regrouping, eventId);
    const judging = await judgingOf(eventId);
    const { actor, at } = regrouping.answer ?? regrouping;
    const act = { id: `${id} undone`, actor, at };
    await amend(events, eventId, (found) => mergeEvents(found, other, act, judging));
  };

  /** Leads, and their posts, whether or not an earlier try has moved the lead itself. */
  const moveLeads = async (
    found: readonly Lead[],
    { leadIds }: Regrouping,
    toId: string,
  ): Promise<void> => {
    for (const id of new Set([...found.map((lead) => lead.id), ...leadIds])) {
      const isFound = found.some((lead) => lead.id === id);
      const lead = isFound
        ? await amend(leads, id, (one) =>
            one.eventId === toId ? undefined : { ...one, eventId: toId },
          )
        : await leads.findById(id);
      if (lead?.eventId !== toId) continue;
      for (const { postId } of lead.posts) {
        const post = await posts.findById(postId);
        if (post && post.eventId !== toId) await posts.saveMany([{ ...post, eventId: toId }]);
      }
    }
  };

  const judging = (found: readonly Lead[]): Judging => ({
    parts: { leads: found, terms: sumOfTerms(found, deps.eventTerms) },
    context: deps.context,
    until: deps.now(),
  });
  const judgingOf = async (eventId: string): Promise<Judging> =>
    judging(await leads.listByEvent(eventId));

  const demand = async (eventId: string): Promise<OpinionEvent> => {
    const event = await events.findById(eventId);
    if (!event) throw new NotFound(events.kind, eventId);
    return event;
  };

  /** The order with all that undoing needs, in the moment in which it is begun. */
  const begun = async (order: Regrouping): Promise<Regrouping> => {
    const event = await demand(order.eventId);
    demandOpen(event);
    const other = order.kind === 'merge' ? await demand(order.otherId) : undefined;
    if (other) demandOpen(other);
    const held = await leads.listByEvent(order.kind === 'merge' ? order.otherId : order.eventId);
    const ids = held.map(({ id }) => id);
    const moving = order.kind === 'merge' ? ids : ids.filter((id) => order.leadIds.includes(id));
    if (moving.length === 0 || (order.kind === 'split' && moving.length === ids.length)) {
      throw new Refused('LEADS_WRONG', '拆分须选一部分线索：不能一条不选，也不能全选', 'invalid');
    }
    const { state, proposal, knownAt, gradeHistory, findings, responseValue } = event;
    const { mustRespondReasons, confirmedGrade, triggeredAt, mustRespondAt, occurredAt } = event;
    return {
      ...order,
      leadIds: moving,
      state: 'begun',
      begunAt: deps.now(),
      ...(other && { otherState: other.state }),
      before: {
        state,
        proposal,
        knownAt,
        gradeHistory,
        findings,
        responseValue,
        mustRespondReasons,
        ...(confirmedGrade && { confirmedGrade }),
        ...(triggeredAt && { triggeredAt }),
        ...(mustRespondAt && { mustRespondAt }),
        ...(occurredAt && { occurredAt }),
      },
    };
  };

  return {
    begin: async (order) =>
      await turns.run(async () => {
        const ready = await begun(order);
        if (await regroupings.create(ready)) return await carryOut(ready);
        return (await regroupings.findById(order.id)) ?? ready;
      }),

    accept: async (id, answer) =>
      await turns.run(async () => {
        const found = await regroupings.findById(id);
        if (!found) throw new NotFound(regroupings.kind, id);
        demandState(found, 'proposed');
        const ready = { ...(await begun(found)), answer };
        return await carryOut(
          await amend(regroupings, id, (now) => (now.state === 'proposed' ? ready : undefined)),
        );
      }),

    decline: async (id, answer) =>
      await amend(regroupings, id, (found) => {
        demandState(found, 'proposed');
        const effects = [...found.effects, ...regroupingEffects(found, '不采纳', answer)];
        return { ...found, state: 'declined', answer, effects };
      }),

    undo: async (id, answer) =>
      await turns.run(async () => {
        const found = await regroupings.findById(id);
        if (!found) throw new NotFound(regroupings.kind, id);
        demandState(found, 'done');
        const about = [
          ...(await regroupings.listByEvent(found.eventId)),
          ...(await regroupings.listByEvent(found.otherId)),
        ];
        const later = about.find(
          (one) => one.id !== id && one.state === 'done' && begunLater(one, found),
        );
        if (later) {
          throw new Refused('REGROUPED_SINCE', `其后还有一次归并调整，请先撤销它：${later.reason}`);
        }
        return await carryOut(
          await amend(regroupings, id, (now) => ({ ...now, state: 'undoing', answer })),
        );
      }),

    preview: async (eventId, otherId) => {
      const [event, other] = [await demand(eventId), await demand(otherId)];
      demandOpen(event);
      demandOpen(other);
      const all = [...(await leads.listByEvent(eventId)), ...(await leads.listByEvent(otherId))];
      const act = { id: 'preview', actor: MACHINE, at: deps.now() };
      return mergeEvents(event, other, act, judging(all)) ?? event;
    },

    resume: async () =>
      await turns.run(async () => {
        const unfinished = await regroupings.listUnfinished();
        for (const one of unfinished) await carryOut(one);
        return unfinished.length;
      }),
  };
}

const begunLater = (one: Regrouping, than: Regrouping): boolean =>
  (one.begunAt ?? one.at) > (than.begunAt ?? than.at);

/** The regrouping after its last document, with the act for the record. */
function finished(found: Regrouping): Regrouping {
  if (found.state === 'undoing') {
    const told = regroupingEffects(found, '撤销', found.answer ?? found);
    return { ...found, state: 'undone', effects: [...found.effects, ...told] };
  }
  const { answer } = found;
  const told = regroupingEffects(found, '', answer ?? found);
  return { ...found, state: 'done', effects: [...found.effects, ...told] };
}

function demandOpen({ state, title }: OpinionEvent): void {
  if (state === 'merged' || state === 'closed' || state === 'archived') {
    throw new Refused('EVENT_NOT_OPEN', `《${title}》已合并、结案或归档，不能归并调整`);
  }
}

function demandState({ state }: Regrouping, wanted: Regrouping['state']): void {
  if (state !== wanted) throw new Refused('REGROUPING_ANSWERED', '这次归并调整已有人处理');
}
