import { z } from 'zod';
import { ActorSchema, DAY_KINDS, EffectSchema } from '#core';

/** Two contacts and a leader in charge. */
export const SEATS = ['first', 'second', 'leader'] as const;
export const SeatSchema = z.enum(SEATS);
export type Seat = z.infer<typeof SeatSchema>;

export const SEAT_WORDS: Readonly<Record<Seat, string>> = {
  first: '值班员',
  second: '第二值班员',
  leader: '带班领导',
};

const Day = z.iso.date();
const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 08:30');

/** People in turn; the turn passes after so many days on which the shift was served. */
const RotationSchema = z.object({
  people: z.array(z.string().min(1)).min(1),
  turnDays: z.int().min(1).max(31).default(1),
});

/** 班次: which days it is on, from when to when, and who takes turns. */
export const ShiftRuleSchema = z.object({
  id: z.string().min(1),
  name: z.string().trim().min(1).max(20),
  days: z.array(z.enum(DAY_KINDS)).min(1),
  /** Beijing wall time. */
  from: WallTime,
  /** Not after `from`: it ends the day after; the same: it lasts a day. */
  to: WallTime,
  seats: z.object({
    first: RotationSchema,
    second: RotationSchema.optional(),
    leader: RotationSchema.optional(),
  }),
});
export type ShiftRule = Readonly<z.infer<typeof ShiftRuleSchema>>;

/** A set of shifts from a day on; what was before that day stays as it was. */
export const DutyPlanSchema = z.object({
  from: Day,
  shifts: z.array(ShiftRuleSchema).min(1),
  by: ActorSchema,
  at: z.coerce.date(),
});
export type DutyPlan = Readonly<z.infer<typeof DutyPlanSchema>>;

const WithdrawnSchema = z.object({ by: ActorSchema, at: z.coerce.date() }).optional();

/** 顶班: somebody else for a while, before everything else. */
export const DutyOverrideSchema = z.object({
  id: z.string(),
  seat: SeatSchema,
  personId: z.string(),
  from: z.coerce.date(),
  to: z.coerce.date(),
  reason: z.string().min(1),
  by: ActorSchema,
  at: z.coerce.date(),
  /** From then on it no longer counts. */
  withdrawn: WithdrawnSchema,
});

/** One seat of one shift of one day. */
export const DutySlotSchema = z.object({ day: Day, shiftId: z.string(), seat: SeatSchema });
export type DutySlot = Readonly<z.infer<typeof DutySlotSchema>>;

/** 换班: asked by one, accepted by the other; each takes the other's slot. */
export const DutySwapSchema = z.object({
  id: z.string(),
  mine: DutySlotSchema,
  theirs: DutySlotSchema,
  askedBy: ActorSchema,
  askedOf: ActorSchema,
  reason: z.string().min(1),
  askedAt: z.coerce.date(),
  answer: z.object({ isAccepted: z.boolean(), at: z.coerce.date() }).optional(),
});
export type DutySwap = Readonly<z.infer<typeof DutySwapSchema>>;

/** 请假: whole Beijing days, the last one included. */
export const DutyLeaveSchema = z.object({
  id: z.string(),
  personId: z.string(),
  from: Day,
  to: Day,
  /** Who stands in; without one the seat is empty and the fallback list is called. */
  replacementId: z.string().optional(),
  reason: z.string().min(1),
  by: ActorSchema,
  at: z.coerce.date(),
  withdrawn: WithdrawnSchema,
});
export type DutyLeave = Readonly<z.infer<typeof DutyLeaveSchema>>;

/** The office has one roster. */
export const ROSTER_ID = 'roster';

/** 值班表. */
export const DutyRosterSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  /** By the day they begin on. */
  plans: z.array(DutyPlanSchema),
  /** 后备名单: called when a seat is empty. Never empty itself. */
  fallback: z.array(z.string().min(1)).min(1),
  overrides: z.array(DutyOverrideSchema),
  swaps: z.array(DutySwapSchema),
  leaves: z.array(DutyLeaveSchema),
});
export type DutyRoster = Readonly<z.infer<typeof DutyRosterSchema>>;
export type DutyOverride = Readonly<z.infer<typeof DutyOverrideSchema>>;
