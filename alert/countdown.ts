import { z } from 'zod';
import { EffectSchema, GradeSchema } from '#core';
import { ProvenMomentSchema } from '#analyze';

export const CountdownStateSchema = z.enum([
  'provisional',
  'running',
  'satisfied',
  'satisfiedLate',
  'breached',
  'cancelled',
  'waived',
]);

export const MilestoneSchema = z.object({
  /** Share of the period, 0 to 1; 0 is the start. */
  ratio: z.number(),
  at: z.coerce.date(),
  firedAt: z.coerce.date().optional(),
});
export type Milestone = Readonly<z.infer<typeof MilestoneSchema>>;

/** 时限: a duty with start, due time and proof. */
export const CountdownSchema = z.object({
  /** Digest of event, code and cycle: arming twice is harmless. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  eventId: z.string(),
  eventTitle: z.string(),
  isDrill: z.boolean(),
  code: z.string(),
  /** 5小时发布, 24小时发布会, 48小时回应, … */
  name: z.string(),
  /** The paper it comes from: 国办发〔2016〕80号 …; never called 法定. */
  basis: z.string(),
  ruleVersion: z.string(),
  calendar: z.enum(['hours24x7', 'workingDays']),
  start: ProvenMomentSchema,
  shadow: z.object({
    occurredAt: z.coerce.date().optional(),
    firstPublicAt: z.coerce.date(),
    knownAt: z.coerce.date(),
  }),
  statutoryDueAt: z.coerce.date(),
  managedDueAt: z.coerce.date(),
  state: CountdownStateSchema,
  milestones: z.array(MilestoneSchema),
  armedAt: z.coerce.date(),
  satisfiedAt: z.coerce.date().optional(),
  /** The act that satisfied it: release:…, conference:… */
  satisfiedBy: z.string().optional(),
  breachedAt: z.coerce.date().optional(),
  /** Due already when armed; said plainly instead of pretending to have time. */
  isBornBreached: z.boolean(),
  cancelReason: z.string().optional(),
  /** The event's revision that armed or last changed it; an older one changes nothing. */
  eventRevision: z.int().optional(),
  /** The grade in force when it was armed or last changed; for messages. */
  grade: GradeSchema.optional(),
  /** The event under which the duty goes on, after a merge; it runs there and asks for nothing here. */
  continuedUnder: z.string().optional(),
  history: z.array(z.object({ at: z.coerce.date(), what: z.string() })),
});
export type Countdown = Readonly<z.infer<typeof CountdownSchema>>;

/** Topic of acts that may satisfy a countdown, keyed by event; written by those on the right of alerting. */
export const ACTS_TOPIC = 'acts';

/** What somebody did that a duty asks for. */
export const SatisfyingActSchema = z.object({
  id: z.string(),
  eventId: z.string(),
  /** Rules name the kinds that satisfy them. */
  kind: z.enum(['release', 'pressConference']),
  /** When it was done, by the server's time. */
  doneAt: z.coerce.date(),
  /** release:… */
  ref: z.string(),
  /** What it was, in words. */
  what: z.string(),
});
export type SatisfyingAct = Readonly<z.infer<typeof SatisfyingActSchema>>;
