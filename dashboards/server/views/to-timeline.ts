import { gradeLabel, ROLE_WORDS, type AuditEntry } from '#core';
import { SEAT_WORDS, type Alert, type Countdown, type LadderStep, type Notice } from '#alert';
import type { Lead, OpinionEvent } from '#analyze';
import type { Release } from '#respond';
import type { TimelineEntry } from '#contract';
import { CHANNEL_WORDS, GRADE_CHANGE_WORDS } from '../words.ts';
import { noticeStateName } from './to-alert-view.ts';
import { iso } from './iso.ts';

export interface EventRecords {
  readonly event: OpinionEvent;
  readonly leads: readonly Lead[];
  readonly alerts: readonly Alert[];
  readonly notices: readonly Notice[];
  readonly countdowns: readonly Countdown[];
  readonly releases: readonly Release[];
  readonly audit: readonly AuditEntry[];
}

const MACHINE_NAME = '系统';

/** What happened to an event, oldest first, put together from the records that hold it. */
export function toTimeline(records: EventRecords): TimelineEntry[] {
  const told = [
    ...records.leads.flatMap(leadEntries),
    ...records.event.gradeHistory.map(gradeEntry),
    ...records.alerts.flatMap(alertEntries),
    ...records.notices.flatMap(noticeEntries),
    ...records.countdowns.flatMap(countdownEntries),
    ...records.releases.flatMap(releaseEntries),
  ];
  // The record of acts repeats what the things themselves tell; it adds what nothing else holds.
  const known = new Set(told.map(({ at, who }) => `${at} ${who}`));
  const acts = records.audit
    .map(actEntry)
    .filter((entry) => entry.kind === 'refused' || !known.has(`${entry.at} ${entry.who}`))
    .map((entry) => ({ ...entry, kind: 'act' }));
  return [...told, ...acts].toSorted((a, b) => a.at.localeCompare(b.at));
}

function leadEntries({ title, posts }: Lead): TimelineEntry[] {
  const [original, ...copies] = posts;
  if (!original) return [];
  const who = original.outletKind === 'institution' ? original.outlet : '个人';
  const more = copies.length > 0 ? `（另有 ${copies.length} 篇相同内容）` : '';
  return [
    {
      at: iso(original.publishedAt),
      kind: 'post',
      who,
      what: `${title}${more}`,
      url: original.url,
    },
  ];
}

function gradeEntry(change: OpinionEvent['gradeHistory'][number]): TimelineEntry {
  const fact = change.citedFact ? `；依据：${change.citedFact}` : '';
  return {
    at: iso(change.at),
    kind: change.kind === 'proposed' ? 'proposal' : 'grade',
    who: change.actor.name,
    what: `${GRADE_CHANGE_WORDS[change.kind]}${gradeLabel(change.to)}：${change.reason}${fact}`,
  };
}

function alertEntries(alert: Alert): TimelineEntry[] {
  const fired: TimelineEntry = {
    at: iso(alert.firedAt),
    kind: 'alert',
    who: MACHINE_NAME,
    what: `${gradeLabel(alert.grade)}预警：${alert.reason}`,
  };
  const own = [alert.firedAt, alert.acknowledgedAt].map((at) => at?.getTime());
  const history = alert.history.filter(({ at }) => !own.includes(at.getTime()));
  const acknowledged: TimelineEntry[] =
    alert.acknowledgedAt && alert.acknowledgedBy
      ? [
          {
            at: iso(alert.acknowledgedAt),
            kind: 'acknowledgement',
            who: alert.acknowledgedBy.name,
            what: '确认预警，由其处理',
          },
        ]
      : [];
  return [
    fired,
    ...(alert.ladder?.steps ?? []).map(ladderEntry),
    ...acknowledged,
    ...history.map(({ at, actor, what }) => ({
      at: iso(at),
      kind: 'alert',
      who: actor.name,
      what,
    })),
  ];
}

function ladderEntry({ step, round, at, calls, empty }: LadderStep): TimelineEntry {
  const called = calls.map(({ name, role, isLeader, channels }) => {
    const ways = channels.map(
      ({ kind, state }) => CHANNEL_WORDS[kind] + (state === 'notSetUp' ? '未接入' : ''),
    );
    const who = isLeader ? SEAT_WORDS.leader : role ? ROLE_WORDS[role] : '群组';
    return `${name}（${who}：${ways.join('、') || '无通道'}）`;
  });
  const gaps = empty.map((role) => `${ROLE_WORDS[role]}无人可通知`);
  const again = round > 1 ? `第${round}轮` : '';
  return {
    at: iso(at),
    kind: 'ladder',
    who: MACHINE_NAME,
    what: `升级阶梯${again}第${step + 1}步：${[...called, ...gaps].join('、')}`,
  };
}

function noticeEntries(notice: Notice): TimelineEntry[] {
  const at = notice.submittedAt ?? notice.attempts.at(-1)?.at;
  if (!at) return [];
  const what = `${CHANNEL_WORDS[notice.channel]}通知 ${notice.receiver.name}：${noticeStateName(notice)}`;
  return [{ at: iso(at), kind: 'notice', who: MACHINE_NAME, what }];
}

function countdownEntries({ name, history }: Countdown): TimelineEntry[] {
  return history.map(({ at, what }) => ({
    at: iso(at),
    kind: 'countdown',
    who: MACHINE_NAME,
    what: `${name}：${what}`,
  }));
}

function releaseEntries({ title, history }: Release): TimelineEntry[] {
  return history.map(({ at, actor, what }) => ({
    at: iso(at),
    kind: 'release',
    who: actor.name,
    what: `${what}：${title}`,
  }));
}

function actEntry({ at, actor, act, detail, result }: AuditEntry): TimelineEntry {
  const isRefused = result === 'refused';
  const reason = detail && `：${detail}`;
  return {
    at: iso(at),
    kind: isRefused ? 'refused' : 'act',
    who: actor.name,
    what: `${act}${isRefused ? '未成功' : ''}${reason}`,
  };
}
