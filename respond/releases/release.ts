import { z } from 'zod';
import { ActorSchema, EffectSchema, RoleSchema } from '#core';

export const ReleaseChannelSchema = z.enum([
  'govSite',
  'weibo',
  'wechat',
  'app',
  'pressConference',
  'newspaper',
  'broadcast',
  'other',
]);
export type ReleaseChannel = z.infer<typeof ReleaseChannelSchema>;

export const ReviewStepSchema = z.enum(['unitHead', 'content', 'secrecy', 'legal', 'leader']);
export type ReviewStep = z.infer<typeof ReviewStepSchema>;

export const ReleaseKindSchema = z.enum([
  'firstRelease',
  'followUp',
  'final',
  'clarification',
  'policyRelease',
  'interpretation',
  'replyPublic',
]);

/** A signature under one version of one text. */
export const ReviewSignatureSchema = z.object({
  step: ReviewStepSchema,
  actor: ActorSchema,
  /** Roles the person held when signing; a grade that rises later may ask for another. */
  roles: z.array(RoleSchema),
  at: z.coerce.date(),
  verdict: z.enum(['agreed', 'rejected']),
  /** Mandatory when rejected. */
  comment: z.string(),
  /** Digest of the text that was signed; another text makes the signature void. */
  contentDigest: z.string(),
  /** When the text changed under it; writing the old text again does not bring it back. */
  voidedAt: z.coerce.date().optional(),
  /** 代签: the roles in whose place it was given, after their limit had passed; absent where they signed themselves. */
  inPlaceOf: z.array(RoleSchema).optional(),
  /** Whether it was given with 动态口令; absent where none was asked for. */
  isConfirmed: z.boolean().optional(),
});
export type ReviewSignature = Readonly<z.infer<typeof ReviewSignatureSchema>>;

/** A step that is waited for: since when, until when, and who heard of it. */
export const ReviewWaitSchema = z.object({
  step: ReviewStepSchema,
  since: z.coerce.date(),
  dueAt: z.coerce.date(),
  /** How many of the pack's reminders are behind it. */
  reminded: z.int(),
  /** When somebody is told next; absent once others may sign in their place. */
  nextAt: z.coerce.date().optional(),
  /** From when on others may sign. */
  passedOnAt: z.coerce.date().optional(),
});
export type ReviewWait = Readonly<z.infer<typeof ReviewWaitSchema>>;

/** A decision on one hit of the text check, for one version of the text. */
export const HitAnswerSchema = z.object({
  hitKey: z.string(),
  /** The words it was about. */
  words: z.string(),
  reason: z.string().min(1),
  actor: ActorSchema,
  at: z.coerce.date(),
  contentDigest: z.string(),
});
export type HitAnswer = Readonly<z.infer<typeof HitAnswerSchema>>;

export const RegisterEntryKindSchema = z.enum(['publication', 'correction', 'withdrawal']);
export type RegisterEntryKind = z.infer<typeof RegisterEntryKindSchema>;

/** 发布登记: six mandatory fields, written once by publishing, correcting or withdrawing. */
export const ReleaseRegisterEntrySchema = z.object({
  id: z.string(),
  /** Absent in entries that knew publications only. */
  kind: RegisterEntryKindSchema.optional(),
  /** The entry that is corrected or withdrawn, which stays; of which text, and why. */
  about: z
    .object({ entryId: z.string(), releaseId: z.string(), reason: z.string().min(1) })
    .optional(),
  releaseId: z.string(),
  eventId: z.string(),
  originalContent: z.string().min(1),
  contentDigest: z.string(),
  releasingUnit: z.string().min(1),
  reviewer: z.string().min(1),
  publisher: z.string().min(1),
  releasedAt: z.coerce.date(),
  channel: ReleaseChannelSchema,
  link: z.string(),
  /** When it was entered; absent in entries that knew one time only. */
  enteredAt: z.coerce.date().optional(),
  /** Why it was entered late (补录). */
  lateReason: z.string().optional(),
});
export type ReleaseRegisterEntry = Readonly<z.infer<typeof ReleaseRegisterEntrySchema>>;

/** Topic of register entries on their way into the chain. */
export const RELEASE_REGISTER_TOPIC = 'release-register';

/** Where and when a person has published the text. */
export const PublicationSchema = z.object({
  /** When it was published: the time that counts. */
  at: z.coerce.date(),
  /** When it was entered, by the server; absent where both are one. */
  enteredAt: z.coerce.date().optional(),
  /** Why it was entered late (补录). */
  lateReason: z.string().optional(),
  by: ActorSchema,
  channel: ReleaseChannelSchema,
  link: z.string(),
});
export type Publication = Readonly<z.infer<typeof PublicationSchema>>;

/** What a release says: all that its digest covers. */
export const ReleaseTextSchema = z.object({
  kind: ReleaseKindSchema,
  title: z.string(),
  text: z.string(),
  releasingUnit: z.string(),
  disclosureType: z.enum(['proactive', 'onRequest', 'none']),
  /** 内容完整性: what the text must say. */
  checklist: z.object({
    facts: z.string(),
    measures: z.string(),
    result: z.string(),
    nextUpdateAt: z.coerce.date().optional(),
  }),
});
export type ReleaseText = Readonly<z.infer<typeof ReleaseTextSchema>>;

/** 发布(回应): a text meant for the public. People publish; the product records. */
export const ReleaseSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  eventId: z.string(),
  isDrill: z.boolean(),
  ...ReleaseTextSchema.shape,
  contentDigest: z.string(),
  state: z.enum([
    'draft',
    'inReview',
    'rejected',
    'approved',
    'published',
    'corrected',
    'withdrawn',
  ]),
  drafter: ActorSchema,
  /** Others who changed the text; like the drafter they may not review it. */
  editors: z.array(ActorSchema).optional(),
  /** All signatures ever given; those under another digest are void and stay visible. */
  signatures: z.array(ReviewSignatureSchema),
  /** Steps waited for under the present text; absent where none ever was. */
  waits: z.array(ReviewWaitSchema).optional(),
  /** Texts that somebody reviewed and somebody then changed, oldest first; absent where none was. */
  reviewedVersions: z
    .array(ReleaseTextSchema.extend({ contentDigest: z.string(), replacedAt: z.coerce.date() }))
    .optional(),
  /** Decisions on what the text check found; absent where none was asked for yet. */
  hitAnswers: z.array(HitAnswerSchema).optional(),
  /** The first publication; its time is the one that counts. */
  published: PublicationSchema.optional(),
  /** The same text on further channels. */
  alsoPublished: z.array(PublicationSchema).optional(),
  /** The published text that this one is to put right, and why; fixed when it is drafted. */
  corrects: z.object({ releaseId: z.string(), reason: z.string().min(1) }).optional(),
  /** The case whose verdict it tells the public; fixed when it is drafted. */
  clarifies: z.object({ rumorId: z.string() }).optional(),
  /** The text that put this one right. */
  correctedBy: z.object({ releaseId: z.string(), at: z.coerce.date() }).optional(),
  withdrawn: z
    .object({
      at: z.coerce.date(),
      by: ActorSchema,
      /** Who decided it, by name and post. */
      decidedBy: z.string().min(1),
      reason: z.string().min(1),
    })
    .optional(),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
  createdAt: z.coerce.date(),
});
export type Release = Readonly<z.infer<typeof ReleaseSchema>>;
