import { beijingMinute, isAbove, type Person } from '#core';
import type { Alert, Countdown, Notice } from '#alert';
import { gradeOf, type OpinionEvent } from '#analyze';
import type { DeskView, EventRow, WarningView } from '#contract';
import type { NextCall, ReadinessPart } from '../deps.ts';
import type { SourceHealth } from '../ports.ts';
import { iso } from './iso.ts';
import { byWait, toAlertView } from './to-alert-view.ts';
import { toEventRow } from './to-event-row.ts';
import { toDiscovery } from './to-sources-summary.ts';

export interface DeskParts {
  readonly at: Date;
  readonly alerts: readonly {
    readonly alert: Alert;
    readonly notices: readonly Notice[];
    readonly next: NextCall | undefined;
  }[];
  readonly events: readonly OpinionEvent[];
  readonly countdowns: readonly Countdown[];
  readonly sources: readonly SourceHealth[];
  /** The internet is out since then. */
  readonly outageSince: Date | undefined;
  readonly postsToday: number;
  readonly onDuty: readonly Person[];
  readonly setAside: number;
  readonly gaps: readonly string[];
  /** Of the days ahead. */
  readonly rosterGaps: readonly string[];
  readonly readiness: readonly ReadinessPart[];
}

export function toDeskView(parts: DeskParts): DeskView {
  const { sources, countdowns } = parts;
  const byEvent = Map.groupBy(countdowns, ({ eventId }: Countdown) => eventId);
  // What comes to us by itself has no next look that could fail.
  const enabled = sources.filter(({ health, isPolled }) => isPolled && health !== 'disabled');
  return {
    now: iso(parts.at),
    alerts: parts.alerts
      .toSorted((a, b) => byWait(a.alert, b.alert))
      .map(({ alert, notices, next }) => toAlertView(alert, notices, next)),
    events: parts.events
      .toSorted((a, b) => (isAbove(gradeOf(a), gradeOf(b)) ? -1 : 1))
      .map((event) => toEventRow(event, byEvent.get(event.id) ?? []))
      .toSorted(byTimeLeft),
    strip: {
      newestFetchAt: sources
        .flatMap(({ lastOkAt }) => lastOkAt ?? [])
        .toSorted()
        .at(-1),
      sourcesOk: enabled.filter(({ health }) => health === 'ok').length,
      sources: enabled.length,
      ...toDiscovery(sources),
      postsToday: parts.postsToday,
      onDuty: parts.onDuty.map(({ name }) => name),
      setAside: parts.setAside,
    },
    warnings: toWarnings(parts),
  };
}

/** What stands wrong and would stay unseen. */
function toWarnings({
  gaps,
  rosterGaps,
  readiness,
  setAside,
  outageSince,
}: DeskParts): WarningView[] {
  return [
    ...(outageSince
      ? [
          {
            code: 'outage',
            text: `外网不通，自 ${beijingMinute(outageSince)} 起；恢复后自动继续，不必逐个处理信息源`,
            link: '/sources',
          },
        ]
      : []),
    ...gaps.map((gap) => ({ code: 'dutyGap', text: gap, link: '/people' })),
    ...rosterGaps.slice(0, 1).map((gap) => ({
      code: 'rosterGap',
      text: rosterGaps.length > 1 ? `值班表：${gap}，共 ${rosterGaps.length} 处` : `值班表：${gap}`,
      link: '/roster',
    })),
    ...readiness
      .filter(({ isOk }) => !isOk)
      .map(({ name, detail }) => ({
        code: 'notReady',
        text: detail ? `${name}：${detail}` : name,
      })),
    ...(setAside > 0 ? [{ code: 'setAside', text: `${setAside} 条记录无法处理，已另存待查` }] : []),
  ];
}

/** Events without an open countdown come last, in the order they had. */
function byTimeLeft(a: EventRow, b: EventRow): number {
  const due = ({ countdowns }: EventRow): string => countdowns[0]?.statutoryDueAt ?? '9999';
  return due(a).localeCompare(due(b));
}
