import { armCountdowns } from '#alert';
import type { Dossier, EventFile, Imprint, ReportRecords } from '#briefings';
import type { Grade } from '#core';
import type { Lead, LeadPost, OpinionEvent } from '#analyze';
import { armingRules } from './alerts.ts';
import { aLead, anOpinionEvent } from './events.ts';
import { aRecord, minutesAfter, NOON } from './posts.ts';

/** 5 p.m. of the story's day, Beijing time: when the daily report closes. */
export const CLOSING = minutesAfter(5 * 60);
export const DAY_BEFORE = minutesAfter(-19 * 60);

export const imprint: Imprint = {
  name: '舆情日报',
  number: '〔2026〕第12期',
  marking: '内部资料 注意保存',
  distribution: '报：主要负责人、分管领导',
  mostCharacters: 2_000,
};

type LabelProposal = NonNullable<LeadPost['proposals']>['sentiment'];
const tone = (value?: string): LabelProposal => ({
  ...(value && { value }),
  confidence: 0.8,
  because: [],
  madeBy: 'test',
});

/** A post with the tone that the machine read. */
export const aTonedPost = (
  value: string | undefined,
  changes: Partial<LeadPost> = {},
): LeadPost => ({
  ...aRecord(changes).post,
  proposals: {
    topic: tone(),
    sentiment: tone(value),
    contentClass: tone(),
    focus: tone(),
    mustRespond: [],
    claimWords: '',
  },
});

/** An event as it is filed: one lead with these posts, and the countdowns that its grade arms. */
export function aFile(
  id: string,
  title: string,
  more: {
    readonly grade?: Grade;
    readonly posts?: readonly LeadPost[];
    readonly event?: Partial<OpinionEvent>;
  } & Partial<Omit<EventFile, 'event' | 'leads'>> = {},
): EventFile {
  const { grade = 'L4', posts, event: changes, ...rest } = more;
  const lead: Lead = aLead({
    id: `lead-${id}`,
    eventId: id,
    title,
    posts: [
      ...(posts ?? [
        aTonedPost('negative', { title, postId: `post-${id}`, url: `https://news.test/${id}` }),
      ]),
    ],
  });
  const base = anOpinionEvent();
  const event: OpinionEvent = {
    ...base,
    id,
    title,
    proposal: { ...base.proposal, grade, sentence: `建议定为${grade}（55分）` },
    gradeHistory: [],
    ...(grade === 'L1' || grade === 'L2'
      ? { triggeredAt: { at: NOON, recordId: `post-${id}`, reason: '建议等级升为重大' } }
      : {}),
    ...changes,
  };
  const { effects: _effects, topTerms: _terms, entities: _entities, ...graded } = event;
  return {
    event,
    leads: [lead],
    countdowns: armCountdowns(graded, [], armingRules, NOON),
    alerts: [],
    releases: [],
    conferences: [],
    ...rest,
  };
}

/** A day with one grave event, one minor one, and one source that cannot be read. */
export function someRecords(changes: Partial<ReportRecords> = {}): ReportRecords {
  return {
    office: '临江市政府办公室',
    isDrill: false,
    period: { from: DAY_BEFORE, to: CLOSING },
    readAt: CLOSING,
    files: [
      aFile('event-2', '某小学门口道路积水'),
      aFile('event-1', '江北区多小区停水超过24小时', { grade: 'L2' }),
    ],
    otherCountdowns: [],
    countdownsOfOthers: [],
    sources: [
      { id: 'daily', name: '临江日报', kind: 'newspaper', isHealthy: true, healthName: '正常' },
      { id: 'forum', name: '临江论坛', kind: 'forum', isHealthy: false, healthName: '读不到' },
    ],
    topicNames: new Map([['utilities', '公共服务']]),
    supervisions: [],
    regionNames: new Map([['990102', '江北区']]),
    postCount: 57,
    leadCount: 9,
    leadCountBefore: 4,
    ahead: { day: '2026-03-03', words: '工作日', sensitive: [] },
    days: ['02', '03', '04', '05', '06', '07', '08', '09'].map((date) => ({
      day: `2026-03-${date}`,
      words: date === '07' || date === '08' ? '休息日' : '工作日',
      sensitive: date === '05' ? ['全国两会'] : [],
    })),
    ...changes,
  };
}

/** An event of which nothing is kept beside its file. */
export const aDossier = (changes: Partial<Dossier> = {}): Dossier => ({
  texts: new Map(),
  orders: [],
  questions: [],
  ...changes,
});
