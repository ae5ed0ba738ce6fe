import { GRADE_WORDS } from '#core';
import { groupInWords, linesOf, resultInWords, type Measure } from '#measures';
import { OUTSIDE_WAY_NAMES, type OutsideNotice } from '#respond';
import type { MeasureView, OutsideNoticeView } from '#contract';

export function toMeasureView(measure: Measure): MeasureView {
  const { code, group, name, counting, notes, measured } = measure;
  return {
    code,
    group,
    name,
    counting,
    notes: [...notes],
    kind: measured.kind,
    result: resultInWords(measured),
    ...(measured.kind === 'share' && { counts: countsOf(measured) }),
    groups: measured.kind === 'durations' ? measured.groups.map(groupInWords) : [],
    lines: linesOf(measure).map(({ eventId, ...line }) => ({
      ...line,
      ...(eventId && { eventId }),
    })),
  };
}

function countsOf({
  numerator,
  denominator,
  share,
  waived,
  cancelled,
  open,
  unknown,
}: Extract<Measure['measured'], { kind: 'share' }>): NonNullable<MeasureView['counts']> {
  const counts = { numerator, denominator, waived, cancelled, open, unknown };
  return { ...counts, ...(share !== undefined && { share }) };
}

export function toOutsideNoticeView(
  notice: OutsideNotice,
  titles: ReadonlyMap<string, string>,
): OutsideNoticeView {
  const { id, way, from, learnedAt, what, eventId, grade, isInPlan, actor, recordedAt } = notice;
  return {
    id,
    way,
    wayName: OUTSIDE_WAY_NAMES[way],
    from,
    learnedAt: learnedAt.toISOString(),
    what,
    ...(eventId && { eventId }),
    eventTitle: titles.get(eventId ?? '') ?? '',
    gradeName: grade ? GRADE_WORDS[grade].word : '',
    isInPlan,
    by: actor.name,
    recordedAt: recordedAt.toISOString(),
  };
}
