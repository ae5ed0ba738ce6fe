import { z } from 'zod';
import { Moment } from './common.ts';
import { DraftReleaseBody } from './releases.ts';

const Words = z.string().trim().min(1).max(2_000);
const PostIds = z.array(z.string().min(1).max(200)).max(200);

export const RumorVerdictView = z.enum(['false', 'misleading', 'unverified', 'true']);
export type RumorVerdictView = z.infer<typeof RumorVerdictView>;

/** POST /api/v1/events/:eventId/rumors: a person opens a case on a claim, word for word. */
export const OpenRumorBody = z.object({
  claimText: z.string().trim().min(1).max(1_000),
  postIds: PostIds.default([]),
});
export type OpenRumorBody = z.input<typeof OpenRumorBody>;

/** POST /api/v1/rumors/:rumorId/steps */
export const RumorStepBody = z.discriminatedUnion('step', [
  z.object({ step: z.literal('start') }),
  z.object({ step: z.literal('addPosts'), postIds: PostIds.min(1) }),
  z.object({
    step: z.literal('addEvidence'),
    text: Words,
    source: z.string().trim().min(1).max(300),
    link: z.union([z.url(), z.literal('')]).default(''),
  }),
  z.object({ step: z.literal('judge'), verdict: RumorVerdictView, reason: Words }),
  z.object({ step: z.literal('track') }),
  z.object({ step: z.literal('close'), outcome: Words }),
  z.object({ step: z.literal('reverify'), reason: Words }),
]);
export type RumorStepBody = z.input<typeof RumorStepBody>;

/** POST /api/v1/rumors/:rumorId/clarification: the release that tells the public; its kind is fixed. */
export const DraftClarificationBody = DraftReleaseBody.omit({ kind: true });
export type DraftClarificationBody = z.infer<typeof DraftClarificationBody>;

/** GET /api/v1/rumors: of one event, where it is named. */
export const RumorsQuery = z.object({ eventId: z.string().max(100).optional() });

export const RumorParams = z.object({ rumorId: z.string().min(1).max(100) });

const ByWhom = { at: Moment, by: z.string() };

/** A public post that carries a claim. */
export const ClaimPostView = z.object({
  postId: z.string(),
  title: z.string(),
  url: z.string(),
  /** An institution; empty for private people. */
  outlet: z.string(),
  publishedAt: Moment,
  firstSeenAt: Moment,
});
export type ClaimPostView = z.infer<typeof ClaimPostView>;

export const RumorView = z.object({
  id: z.string(),
  eventId: z.string(),
  eventTitle: z.string(),
  isDrill: z.boolean(),
  claimText: z.string(),
  posts: z.array(ClaimPostView),
  firstSeenAt: Moment,
  opened: z.object(ByWhom),
  state: z.string(),
  stateName: z.string(),
  /** Somebody still owes something. */
  isOpen: z.boolean(),
  evidence: z.array(
    z.object({ ...ByWhom, text: z.string(), source: z.string(), link: z.string() }),
  ),
  /** Oldest first; the last is in force, unless the case is verified again. */
  verdicts: z.array(
    z.object({
      ...ByWhom,
      verdict: RumorVerdictView,
      verdictName: z.string(),
      reason: z.string(),
    }),
  ),
  clarifications: z.array(
    z.object({
      releaseId: z.string(),
      draftedAt: Moment,
      publishedAt: Moment.optional(),
      withdrawnAt: Moment.optional(),
    }),
  ),
  /** From the first sight to the first publication that stands; ms. */
  clarificationMs: z.number().optional(),
  outcome: z.string().optional(),
  history: z.array(z.object({ ...ByWhom, what: z.string() })),
  /** Steps that the person who asks may take now. */
  may: z.array(z.string()),
});
export type RumorView = z.infer<typeof RumorView>;

/** What the machine points at; a person opens a case or does not. */
export const ProposedClaimView = z.object({
  leadId: z.string(),
  hintName: z.string(),
  /** The words that made it say so. */
  words: z.string(),
  claimText: z.string(),
  posts: z.array(ClaimPostView),
  /** The case that holds posts of the same text already. */
  rumorId: z.string().optional(),
});
export type ProposedClaimView = z.infer<typeof ProposedClaimView>;

/** GET /api/v1/events/:eventId/rumors */
export const EventRumorsView = z.object({
  rumors: z.array(RumorView),
  proposed: z.array(ProposedClaimView),
  /** Posts of the event that a case may name, earliest seen first. */
  posts: z.array(ClaimPostView),
  mayOpen: z.boolean(),
});
export type EventRumorsView = z.infer<typeof EventRumorsView>;
