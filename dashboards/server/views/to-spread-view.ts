import { spreadPathOf, type Lead, type SpreadStep } from '#analyze';
import type { SpreadStepView } from '#contract';
import { iso } from './iso.ts';

const KIND_NAMES: Readonly<Record<SpreadStep['kind'], string>> = {
  origin: '首发',
  own: '自采',
  copy: '转载',
  excerpt: '摘录',
  compilation: '汇编',
  update: '更新',
};
const UNSURE_WORDS: Readonly<Record<NonNullable<SpreadStep['unsure']>, string>> = {
  noDate: '原文没有时间，按采集时间',
  dayOnly: '原文只写到日',
  inferred: '时间由网址或正文推断',
  relative: '原文只写“几小时前”一类',
};

/** The path of spread in words; of individuals nothing but that there were some. */
export function toSpreadView(leads: readonly Lead[]): SpreadStepView[] {
  return spreadPathOf(leads).map((step) => ({
    outlet: step.outletKind === 'individual' ? '个人' : step.outlet,
    mediaTier: step.mediaTier,
    title: step.title,
    url: step.url,
    publishedAt: iso(step.publishedAt),
    kindName: KIND_NAMES[step.kind],
    isOrigin: step.kind === 'origin',
    unsure: step.unsure && UNSURE_WORDS[step.unsure],
    mayBeEarlier: step.mayBeEarlier,
    postCount: step.postCount,
  }));
}
