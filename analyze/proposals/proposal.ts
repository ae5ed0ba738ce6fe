import { z } from 'zod';

/** The seven first-level classes commonly used by complaint platforms. */
export const TopicCodeSchema = z.enum([
  'transport',
  'labour',
  'health',
  'commerce',
  'construction',
  'education',
  'environment',
]);
export type TopicCode = z.infer<typeof TopicCodeSchema>;

export const SentimentSchema = z.enum(['positive', 'neutral', 'negative', 'unknown']);

/** 收集重点: what must be collected first. */
export const FocusCodeSchema = z.enum([
  'policyDecision',
  'vitalInterest',
  'govImage',
  'emergency',
  'moralBottomLine',
  'harmfulFalse',
]);
export type FocusCode = z.infer<typeof FocusCodeSchema>;

const BecauseSchema = z.object({ words: z.string(), weight: z.number() });

/** What the machine proposes of a text, why, and how sure it is; it never decides. */
export const LabelProposalSchema = z.object({
  /** Absent: the machine cannot tell. */
  value: z.string().optional(),
  /** 0 to 1: the chance it gives its first choice, also when that is too small to propose it. */
  confidence: z.number(),
  /** Why it cannot tell. */
  cannotTell: z.enum(['nothingFound', 'tooClose']).optional(),
  /** The words behind it, heaviest first; weight has no unit. */
  because: z.array(BecauseSchema),
  /** Packs and models it was made with. */
  madeBy: z.string(),
});
export type LabelProposal = Readonly<z.infer<typeof LabelProposalSchema>>;

/** Everything proposed of one post. */
export const PostProposalsSchema = z.object({
  topic: LabelProposalSchema,
  sentiment: LabelProposalSchema,
  contentClass: LabelProposalSchema,
  focus: LabelProposalSchema,
  mustRespond: z.array(z.object({ reason: z.string(), words: z.string() })),
  /** A claim under verification; never presumed false. */
  claimWords: z.string(),
});
export type PostProposals = Readonly<z.infer<typeof PostProposalsSchema>>;
