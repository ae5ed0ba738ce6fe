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
  /** 动态口令, where the step asks for it. */
  code: z.string().trim().max(20).optional(),
});
export type SignReleaseBody = z.infer<typeof SignReleaseBody>;

/** POST /api/v1/releases/:releaseId/submission: to its reviewers. */
export const SubmitReleaseBody = z.object({ contentDigest: z.string() });

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
      /** Whether the signature stands, or would stand, in the place of those who should have signed. */
      isStandIn: z.boolean(),
      /** Whether agreeing asks for 动态口令. */
      needsSecondFactor: z.boolean(),
      /** Until when it is waited for; absent where it is not. */
      dueAt: Moment.optional(),
      /** Whether that has passed and others may sign. */
      isPassedOn: z.boolean(),
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
  /** The text against the version that was reviewed last; absent where nobody reviewed another one. */
  changed: z
    .object({
      since: Moment,
      reviewers: z.array(z.string()),
      parts: z.array(z.object({ kind: z.enum(['same', 'removed', 'added']), text: z.string() })),
    })
    .optional(),
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
  corrects: z.object({ releaseId: z.string(), reason: z.string() }).optional(),
  /** The case whose verdict it tells the public. */
  clarifies: z.object({ rumorId: z.string() }).optional(),
  correctedBy: z.object({ releaseId: z.string(), at: Moment }).optional(),
  withdrawn: z
    .object({ at: Moment, by: z.string(), decidedBy: z.string(), reason: z.string() })
    .optional(),
  /** What is still missing before it can be published, in words. */
  missing: z.array(z.string()),
  mayEdit: z.boolean(),
  maySubmit: z.boolean(),
  mayPublish: z.boolean(),
  mayCorrect: z.boolean(),
  mayWithdraw: z.boolean(),
  createdAt: Moment,
});
export type ReleaseView = z.infer<typeof ReleaseView>;

/** POST /api/v1/releases/:releaseId/correction: a new text that is to put a published one right. */
export const CorrectReleaseBody = DraftReleaseBody.extend({
  reason: z.string().trim().min(1).max(500),
});
export type CorrectReleaseBody = z.infer<typeof CorrectReleaseBody>;

/** POST /api/v1/releases/:releaseId/withdrawal: a person has withdrawn it; the record of it. */
export const WithdrawReleaseBody = z.object({
  reason: z.string().trim().min(1).max(500),
  /** Who decided it, by name and post. */
  decidedBy: z.string().trim().min(1).max(100),
});
export type WithdrawReleaseBody = z.infer<typeof WithdrawReleaseBody>;

/** What the public reads at the address of one entry. */
const SnapshotView = z.object({
  state: z.enum(['awaited', 'kept', 'unreachable']),
  stateName: z.string(),
  /** Where it stands, in a sentence. */
  says: z.string(),
  /** Whether a person must look at it. */
  isWrong: z.boolean(),
  lookedAt: Moment.optional(),
  dueAt: Moment.optional(),
  endedBecause: z.string().optional(),
  /** Why the last look brought nothing. */
  problem: z.string().optional(),
  /** Whether the person who asks may have it looked at at once. */
  mayLook: z.boolean(),
  /** Newest first. */
  versions: z.array(
    z.object({
      at: Moment,
      lastSeenAt: Moment,
      /** Where the page came from in the end, where that is another address. */
      movedTo: z.string().optional(),
      htmlDigest: z.string(),
      looked: z.int(),
      missing: z.array(z.string()),
      differing: z.array(z.object({ approved: z.string(), onPage: z.string() })),
      otherTitle: z.string().optional(),
      /** Against the version before. */
      change: z.object({ removed: z.array(z.string()), added: z.array(z.string()) }).optional(),
    }),
  ),
});
export type SnapshotView = z.infer<typeof SnapshotView>;

export const RegisterKindView = z.enum(['publication', 'correction', 'withdrawal']);
const Day = z.iso.date();

/** GET /api/v1/register and /api/v1/register.csv; days of Beijing, both ends counted. */
export const RegisterQuery = z.object({
  from: Day.optional(),
  to: Day.optional(),
  kind: RegisterKindView.optional(),
  eventId: z.string().max(100).optional(),
});
export type RegisterQuery = z.infer<typeof RegisterQuery>;

/** POST /api/v1/register/:entryId/look */
export const RegisterEntryParams = z.object({ entryId: z.string().min(1).max(100) });

/** GET /api/v1/register/pages/:digest: the page as it came. */
export const PageParams = z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/) });

export const RegisterEntryView = z.object({
  id: z.string(),
  /** Its place in the chain, from 1. */
  position: z.int(),
  kind: RegisterKindView,
  kindName: z.string(),
  /** The entry that is corrected or withdrawn, by its place where it is known. */
  about: z
    .object({ entryId: z.string(), position: z.int().optional(), reason: z.string() })
    .optional(),
  /** Entries by which this one was corrected or withdrawn since. */
  since: z.array(z.object({ position: z.int(), kindName: z.string() })),
  snapshot: SnapshotView.optional(),
  eventTitle: z.string(),
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
