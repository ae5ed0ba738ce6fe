import type { Notice } from '#alert';
import {
  findingWords,
  indicatorName,
  INDICATORS,
  type Evidence,
  type FindingKind,
  type FieldProposal,
  type OpinionEvent,
  type Regrouping,
  type StoredPost,
  type VolumePoint,
} from '#analyze';
import type { EventView, ProposalView } from '#contract';
import type { NextCall, Rules } from '../deps.ts';
import { MUST_RESPOND_WORDS, RESPONSE_VALUE_WORDS } from '../words.ts';
import { iso } from './iso.ts';
import { toAlertView } from './to-alert-view.ts';
import { toCountdownView, toProvenMomentView, type CountdownSeen } from './to-countdown-view.ts';
import { toFieldProposalView } from './to-field-proposal-view.ts';
import { toEventRow } from './to-event-row.ts';
import { toFiguresView, toSetAsideView } from './to-figures-view.ts';
import { toLeadView } from './to-post-view.ts';
import { toRegroupingView } from './to-regrouping-view.ts';
import { toSpreadView } from './to-spread-view.ts';
import { toTimeline, type EventRecords } from './to-timeline.ts';

export interface EventViewParts extends EventRecords {
  readonly posts: readonly StoredPost[];
  readonly sourceNames: ReadonlyMap<string, string>;
  /** Where the ladder of an alert goes next, by the alert's id. */
  readonly nextCalls: ReadonlyMap<string, NextCall>;
  readonly proposals: readonly FieldProposal[];
  readonly may: readonly string[];
  readonly stir: ReturnType<Rules['stirOf']>;
  readonly mayFind: readonly FindingKind[];
  readonly regroupings: readonly Regrouping[];
  readonly mayRegroup: boolean;
  readonly growthAlarm: string | undefined;
  readonly mayRecord: EventView['mayRecord'];
  /** What the person who asks may do to a countdown, by its id. */
  readonly countdownsSeen: ReadonlyMap<string, CountdownSeen>;
}

/** The event page: everything known of one event, as the person who asks may see it. */
export function toEventView(parts: EventViewParts): EventView {
  const { event, alerts, countdowns, notices, nextCalls, sourceNames } = parts;
  const posts = new Map(parts.posts.map((post) => [post.id, post]));
  const noticesByAlert = Map.groupBy(notices, (notice: Notice) => notice.alertId);
  return {
    ...toEventRow(event, countdowns),
    proposal: toProposalView(event.proposal),
    confirmedGrade: event.confirmedGrade,
    lowering: event.lowering && {
      to: event.lowering.to,
      by: event.lowering.by.name,
      at: iso(event.lowering.at),
      reason: event.lowering.reason,
      citedFact: event.lowering.citedFact,
    },
    responseValue: event.responseValue,
    responseValueName: RESPONSE_VALUE_WORDS[event.responseValue],
    mustRespondReasons: event.mustRespondReasons.map((reason) => MUST_RESPOND_WORDS[reason]),
    knownAt: toProvenMomentView(event.knownAt),
    triggeredAt: event.triggeredAt && toProvenMomentView(event.triggeredAt),
    occurredAt: event.occurredAt && toProvenMomentView(event.occurredAt),
    interactions: event.interactions,
    heat: { ...parts.stir.heat, parts: [...parts.stir.heat.parts] },
    volume: parts.stir.volume.map(toVolumePoint),
    allCountdowns: countdowns.map((one) => toCountdownView(one, parts.countdownsSeen.get(one.id))),
    figures: toFiguresView(event),
    setAside: toSetAsideView(parts.leads),
    findings: event.findings
      .map((finding) => ({
        at: iso(finding.at),
        by: finding.actor.name,
        words: findingWords(finding),
        url: finding.url,
      }))
      .toReversed(),
    mayFind: [...parts.mayFind],
    mayRecord: [...parts.mayRecord],
    spread: toSpreadView(parts.leads),
    leads: parts.leads.map((lead) => toLeadView(lead, posts, sourceNames)),
    alerts: alerts.map((alert) =>
      toAlertView(alert, noticesByAlert.get(alert.id) ?? [], nextCalls.get(alert.id)),
    ),
    timeline: toTimeline(parts),
    fieldProposals: parts.proposals.map(toFieldProposalView),
    mergedInto: event.mergedInto,
    regroupings: parts.regroupings
      .map((one) => toRegroupingView(one, event.id, parts.mayRegroup))
      .toReversed(),
    growthAlarm: parts.growthAlarm,
    may: [...parts.may],
  };
}

/** The upper edge of the usual: two deviations above the mean. */
function toVolumePoint({ at, value, usual, isBurst }: VolumePoint): EventView['volume'][number] {
  const usualUpTo = Math.max(0, usual.mean) + 2 * usual.deviation;
  return {
    at: iso(at),
    posts: value,
    ...(usual.hasLearned && { usualUpTo: Math.round(usualUpTo * 10) / 10 }),
    isBurst,
  };
}

function toProposalView(proposal: OpinionEvent['proposal']): ProposalView {
  return {
    grade: proposal.grade,
    sum: proposal.sum,
    points: proposal.points.map(({ indicator, band, points, reason, evidence }) => ({
      indicator,
      name: indicatorName(indicator),
      most: INDICATORS[indicator],
      band,
      points,
      reason,
      evidence: evidence.map(toEvidenceView),
    })),
    floors: proposal.floors.map(({ code, atLeast, reason, isPending, evidence }) => ({
      code,
      atLeast,
      reason,
      isPending,
      evidence: evidence.map(toEvidenceView),
    })),
    toNext: proposal.toNext,
    sentence: proposal.sentence,
    changed: proposal.changed,
    ruleVersion: proposal.ruleVersion,
    at: iso(proposal.at),
  };
}

function toEvidenceView({ postId, url, outlet, at, words }: Evidence) {
  return { postId, url, outlet, at: iso(at), words };
}
