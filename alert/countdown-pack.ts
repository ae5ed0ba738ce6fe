import { z } from 'zod';
import { RoleSchema, Unreadable } from '#core';
import { ChannelKindSchema } from './alert.ts';

const DurationSchema = z.strictObject({
  default: z.int().positive().optional(),
  L1: z.int().positive().optional(),
  L2: z.int().positive().optional(),
  L3: z.int().positive().optional(),
  L4: z.int().positive().optional(),
});

export const CountdownRuleSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  /** The paper it comes from. */
  basis: z.string(),
  /**
   * triggered: the event reached L1/L2; mustRespond: an answer is due, below L2;
   * unconfirmed: a grade is proposed that needs a person's confirmation.
   */
  appliesTo: z.enum(['triggered', 'mustRespond', 'unconfirmed']),
  /** mustRespond: the later of `knownAt` and the record that made the answer mandatory. */
  startsFrom: z.enum(['triggeredAt', 'mustRespond', 'proposal']),
  /** By grade where it differs; ms. A grade without a length has no such duty. */
  durationMs: DurationSchema,
  calendar: z.enum(['hours24x7', 'workingDays']),
  satisfiedBy: z.array(z.enum(['release', 'pressConference', 'gradeConfirmed'])),
  /** An approved lowering below L2, before the due time, ends it. */
  isCancelledByLowering: z.boolean(),
  /** 0 statutory to 9 digest. */
  priority: z.int().min(0).max(9),
});
export type CountdownRule = Readonly<z.infer<typeof CountdownRuleSchema>>;

/** 时限规则包: every duty with start, length, what satisfies it and its source. */
export const CountdownPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  rules: z.array(CountdownRuleSchema),
  milestones: z
    .array(
      z.strictObject({ ratio: z.number().positive().max(1), tell: z.array(RoleSchema).min(1) }),
    )
    .min(1),
  /** Told when nobody of a milestone's roles can be reached: no milestone passes unheard. */
  whenNobody: z.array(RoleSchema).min(1),
  channels: z.array(ChannelKindSchema).min(1),
});
export type CountdownPack = Readonly<z.infer<typeof CountdownPackSchema>>;

/** @throws {Unreadable} when the value does not keep the schema */
export function parseCountdownPack(value: unknown): CountdownPack {
  const parsed = CountdownPackSchema.safeParse(value);
  if (!parsed.success) throw new Unreadable('时限规则包', parsed.error);
  return parsed.data;
}
