import { beijingDay, startOfBeijingDay } from '#core';
import type { DeskView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import { toDeskView } from '../views/to-desk-view.ts';
import { toGaps } from '../views/to-person-view.ts';
import { readDutyParts, type DutyReadDeps } from './read-duty.ts';

/** Alerts on the desk; older ones are on their event's page. */
const MOST_ALERTS = 100;

export type DeskReadDeps = DutyReadDeps &
  Pick<
    ServerDeps,
    | 'now'
    | 'alerts'
    | 'outbox'
    | 'rules'
    | 'events'
    | 'countdowns'
    | 'sources'
    | 'posts'
    | 'setAside'
    | 'readiness'
  >;

export async function readDeskView(deps: DeskReadDeps): Promise<DeskView> {
  const at = deps.now();
  const [alerts, events, countdowns, sources, outageSince, postsToday, setAside, readiness, duty] =
    await Promise.all([
      deps.alerts.listNewest(MOST_ALERTS),
      deps.events.listOpen(),
      deps.countdowns.listOpen(),
      deps.sources.listHealth(),
      deps.sources.outageSince(),
      deps.posts.countSince(startOfBeijingDay(beijingDay(at))),
      deps.setAside.count(),
      deps.readiness(),
      readDutyParts(deps),
    ]);
  const { first, second, leader } = duty.onDuty;
  return toDeskView({
    at,
    alerts: await Promise.all(
      alerts
        .filter(({ continuedUnder }) => continuedUnder === undefined)
        .map(async (alert) => ({
          alert,
          notices: await deps.outbox.listByAlert(alert.id),
          next: await deps.rules.nextCall(alert),
        })),
    ),
    events,
    countdowns,
    sources,
    outageSince,
    postsToday,
    onDuty: [...first, ...second, ...leader].flatMap(
      ({ personId }) => duty.people.find(({ id }) => id === personId) ?? [],
    ),
    rosterGaps: await deps.roster.gaps(),
    setAside,
    gaps: toGaps(duty),
    readiness,
  });
}
