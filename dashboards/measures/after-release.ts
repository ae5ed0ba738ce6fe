import { beijingMinute, DAY_MS, HOUR_MS } from '#core';
import { aroundRelease, secondPeak, type Release } from '#respond';
import { shareOf, type ChangeAround, type Measure, type MeasureItem } from './measure.ts';
import type { MeasureRules } from './measure-pack.ts';
import { isIn, standing, type MeasuredEvent, type MeasureRecords } from './records.ts';

const GROUP = '回应之后';

/** What was seen after the office had spoken. */
export function afterRelease(records: MeasureRecords, rules: MeasureRules): readonly Measure[] {
  return [
    focusAnswered(records, rules),
    {
      code: 'sentimentShift',
      group: GROUP,
      name: '回应后情绪变化',
      counting: changeWords(rules),
      notes: ['情感由机器判断，每月人工核对样本没有建立，判断的误差未知。'],
      measured: {
        kind: 'changes',
        changes: standing(records).flatMap((file) => changesOf(file, records, rules)),
      },
    },
    secondary(records, rules),
  ];
}

const changeWords = ({ judging }: MeasureRules): string => {
  const { windowHours, leastPosts } = judging.evaluations;
  return `首次发布前后各${windowHours.join('、')}小时，负面信息占比之差、负面条数之比和声量之比，附95%区间；两边都满${leastPosts}条才比较。按发布后时段走完的时间归入本期。是变化，不是回应所致：事情本来也会淡下去。`;
};

/** Focus questions that the releases answered, as the evaluation says. */
function focusAnswered(records: MeasureRecords, { limits }: MeasureRules): Measure {
  const items = standing(records).flatMap(({ event, assessments, evaluation }): MeasureItem[] => {
    const evaluated = evaluation?.evaluated;
    if (!evaluated || !isIn(records.period, evaluated.at)) return [];
    const confirmed = assessments.findLast((one) => one.confirmed);
    return (confirmed?.focusQuestions ?? []).map(({ text }) => {
      const isAnswered = evaluated.draft.answered.includes(text);
      return {
        cite: `evaluation:${evaluation.id}`,
        eventId: event.id,
        words: `《${event.title}》“${text}”${isAnswered ? '已答' : '没有答'}（${evaluated.by.name}评估）`,
        standing: isAnswered ? 'in' : 'out',
      };
    });
  });
  return {
    code: 'focusAnswered',
    group: GROUP,
    name: '关注问题回应率',
    counting:
      '本期评估的事件，经确认的研判所列的关注问题中，评估人认定发布稿已经回答的占多少；没有评估的不在内。',
    notes: [],
    measured: shareOf(items, limits),
  };
}

/** The first publication of an event. */
function firstReleaseOf({
  releases,
}: MeasuredEvent): (Release & { readonly at: Date }) | undefined {
  return releases
    .flatMap((one) => (one.published ? [{ ...one, at: one.published.at }] : []))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
}

function changesOf(
  file: MeasuredEvent,
  { period, readAt }: MeasureRecords,
  { judging }: MeasureRules,
): readonly ChangeAround[] {
  const release = firstReleaseOf(file);
  if (!release) return [];
  const posts = file.leads
    .flatMap((lead) => lead.posts)
    .map(({ postId, title, publishedAt, proposals }) => {
      const tone = proposals?.sentiment.value;
      return {
        id: postId,
        title,
        text: '',
        publishedAt,
        isNegative: tone === undefined ? undefined : tone === 'negative',
      };
    })
    .toSorted((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  return aroundRelease(release.at, posts, judging, readAt)
    .filter(({ hours }) => isIn(period, new Date(release.at.getTime() + hours * HOUR_MS)))
    .map(({ hours, before, after, tone, volume, withheld }) => ({
      cite: `release:${release.id}`,
      eventId: file.event.id,
      words: `《${file.event.title}》${beijingMinute(release.at)} 首次发布，前后各${hours}小时`,
      hours,
      before: sizesOf(before),
      after: sizesOf(after),
      tone,
      volume,
      ...(tone && before.negative > 0 && { negativeVolume: after.negative / before.negative }),
      withheld,
    }));
}

const sizesOf = ({ posts, toned, negative }: ChangeAround['before']): ChangeAround['before'] => ({
  posts,
  toned,
  negative,
});

/** 再起: of responded events, those that rose again within the pack's days. */
function secondary(records: MeasureRecords, { limits, judging }: MeasureRules): Measure {
  const { days, share } = judging.evaluations.secondPeak;
  const items = standing(records).flatMap((file): MeasureItem[] => {
    const first = firstReleaseOf(file);
    if (!first || !isIn(records.period, new Date(first.at.getTime() + days * DAY_MS))) return [];
    const postedAt = file.leads.flatMap(({ posts }) => posts.map((post) => post.publishedAt));
    const peak = file.releases
      .flatMap(({ published }) => published?.at ?? [])
      .map((at) => secondPeak(at, postedAt, judging.evaluations.secondPeak))
      .find(Boolean);
    const again = peak
      ? `${beijingMinute(peak.at)} 起一小时${peak.posts}条，此前最多${peak.firstPosts}条`
      : '没有再起';
    const { id, title } = file.event;
    return [
      {
        cite: `event:${id}`,
        eventId: id,
        words: `《${title}》${again}`,
        standing: peak ? 'in' : 'out',
      },
    ];
  });
  return {
    code: 'secondaryEvents',
    group: GROUP,
    name: '舆情再起率',
    counting: `发布过的事件中，某次发布后${days}天内一小时条数回落后又达到此前最高的${Math.round(share * 100)}%的占多少；按首次发布满${days}天归入本期。`,
    notes: [],
    measured: shareOf(items, limits),
  };
}
