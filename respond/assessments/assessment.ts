import { z } from 'zod';
import { ActorSchema, type Documents } from '#core';
import { ResponseValueSchema } from '#analyze';
import { NotedSchema } from '../noted.ts';

const Lines = z.array(z.string().trim().min(1));

/** What an assessor writes; questions and quotations are checked against the posts. */
export const AssessmentDraftSchema = z.object({
  known: Lines,
  unknown: Lines,
  disputed: Lines,
  focusQuestions: Lines,
  camps: z.array(
    z.object({
      name: z.string().trim().min(1),
      /** Whether it criticises us; criticism belongs into every assessment that met some. */
      isCritical: z.boolean(),
      quotes: z.array(z.object({ text: z.string().trim().min(1), postId: z.string() })).min(1),
    }),
  ),
  risks: Lines,
  responseValue: ResponseValueSchema,
  responseReason: z.string().trim(),
  advice: Lines,
});
export type AssessmentDraft = Readonly<z.infer<typeof AssessmentDraftSchema>>;

/** 研判: one round of judgement on an event. */
export const AssessmentSchema = NotedSchema.extend({
  ...AssessmentDraftSchema.shape,
  round: z.int().min(1),
  focusQuestions: z.array(
    z.object({
      text: z.string(),
      /** Posts that ask it; none where a person foresees the question. */
      postIds: z.array(z.string()),
      foundBy: z.enum(['machine', 'person']),
    }),
  ),
  writer: ActorSchema,
  /** Others who changed it; like the writer they may not confirm it. */
  editors: z.array(ActorSchema),
  confirmed: z.object({ by: ActorSchema, at: z.coerce.date() }).optional(),
});
export type Assessment = Readonly<z.infer<typeof AssessmentSchema>>;

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface AssessmentStore extends Documents<Assessment> {
  /** Oldest round first. */
  listByEvent(eventId: string): Promise<readonly Assessment[]>;
}
