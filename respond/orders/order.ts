import { z } from 'zod';
import { ActorSchema, EffectSchema, GradeSchema } from '#core';

/** Handling of the facts, or what the public is told. */
export const OrderTrackSchema = z.enum(['fact', 'response']);
export type OrderTrack = z.infer<typeof OrderTrackSchema>;

export const ORDER_STATES = [
  'issued',
  'accepted',
  'returned',
  'working',
  'submitted',
  'sentBack',
  'verified',
  'done',
] as const;
const OrderStateSchema = z.enum(ORDER_STATES);
export type OrderState = z.infer<typeof OrderStateSchema>;

/** 批示: the leader's instruction on a report that an order carries out. */
const InstructedSchema = z.object({
  id: z.string(),
  reportId: z.string(),
  /** 舆情快报〔2026〕第3期 */
  reportName: z.string(),
  leader: ActorSchema,
  /** Who registered it from paper or routed it, in the leader's name. */
  through: ActorSchema.optional(),
});
export type Instructed = Readonly<z.infer<typeof InstructedSchema>>;

/** Orders that were decided elsewhere and are to be kept: {@link createOrderStage}. */
export const HANDLING_ORDERS_TOPIC = 'handling-orders';

const By = { at: z.coerce.date(), by: ActorSchema };

/** 处置单: a task to a lead unit on one track. */
export const HandlingOrderSchema = z.object({
  /** Digest of event, track, unit, task and the instruction behind it: issuing it twice is harmless. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  eventId: z.string(),
  /** The event's as it was when issued; for messages. */
  eventTitle: z.string(),
  isDrill: z.boolean(),
  grade: GradeSchema,
  track: OrderTrackSchema,
  leadUnit: z.string().min(1),
  assistUnits: z.array(z.string()),
  task: z.string().min(1),
  /** The decision of a consultation that it carries out; absent where there is none. */
  decisionId: z.string().optional(),
  /** Absent where no leader's instruction stands behind it. */
  instructed: InstructedSchema.optional(),
  /** Set in the order; absent where the rule's own length holds. */
  dueAt: z.coerce.date().optional(),
  /** 发布授权: the unit that may publish; on a response order. */
  publishingUnit: z.string().optional(),
  issued: z.object(By),
  /** Until when it may be signed or returned; silence counts as acceptance. */
  acceptDueAt: z.coerce.date(),
  state: OrderStateSchema,
  /** By the machine when nobody answered in time (逾期签收). */
  accepted: z.object(By).optional(),
  /** A person's own signature after silence had accepted it. */
  signedLate: z.object(By).optional(),
  returns: z.array(
    z.object({ ...By, unit: z.string(), reason: z.string(), suggestedUnit: z.string() }),
  ),
  /** The unit was decided after repeated returns; it cannot be returned again. */
  isFinal: z.boolean(),
  progress: z.array(z.object({ ...By, unit: z.string(), text: z.string() })),
  result: z.object({ ...By, text: z.string(), evidence: z.array(z.string()) }).optional(),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
  createdAt: z.coerce.date(),
});
export type HandlingOrder = Readonly<z.infer<typeof HandlingOrderSchema>>;
