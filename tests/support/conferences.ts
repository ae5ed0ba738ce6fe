import type { Person } from '#core';
import type { PlanDraft, PressConference } from '#respond';
import { newPlan } from '../../respond/conferences/plan-conference.ts';
import { aPerson } from './people.ts';
import { minutesAfter, NOON } from './posts.ts';
import { reviewPack } from './releases.ts';

export const spokesperson = aPerson('周敏', ['spokesperson']);

export const aPlan = (changes: Partial<PlanDraft> = {}): PlanDraft => ({
  mode: 'onSite',
  title: '关于北环路爆管的新闻发布会',
  plannedAt: minutesAfter(300),
  place: '市政府新闻发布厅',
  host: '阮青池',
  spokesperson: '周敏（市政府副秘书长）',
  applicant: '市水务局',
  attendees: '市水务局、澜北区',
  content: '爆管原因和恢复供水进展',
  media: '《霖江日报》',
  advice: '建议召开',
  contact: '骆书桥',
  questions: [{ question: '什么时候来水', answer: '今晚八时' }],
  ...changes,
});

export const planned = (actor: Person = spokesperson): PressConference =>
  newPlan({ event: { id: 'event-1', isDrill: false }, plan: aPlan(), actor, at: NOON }, reviewPack);
