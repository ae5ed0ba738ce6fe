import { z } from 'zod';
import { RoleSchema } from '#core';

import { MustRespondReasonSchema } from '../grade/must-respond-reason.ts';
import { ContentClassSchema } from '../grade/grading-pack.ts';
import { FocusCodeSchema, TopicCodeSchema } from './proposal.ts';

const Words = z.array(z.string().min(1));
const Head = { name: z.string(), version: z.string(), source: z.string() };
/** How much one word of the lists and one unit of the model's score count. */
const Blend = z.strictObject({ lexicon: z.number().min(0), linear: z.number().min(0) });

/** 诉求分类: words per class; a strong word counts twice, a weak one half. */
export const TopicPackSchema = z.strictObject({
  ...Head,
  blend: Blend,
  leastConfidence: z.number().min(0).max(1),
  votes: z.strictObject({ strong: z.number(), words: z.number(), weak: z.number() }),
  topics: z.array(
    z.strictObject({
      code: TopicCodeSchema,
      name: z.string(),
      strong: Words,
      words: Words,
      weak: Words,
    }),
  ),
});
export type TopicPack = Readonly<z.infer<typeof TopicPackSchema>>;

/** 情感: words of praise and blame, what turns them round and what makes them stronger. */
export const SentimentPackSchema = z.strictObject({
  ...Head,
  blend: Blend,
  leastConfidence: z.number().min(0).max(1),
  /** What a word counts: plain report; praise or blame turned round; praise beside irony. Others count 1. */
  weights: z.strictObject({ neutral: z.number(), negated: z.number(), ironic: z.number() }),
  positive: Words,
  negative: Words,
  negations: Words,
  /** How many characters a negation reaches. */
  negationReach: z.int().min(1),
  degrees: z.array(z.strictObject({ factor: z.number().positive(), words: Words })),
  irony: Words,
  neutral: Words,
});
export type SentimentPack = Readonly<z.infer<typeof SentimentPackSchema>>;

/** 收集重点、应回应情形、待核说法: words and content classes that speak for each. */
export const FocusPackSchema = z.strictObject({
  ...Head,
  focuses: z.array(
    z.strictObject({
      code: FocusCodeSchema,
      name: z.string(),
      classes: z.array(ContentClassSchema),
      words: Words,
    }),
  ),
  mustRespond: z.array(
    z.strictObject({
      reason: MustRespondReasonSchema,
      focuses: z.array(FocusCodeSchema),
      words: Words,
    }),
  ),
  ignoredContexts: Words,
  claimWords: Words,
  /** Words that speak for a content class beside the model where the grading rules find none; no points. */
  contentWords: z.array(z.strictObject({ class: ContentClassSchema, words: Words })),
  /** How much words and model count there, and from when on a class is proposed. */
  contentModel: z.strictObject({ blend: Blend, leastConfidence: z.number().min(0).max(1) }),
  /** Who may put another value in the place of a proposal. */
  correctedBy: z.array(RoleSchema).min(1),
});
export type FocusPack = Readonly<z.infer<typeof FocusPackSchema>>;

/** 责任规则: named words, topic (主管) and region (属地) to the unit that leads and those that assist. */
export const ResponsibilityRuleSchema = z
  .strictObject({
    id: z.string(),
    topicCode: TopicCodeSchema.optional(),
    /** This division and all within it. */
    regionCode: z.string().optional(),
    words: Words.default([]),
    leadUnit: z.string(),
    assistUnits: z.array(z.string()).default([]),
    /** The paper and article that says so. */
    basis: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().optional(),
    priority: z.int().default(0),
  })
  .refine(({ topicCode, regionCode, words }) => topicCode ?? regionCode ?? words[0], {
    message: '责任规则至少要有分类、地区、用词之一',
  });
export type ResponsibilityRule = Readonly<z.infer<typeof ResponsibilityRuleSchema>>;

export const ResponsibilityPackSchema = z.strictObject({
  ...Head,
  rules: z.array(ResponsibilityRuleSchema),
});
export type ResponsibilityPack = Readonly<z.infer<typeof ResponsibilityPackSchema>>;

export interface ProposalPacks {
  readonly topics: TopicPack;
  readonly sentiment: SentimentPack;
  readonly focus: FocusPack;
  readonly responsibility: ResponsibilityPack;
}
