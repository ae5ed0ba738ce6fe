import { z } from 'zod';
import { Moment } from './common.ts';

export const ConferenceModeView = z.enum(['onSite', 'online', 'written']);
const Line = z.string().trim().min(1).max(200);
const Text = z.string().trim().max(4_000).default('');

/** POST /api/v1/events/:eventId/conferences: a press conference that was held. */
export const RecordConferenceBody = z.object({
  mode: ConferenceModeView,
  heldAt: Moment,
  place: z.string().trim().min(1).max(200),
  spokesperson: z.string().trim().min(1).max(100),
  host: z.string().trim().max(100).optional(),
  /** What was asked and not answered. */
  openQuestions: z.array(Line).max(50).optional(),
  /** Transcript, video or report; may follow later, with the other fields as they were. */
  recordLink: z.union([z.url(), z.literal('')]).default(''),
  /** Why it is recorded late (补录). */
  lateReason: z.string().trim().max(500).optional(),
});
export type RecordConferenceBody = z.input<typeof RecordConferenceBody>;

/** POST /api/v1/events/:eventId/conference-plans: 新闻发布会审批表. */
export const ConferencePlanBody = z.object({
  mode: ConferenceModeView,
  title: Line,
  plannedAt: Moment,
  place: Line,
  host: z.string().trim().max(100).default(''),
  spokesperson: Line,
  applicant: z.string().trim().max(200).default(''),
  attendees: Text,
  content: Text,
  media: Text,
  advice: Text,
  contact: z.string().trim().max(200).default(''),
  questions: z
    .array(z.object({ question: Line, answer: Text }))
    .max(50)
    .default([]),
});
export type ConferencePlanBody = z.input<typeof ConferencePlanBody>;

/** POST /api/v1/conferences/:conferenceId/steps */
export const ConferenceStepBody = z.discriminatedUnion('step', [
  z.object({ step: z.literal('revise'), plan: ConferencePlanBody }),
  z.object({ step: z.literal('approve'), opinion: z.string().trim().min(1).max(1_000) }),
  z.object({ step: z.literal('announce'), link: z.union([z.url(), z.literal('')]).default('') }),
  z.object({ step: z.literal('hold'), conference: RecordConferenceBody }),
  z.object({ step: z.literal('cancel'), reason: z.string().trim().min(1).max(1_000) }),
]);
export type ConferenceStepBody = z.input<typeof ConferenceStepBody>;

export const ConferenceParams = z.object({ conferenceId: z.string().min(1).max(100) });

export const ConferenceView = z.object({
  id: z.string(),
  eventId: z.string(),
  mode: ConferenceModeView,
  modeName: z.string(),
  state: z.string(),
  stateName: z.string(),
  /** Absent until it was held. */
  heldAt: Moment.optional(),
  place: z.string(),
  spokesperson: z.string(),
  host: z.string(),
  recordLink: z.string(),
  lateReason: z.string().optional(),
  openQuestions: z.array(z.string()),
  /** Absent where it was recorded without one. */
  plan: ConferencePlanBody.required().optional(),
  approval: z.object({ at: Moment, by: z.string(), opinion: z.string() }).optional(),
  announced: z.object({ at: Moment, by: z.string(), link: z.string() }).optional(),
  cancelReason: z.string().optional(),
  /** What keeps it from satisfying the countdown, in words. */
  missing: z.array(z.string()),
  /** Steps that the person who asks may take now. */
  may: z.array(z.string()),
});
export type ConferenceView = z.output<typeof ConferenceView>;
