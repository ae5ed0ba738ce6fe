import { z } from 'zod';
import { ActorSchema, type Documents } from '#core';
import { NotedSchema } from '../noted.ts';

const Line = z.string().trim().min(1);
const Scored = z.object({ score: z.int().min(0).max(5), reason: Line });

/** 分类处置: six ways of disposal, each with its own closing condition. */
export const DispositionCategorySchema = z.enum([
  'suggestion',
  'hardship',
  'majorProblem',
  'misunderstanding',
  'wrongView',
  'falseInfo',
]);
export type DispositionCategory = z.infer<typeof DispositionCategorySchema>;

export const EvaluationDraftSchema = z.object({
  dispositionCategory: DispositionCategorySchema,
  timeliness: Scored,
  targeting: Scored,
  effect: Scored,
  consistency: Scored,
  factsSolved: Scored,
  /** Focus questions that the releases answered, by their text. */
  answered: z.array(Line),
  retrospective: z
    .object({
      whatWorked: z.array(Line),
      whatFailed: z.array(Line),
      rootCauses: z.array(Line),
      actions: z.array(z.object({ text: Line, owner: Line })),
    })
    .optional(),
});
export type EvaluationDraft = Readonly<z.infer<typeof EvaluationDraftSchema>>;

const Signed = z.object({ by: ActorSchema, at: z.coerce.date() });

const TrackingEnded = Signed.extend({
  unmet: z.array(z.string()).default([]),
  reason: z.string().default(''),
});
const Evaluated = Signed.extend({
  draft: EvaluationDraftSchema,
  /** Weighted mean, 0 to 5. */
  score: z.number(),
  /** Share of the focus questions that the releases answered, 0 to 1; absent where nobody asked. */
  answeredShare: z.number().optional(),
});
const Closed = Signed.extend({ unmet: z.array(z.string()), reason: z.string() });

/** 评估: what came after the answer, up to the closing. */
export const EvaluationSchema = NotedSchema.extend({
  /** 结束事后监测, with what was not met; older records name nothing. */
  trackingEnded: TrackingEnded.optional(),
  evaluated: Evaluated.optional(),
  /** 结案, with every condition that was not met. */
  closed: Closed.optional(),
  /** 重启: every round that was closed before, oldest first, with who opened the event again and why. */
  reopened: z
    .array(
      Signed.extend({
        reason: z.string(),
        trackingEnded: TrackingEnded.optional(),
        evaluated: Evaluated.optional(),
        closed: Closed,
      }),
    )
    .default([]),
});
export type Evaluation = Readonly<z.infer<typeof EvaluationSchema>>;

/** At most one for an event. Adapters pass tests/contracts/documents.contract.ts. */
export interface EvaluationStore extends Documents<Evaluation> {
  findByEvent(eventId: string): Promise<Evaluation | undefined>;
}
