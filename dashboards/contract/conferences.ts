import { z } from 'zod';
import { Moment } from './common.ts';

export const ConferenceModeView = z.enum(['onSite', 'online', 'written']);

/** POST /api/v1/events/:eventId/conferences: a press conference that was held. */
export const RecordConferenceBody = z.object({
  mode: ConferenceModeView,
  heldAt: Moment,
  place: z.string().trim().min(1).max(200),
  spokesperson: z.string().trim().min(1).max(100),
  /** Transcript, video or report; may follow later, with the other fields as they were. */
  recordLink: z.union([z.url(), z.literal('')]).default(''),
  /** Why it is recorded late (补录). */
  lateReason: z.string().trim().max(500).optional(),
});
export type RecordConferenceBody = z.infer<typeof RecordConferenceBody>;

export const ConferenceView = z.object({
  id: z.string(),
  eventId: z.string(),
  mode: ConferenceModeView,
  modeName: z.string(),
  heldAt: Moment,
  place: z.string(),
  spokesperson: z.string(),
  recordLink: z.string(),
  lateReason: z.string().optional(),
  /** What keeps it from satisfying the countdown, in words. */
  missing: z.array(z.string()),
});
export type ConferenceView = z.infer<typeof ConferenceView>;
