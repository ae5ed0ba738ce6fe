import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  JudgingPackSchema,
  type AssessmentDraft,
  type ConsultationCall,
  type ConsultationResult,
  type EvaluationDraft,
  type KeyMessageDraft,
} from '#respond';
import type { DatabaseSync } from 'node:sqlite';
import { SqliteAssessmentStore } from '../../respond/adapters/sqlite-assessment-store.ts';
import { SqliteConsultationStore } from '../../respond/adapters/sqlite-consultation-store.ts';
import { SqliteEvaluationStore } from '../../respond/adapters/sqlite-evaluation-store.ts';
import { SqliteKeyMessageStore } from '../../respond/adapters/sqlite-key-message-store.ts';
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

export const aCall: ConsultationCall = { mode: 'video', questions: ['由谁牵头'] };

export const aResult = (changes: Partial<ConsultationResult> = {}): ConsultationResult => ({
  participants: [
    { unit: '市水务局', person: '骆书桥', isPresent: true },
    { unit: '市委宣传部', person: '简若汀', isPresent: true },
    { unit: '市卫健委', person: '丁维安', isPresent: false },
  ],
  conclusions: { nature: '民生事件', trend: '今晚上升', risks: '医院用水' },
  controlAdvice: '',
  dissent: '市水务局认为原因今晚不能定论',
  decisions: [{ text: '送水到医院', unit: '市水务局' }],
  ...changes,
});

export const aMessage = (changes: Partial<KeyMessageDraft> = {}): KeyMessageDraft => ({
  facts: [{ text: '爆管致2人受伤', source: '市应急局 24日10时' }],
  stance: '对不便表示歉意',
  measures: ['送水车已到'],
  qa: [{ question: '什么时候能来水？', answer: '预计今晚' }],
  doNotSay: [{ text: '原因是施工', why: '尚未查明' }],
  ...changes,
});

export const anEvaluation = (changes: Partial<EvaluationDraft> = {}): EvaluationDraft => ({
  dispositionCategory: 'hardship',
  timeliness: { score: 5, reason: '5小时内发布' },
  targeting: { score: 3, reason: '答了一半' },
  effect: { score: 2, reason: '声量变化不大' },
  consistency: { score: 5, reason: '数字一致' },
  factsSolved: { score: 4, reason: '已通水' },
  answered: ['什么时候能来水？'],
  ...changes,
});

export const judgingStores = (database: DatabaseSync) => ({
  assessments: new SqliteAssessmentStore(database),
  consultations: new SqliteConsultationStore(database),
  keyMessages: new SqliteKeyMessageStore(database),
  evaluations: new SqliteEvaluationStore(database),
});
