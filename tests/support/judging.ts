import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { JudgingPackSchema, type AssessmentDraft } from '#respond';
import { aPerson } from './people.ts';
import { NOON } from './posts.ts';

/** The pack that ships, as the product reads it. */
export const judgingPack = JudgingPackSchema.parse(
  parse(readFileSync(new URL('../../config/packs/judging.yaml', import.meta.url), 'utf8')),
);

export const analyst = aPerson('席雨眠', ['analyst']);
export const opinionLead = aPerson('贺兰舟', ['opinionLead']);
export const onEvent = { event: { id: 'event-1', isDrill: false }, at: NOON };

/** What people wrote of the water cut. */
export const asking = [
  { id: 'post-1', title: '停水一天了', text: '什么时候能来水？水管破了没人管。' },
  { id: 'post-2', title: '江北停水', text: '到底什么时候能来水啊？物业也不知道。' },
  { id: 'post-3', title: '赔偿谁来出？', text: '店里两天没开门，损失谁负责。' },
  { id: 'post-4', title: '供水公司通报', text: '无论什么时候来水，都会提前通知。抢修正在进行。' },
] as const;

export const anAssessment = (changes: Partial<AssessmentDraft> = {}): AssessmentDraft => ({
  known: ['供水主管破裂'],
  unknown: ['破裂原因'],
  disputed: [],
  focusQuestions: ['什么时候能来水？', '水质是否受影响'],
  camps: [
    {
      name: '批评处置慢',
      isCritical: true,
      quotes: [{ text: '水管破了没人管', postId: 'post-1' }],
    },
  ],
  risks: ['持续停水影响医院'],
  responseValue: 'must',
  responseReason: '涉及公众切身利益',
  advice: ['说明来水时间'],
  ...changes,
});
