import { z } from 'zod';
import { GradeSchema } from '#core';

/** The seven parts of the points model and their ceilings. */
export const INDICATORS = {
  content: 30,
  volume: 20,
  speed: 10,
  media: 20,
  sensitivity: 10,
  spread: 5,
  untrue: 5,
} as const;
export const IndicatorSchema = z.enum([
  'content',
  'volume',
  'speed',
  'media',
  'sensitivity',
  'spread',
  'untrue',
]);
export type Indicator = z.infer<typeof IndicatorSchema>;

/** The item that shows why: a post, with the words in it. */
export const EvidenceSchema = z.object({
  postId: z.string().optional(),
  url: z.string().optional(),
  outlet: z.string().optional(),
  at: z.coerce.date().optional(),
  /** The words or figures that were found, or the count that was reached. */
  words: z.string(),
});
export type Evidence = Readonly<z.infer<typeof EvidenceSchema>>;

export const PointsSchema = z.object({
  indicator: IndicatorSchema,
  /** The class within the indicator: A3, M4, 100–499, … */
  band: z.string(),
  points: z.number(),
  /** One sentence fragment in Chinese: 停水断供, 126条, 市级媒体, … */
  reason: z.string(),
  evidence: z.array(EvidenceSchema),
});
export type Points = Readonly<z.infer<typeof PointsSchema>>;

export const FloorSchema = z.object({
  code: z.enum(['FL1', 'FL2', 'FL3', 'FL4', 'FL5']),
  atLeast: GradeSchema,
  reason: z.string(),
  /** A floor whose ground is not yet credible is shown and does not lift. */
  isPending: z.boolean(),
  evidence: z.array(EvidenceSchema),
});
export type Floor = Readonly<z.infer<typeof FloorSchema>>;

/** 建议等级: what the rules propose, and why. */
export const GradeProposalSchema = z.object({
  grade: GradeSchema,
  sum: z.number(),
  points: z.array(PointsSchema),
  floors: z.array(FloorSchema),
  /** How many points are missing to the next higher grade; absent at L1. */
  toNext: z.object({ grade: GradeSchema, points: z.number() }).optional(),
  /** 建议定为较大(55分):内容18(执法争议)、量14…;距重大5分。 */
  sentence: z.string(),
  /** What moved since the proposal before; absent while nothing has moved. */
  changed: z.string().optional(),
  /** Name and version of the rule pack that decided. */
  ruleVersion: z.string(),
  at: z.coerce.date(),
});
export type GradeProposal = Readonly<z.infer<typeof GradeProposalSchema>>;
