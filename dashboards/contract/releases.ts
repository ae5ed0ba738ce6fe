import { z } from 'zod';
import { Moment } from './common.ts';

export const ReleaseKindView = z.enum(['firstRelease', 'followUp', 'final', 'clarification']);
/** Kinds that exist on record; only those of ReleaseKindView are drafted here. */
export const RecordedReleaseKindView = z.enum([
  ...ReleaseKindView.options,
  'policyRelease',
  'interpretation',
  'replyPublic',
]);
export const ReleaseChannelView = z.enum([
  'govSite',
  'weibo',
  'wechat',
  'app',
  'pressConference',
  'newspaper',
  'broadcast',
  'other',
]);
export const ReviewStepView = z.enum(['unitHead', 'content', 'secrecy', 'legal', 'leader']);

/** POST /api/v1/events/:eventId/releases and PUT /api/v1/releases/:releaseId. */
export const DraftReleaseBody = z.object({
  kind: ReleaseKindView,
  title: z.string().trim().min(1).max(200),
  text: z.string().trim().min(1).max(20_000),
  releasingUnit: z.string().trim().min(1).max(100),
  checklist: z.object({
    facts: z.string().trim().max(2_000),
    measures: z.string().trim().max(2_000),
    result: z.string().trim().max(2_000),
    nextUpdateAt: Moment.optional(),
  }),
});
export type DraftReleaseBody = z.infer<typeof DraftReleaseBody>;

/** POST /api/v1/releases/:releaseId/signatures: one step of the review, bound to the text by its digest. */
export const SignReleaseBody = z.object({
  step: ReviewStepView,
  verdict: z.enum(['agreed', 'rejected']),
  comment: z.string().trim().max(1_000).default(''),
  /** Digest of the text that the reviewer read. */
  contentDigest: z.string(),
});
export type SignReleaseBody = z.infer<typeof SignReleaseBody>;

/** POST /api/v1/releases/:releaseId/hit-answers: why words that the text check found may stay. */
export const AnswerHitBody = z.object({
  hitKey: z.string(),
  reason: z.string().trim().min(1).max(500),
  /** Digest of the text that was read. */
  contentDigest: z.string(),
});
export type AnswerHitBody = z.infer<typeof AnswerHitBody>;

/** POST /api/v1/releases/:releaseId/publication: where a person has published it. */
export const PublishReleaseBody = z.object({
  channel: ReleaseChannelView,
  link: z.union([z.url(), z.literal('')]).default(''),
  contentDigest: z.string(),
  /** When it was published; absent: just now. */
  publishedAt: Moment.optional(),
  /** Why it is entered late (补录). */
  lateReason: z.string().trim().max(500).optional(),
});
export type PublishReleaseBody = z.infer<typeof PublishReleaseBody>;

export const ReleaseView = z.object({
  id: z.string(),
  eventId: z.string(),
  kind: RecordedReleaseKindView,
  kindName: z.string(),
  state: z.string(),
  stateName: z.string(),
  title: z.string(),
  text: z.string(),
  contentDigest: z.string(),
  releasingUnit: z.string(),
  checklist: z.object({
    facts: z.string(),
    measures: z.string(),
    result: z.string(),
    nextUpdateAt: Moment.optional(),
  }),
  drafter: z.string(),
  /** Steps this text needs, in order, with who signed under this digest. */
  steps: z.array(
    z.object({
      step: ReviewStepView,
      name: z.string(),
      signedBy: z.string().optional(),
      signedAt: Moment.optional(),
      verdict: z.enum(['agreed', 'rejected']).optional(),
      comment: z.string().optional(),
      /** Whether the person who asks may sign this step now. */
      maySign: z.boolean(),
    }),
  ),
  /** What the text check found; nobody can agree to the text while one that must be answered is open. */
  hits: z.array(
    z.object({
      key: z.string(),
      kindName: z.string(),
      words: z.string(),
      says: z.string(),
      mustAnswer: z.boolean(),
      answer: z.object({ by: z.string(), at: Moment, reason: z.string() }).optional(),
    }),
  ),
  mayAnswerHits: z.boolean(),
  published: z
    .object({
      at: Moment,
      by: z.string(),
      channel: ReleaseChannelView,
      channelName: z.string(),
      link: z.string(),
      /** When it was entered, where that is another time. */
      enteredAt: Moment.optional(),
      lateReason: z.string().optional(),
    })
    .optional(),
  /** What is still missing before it can be published, in words. */
  missing: z.array(z.string()),
  mayEdit: z.boolean(),
  mayPublish: z.boolean(),
  createdAt: Moment,
});
export type ReleaseView = z.infer<typeof ReleaseView>;

export const RegisterEntryView = z.object({
  id: z.string(),
  releaseId: z.string(),
  eventId: z.string(),
  originalContent: z.string(),
  contentDigest: z.string(),
  releasingUnit: z.string(),
  reviewer: z.string(),
  publisher: z.string(),
  releasedAt: Moment,
  channel: ReleaseChannelView,
  channelName: z.string(),
  link: z.string(),
  enteredAt: Moment.optional(),
  lateReason: z.string().optional(),
});
export type RegisterEntryView = z.infer<typeof RegisterEntryView>;
