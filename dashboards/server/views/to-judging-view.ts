import { missingFromAssessment, type Evaluation } from '#respond';
import type { JudgingView } from '#contract';
import type { Judging } from '../judging.ts';
import { iso } from './iso.ts';
import { toCauseView } from './to-countdown-view.ts';

const MODE_NAMES = { meeting: '现场会议', video: '视频', online: '线上' } as const;

/** The judging of one event as it crosses to the browser. */
export function toJudgingView(judging: Judging): JudgingView {
  const view = {
    ...judging,
    path: judging.path.map(({ dueAt, ...step }) => ({
      ...step,
      ...(dueAt && { dueAt: iso(dueAt) }),
    })),
    questions: judging.questions.map(({ text, postIds }) => ({ text, postIds: [...postIds] })),
    assessments: judging.assessments.map((one) => ({
      ...one,
      writer: one.writer.name,
      confirmed: signed(one.confirmed),
      missing: missingFromAssessment(one),
    })),
    consultations: judging.consultations.map((one) => ({
      ...one,
      mode: MODE_NAMES[one.mode],
      calledBy: one.calledBy.name,
      calledAt: iso(one.calledAt),
      endedAt: one.endedAt && iso(one.endedAt),
    })),
    keyMessages: judging.keyMessages.map((one) => ({
      ...one,
      writer: one.writer.name,
      approved: signed(one.approved),
    })),
    differences: [...judging.differences],
    changes: judging.changes.map(toChangeView),
    openQuestions: [...judging.openQuestions],
    conditions: judging.conditions.map(toConditionView),
    missed: judging.missed.map(({ countdown, owesCause }) => ({
      countdownId: countdown.id,
      eventId: countdown.eventId,
      eventTitle: countdown.eventTitle,
      name: countdown.name,
      dueAt: iso(countdown.statutoryDueAt),
      satisfiedAt: iso(countdown.satisfiedAt),
      causes: (countdown.causes ?? []).map(toCauseView),
      owesCause,
    })),
    trackingConditions: judging.trackingConditions.map(toConditionView),
    evaluation: toEvaluationView(judging.evaluation),
    sinceClosing: judging.sinceClosing && {
      ...judging.sinceClosing,
      newestAt: iso(judging.sinceClosing.newestAt),
    },
    may: [...judging.may],
  };
  return view;
}

const toConditionView = (one: Judging['conditions'][number]) => ({
  ...one,
  isIndispensable: one.isIndispensable ?? false,
});

function toChangeView(change: Judging['changes'][number]): JudgingView['changes'][number] {
  const { release, publishedAt, windows, secondPeak } = change;
  const side = (one: (typeof windows)[number]['before']) => ({
    ...one,
    questions: [...one.questions],
  });
  return {
    releaseId: release.id,
    title: release.title,
    publishedAt: iso(publishedAt),
    windows: windows.map((one) => ({
      ...one,
      before: side(one.before),
      after: side(one.after),
      withheld: [...one.withheld],
    })),
    secondPeak: secondPeak && { ...secondPeak, at: iso(secondPeak.at) },
  };
}

function toEvaluationView(evaluation: Judging['evaluation']): JudgingView['evaluation'] {
  if (!evaluation) return undefined;
  return {
    ...toRoundView(evaluation),
    reopened: evaluation.reopened.map(({ by, at, reason, ...round }) => ({
      by: by.name,
      at: iso(at),
      reason,
      ...toRoundView(round),
    })),
  };
}

function toRoundView({
  trackingEnded,
  evaluated,
  closed,
}: Pick<Evaluation, 'trackingEnded' | 'evaluated' | 'closed'>) {
  const named = <T extends { readonly by: { readonly name: string }; readonly at: Date }>(
    one: T,
  ) => ({ ...one, by: one.by.name, at: iso(one.at) });
  return {
    trackingEnded: trackingEnded && named(trackingEnded),
    evaluated: evaluated && named(evaluated),
    closed: closed && named(closed),
  };
}

const signed = (one: { readonly by: { readonly name: string }; readonly at: Date } | undefined) =>
  one && { by: one.by.name, at: iso(one.at) };
