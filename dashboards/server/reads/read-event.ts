import { NotFound, type Person } from '#core';
import type { EventView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import { toEventView } from '../views/to-event-view.ts';
import { readNextCalls } from './read-alert.ts';

/** Texts shown on one event page; the others are found by searching. */
const MOST_POSTS = 500;

export type EventReadDeps = Pick<
  ServerDeps,
  | 'events'
  | 'leads'
  | 'posts'
  | 'alerts'
  | 'countdowns'
  | 'outbox'
  | 'releases'
  | 'audit'
  | 'sources'
  | 'rules'
>;

/** @throws {NotFound} */
export async function readEventView(
  deps: EventReadDeps,
  eventId: string,
  person: Person,
): Promise<EventView> {
  const event = await deps.events.findById(eventId);
  if (!event) throw new NotFound(deps.events.kind, eventId);
  const [leads, posts, alerts, notices, countdowns, releases, audit, sourceNames] =
    await Promise.all([
      deps.leads.listByEvent(eventId),
      deps.posts.listByEvent(eventId, MOST_POSTS),
      deps.alerts.listByEvent(eventId),
      deps.outbox.listByEvent(eventId),
      deps.countdowns.listByEvent(eventId),
      deps.releases.listByEvent(eventId),
      deps.audit.listByEvent(eventId),
      deps.sources.names(),
    ]);
  const nextCalls = await readNextCalls(deps, alerts);
  const proposals = await deps.rules.proposalsOf(event);
  // A merged event goes on under another one: nothing is decided here any more.
  const mayAct = event.state !== 'merged';
  const mayRegroup = deps.rules.mayRegroup(person);
  const may = !mayAct
    ? []
    : [
        ...(mayRegroup ? ['regroup'] : []),
        ...deps.rules.mayDecide(event, person),
        ...(deps.rules.mayCorrect(person) ? ['correctProposal'] : []),
        ...(deps.rules.mayDraftRelease(event, person) ? ['draftRelease'] : []),
        ...(deps.rules.mayRecordConference(person) ? ['recordConference'] : []),
        ...(deps.rules.mayPlanConference(person) ? ['planConference'] : []),
        ...(deps.rules.mayIssueOrders(person) ? ['issueOrders'] : []),
        ...(deps.rules.maySupervise(person) ? ['supervise'] : []),
      ];
  return toEventView({
    event,
    leads,
    posts,
    alerts,
    notices,
    countdowns,
    releases,
    audit,
    sourceNames,
    nextCalls,
    proposals,
    may,
    mayFind: mayAct ? deps.rules.mayFind(person) : [],
    regroupings: await deps.rules.regroupingsOf(eventId),
    mayRegroup,
    growthAlarm: deps.rules.growthAlarmOf(leads),
    mayRecord: mayAct ? deps.rules.mayRecordActs(person) : [],
    countdownsSeen: new Map(
      countdowns.map((one) => {
        const cause = deps.rules.causeOf(one, person);
        return [one.id, { may: deps.rules.mayAdjust(one, person), cause }];
      }),
    ),
    stir: deps.rules.stirOf(leads),
  });
}
