import { z } from 'zod';
import { ActorSchema, EffectSchema } from '#core';

const ConferenceModeSchema = z.enum(['onSite', 'online', 'written']);

/** 新闻发布会审批表, in the words of one city's published form. */
export const ConferencePlanSchema = z.object({
  title: z.string(),
  plannedAt: z.coerce.date(),
  /** 申请单位. */
  applicant: z.string(),
  /** 参加人员. */
  attendees: z.string(),
  /** 拟发布内容. */
  content: z.string(),
  /** 拟邀媒体. */
  media: z.string(),
  /** 发言人拟办意见. */
  advice: z.string(),
  contact: z.string(),
  /** What people will ask, each with the answer prepared; empty where none is yet. */
  questions: z.array(z.object({ question: z.string(), answer: z.string() })),
});
export type ConferencePlan = Readonly<z.infer<typeof ConferencePlanSchema>>;

/** 新闻发布会: counts only when held, with somebody who spoke and a record that can be read. */
export const PressConferenceSchema = z.object({
  /** Digest of event and time held or planned: recording it twice is harmless. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  eventId: z.string(),
  isDrill: z.boolean(),
  mode: ConferenceModeSchema,
  /** Absent where it was recorded without a plan. */
  plan: ConferencePlanSchema.optional(),
  /** Ids of those who wrote or changed the plan. */
  planners: z.array(z.string()).optional(),
  /** Of the plan as it stands; a changed plan asks for it again. */
  approval: z.object({ at: z.coerce.date(), by: ActorSchema, opinion: z.string() }).optional(),
  announced: z.object({ at: z.coerce.date(), by: ActorSchema, link: z.string() }).optional(),
  cancelReason: z.string().optional(),
  /** As a person said; never later than the record of it. Absent until it was held. */
  heldAt: z.coerce.date().optional(),
  place: z.string(),
  /** With post and level, as it is announced. */
  spokesperson: z.string().min(1),
  host: z.string().optional(),
  /** What was asked and not answered. */
  openQuestions: z.array(z.string()).optional(),
  /** Transcript, video or report of it; empty while there is none. */
  recordLink: z.string(),
  state: z.enum(['planned', 'announced', 'held', 'recorded', 'cancelled']),
  /** Why it was recorded late (补录); absent when it was not. */
  lateReason: z.string().optional(),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
  createdAt: z.coerce.date(),
});
export type PressConference = Readonly<z.infer<typeof PressConferenceSchema>>;
