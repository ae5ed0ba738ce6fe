import { z } from 'zod';
import { ActorSchema, type Documents } from '#core';
import { NotedSchema } from '../noted.ts';

const Line = z.string().trim().min(1);

export const ConsultationCallSchema = z.object({
  mode: z.enum(['meeting', 'video', 'online']),
  questions: z.array(Line).min(1),
});
export type ConsultationCall = Readonly<z.infer<typeof ConsultationCallSchema>>;

/** What a consultation came to, as a person tells of it. */
export const ConsultationResultSchema = z.object({
  participants: z.array(z.object({ unit: Line, person: Line, isPresent: z.boolean() })),
  conclusions: z.object({ nature: Line, trend: Line, risks: Line }),
  controlAdvice: z.string().trim(),
  /** Who disagreed with what; empty when nobody did. */
  dissent: z.string().trim(),
  decisions: z.array(z.object({ text: Line, unit: Line })),
});
export type ConsultationResult = Readonly<z.infer<typeof ConsultationResultSchema>>;

/** 会商: joint judgement by the units concerned. */
export const ConsultationSchema = NotedSchema.extend({
  mode: ConsultationCallSchema.shape.mode,
  questions: ConsultationCallSchema.shape.questions,
  calledBy: ActorSchema,
  calledAt: z.coerce.date(),
  endedAt: z.coerce.date().optional(),
  result: ConsultationResultSchema.extend({
    /** Each may become a handling order. */
    decisions: z.array(z.object({ id: z.string(), text: Line, unit: Line })),
  }).optional(),
});
export type Consultation = Readonly<z.infer<typeof ConsultationSchema>>;

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface ConsultationStore extends Documents<Consultation> {
  /** Oldest first. */
  listByEvent(eventId: string): Promise<readonly Consultation[]>;
}
