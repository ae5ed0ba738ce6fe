import { z } from 'zod';
import {
  ActorSchema,
  actorOf,
  auditEffect,
  EffectSchema,
  hasRole,
  newId,
  Refused,
  type Documents,
  type Person,
  ROLE_WORDS,
} from '#core';

import { MustRespondReasonSchema } from '../grade/must-respond-reason.ts';
import { ContentClassSchema } from '../grade/grading-pack.ts';
import type { Example, ModelKind } from './model-version.ts';
import type { FocusPack } from './proposal-packs.ts';
import { FocusCodeSchema, SentimentSchema, TopicCodeSchema } from './proposal.ts';

export const CorrectableSchema = z.enum([
  'topic',
  'sentiment',
  'contentClass',
  'focus',
  'unit',
  'mustRespond',
]);
export type Correctable = z.infer<typeof CorrectableSchema>;

/** What a person put in the place of a proposal. It holds for the event, and is labelled text for training. */
export const CorrectionSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  eventId: z.string(),
  field: CorrectableSchema,
  /** A code of the field; for `unit` a name, for `mustRespond` reasons with commas, empty for none. */
  value: z.string(),
  /** What the machine had proposed; empty when it could not tell. */
  proposed: z.string(),
  reason: z.string(),
  by: ActorSchema,
  at: z.coerce.date(),
  /** The text it was said of: title and head of the first post, already masked on its way in. */
  text: z.string(),
});
export type Correction = Readonly<z.infer<typeof CorrectionSchema>>;

/** Adapters pass tests/contracts/correction-store.contract.ts. */
export interface CorrectionStore extends Documents<Correction> {
  /** Oldest first. */
  listByEvent(eventId: string): Promise<readonly Correction[]>;
  /** Every correction of one field, oldest first. */
  listByField(field: Correctable): Promise<readonly Correction[]>;
}

export const mayCorrect = (
  person: Person,
  { correctedBy }: Pick<FocusPack, 'correctedBy'>,
): boolean => hasRole(person, ...correctedBy);

export interface CorrectAct {
  readonly eventId: string;
  readonly field: Correctable;
  readonly value: string;
  readonly reason: string;
  readonly actor: Person;
  readonly at: Date;
}

/**
 * A correction with its entry for the audit trail.
 *
 * @throws {Refused} when the person may not, or the value is none of the field's
 */
export function makeCorrection(
  { eventId, field, value, reason, actor, at }: CorrectAct,
  said: { readonly proposed: string; readonly text: string },
  pack: Pick<FocusPack, 'correctedBy'>,
): Correction {
  if (!mayCorrect(actor, pack)) {
    const who = pack.correctedBy.map((role) => ROLE_WORDS[role]).join('、');
    throw new Refused('ROLE_NEEDED', `更正研判须由${who}作出`, 'forbidden');
  }
  if (!SCHEMAS[field].safeParse(value).success) {
    throw new Refused('VALUE_UNKNOWN', `不认识的取值：${value}`, 'invalid');
  }
  const id = newId();
  const by = actorOf(actor);
  return {
    id,
    revision: 1,
    effects: [
      auditEffect({
        at,
        actor: by,
        act: '更正研判',
        target: `event:${eventId}`,
        detail: `${FIELD_WORDS[field]}：${said.proposed || '无法判断'} → ${value || '无'}；${reason}`,
        eventId,
      }),
    ],
    eventId,
    field,
    value,
    proposed: said.proposed,
    reason,
    by,
    at,
    text: said.text,
  };
}

export const FIELD_WORDS: Readonly<Record<Correctable, string>> = {
  topic: '诉求类别',
  sentiment: '情感',
  contentClass: '内容类别',
  focus: '收集重点',
  unit: '责任单位',
  mustRespond: '应回应情形',
};

const SCHEMAS: Readonly<Record<Correctable, z.ZodType>> = {
  topic: TopicCodeSchema,
  sentiment: SentimentSchema.exclude(['unknown']),
  contentClass: ContentClassSchema,
  focus: FocusCodeSchema,
  unit: z.string().trim().min(2),
  mustRespond: z.string().refine((codes) => codes.split(',').every(isReasonOrNone)),
};

const isReasonOrNone = (code: string): boolean =>
  code === '' || MustRespondReasonSchema.safeParse(code).success;

/** The correction in force of each field: the last one. */
export function correctionsInForce(
  corrections: readonly Correction[],
): ReadonlyMap<Correctable, Correction> {
  return new Map(corrections.map((one) => [one.field, one]));
}

/** Corrections as labelled texts; of one text corrected twice the last counts. */
export function toExamples(corrections: readonly Correction[], kind: ModelKind): Example[] {
  const ofKind = corrections.filter(({ field, text }) => field === kind && text !== '');
  return [...new Map(ofKind.map((one) => [one.text, one.value]))].map(([text, label]) => ({
    text,
    label,
  }));
}
