import { z } from 'zod';
import { RoleSchema, Unreadable } from '#core';
import { ChannelKindSchema } from './alert.ts';
import { DutyActKindSchema } from './countdown.ts';

const Length = z.int().min(0).optional();
/** By grade or kind of matter where it differs; without one of them there is no such duty. */
const LengthsSchema = z.strictObject({
  default: Length,
  L1: Length,
  L2: Length,
  L3: Length,
  L4: Length,
  suggestion: Length,
  complexSuggestion: Length,
  urgent: Length,
});
export type Lengths = Readonly<z.infer<typeof LengthsSchema>>;

export const CountdownRuleSchema = z
  .strictObject({
    code: z.string(),
    /** Of a duty in parts: each part is a countdown of its own. */
    part: z.string().optional(),
    name: z.string(),
    /** The paper it comes from. */
    basis: z.string(),
    /** A local rule may only be tighter than a statutory one. */
    isStatutory: z.boolean(),
    /** First Beijing day on which a duty that starts is judged by this rule, until one of a later day. */
    validFrom: z.iso.date(),
    /**
     * triggered: the event reached L1/L2; mustRespond: an answer is due, below L2;
     * unconfirmed: a grade is proposed that needs a person's confirmation; graded: any grade that has a length;
     * acts: it begins with an act.
     */
    appliesTo: z.enum(['triggered', 'mustRespond', 'unconfirmed', 'graded', 'acts']),
    /**
     * mustRespond: the later of `knownAt` and the record that made the answer mandatory;
     * reached: `triggeredAt` at L1/L2, otherwise the first record with which the grade was reached.
     */
    startsFrom: z.enum(['triggeredAt', 'mustRespond', 'proposal', 'reached', 'act']),
    /** Acts that begin it. */
    startedBy: z.array(DutyActKindSchema).default([]),
    /** Whether only an event at L1 or L2 has it. */
    isForGrave: z.boolean().default(false),
    /** ms, on the wall clock. */
    durationMs: LengthsSchema.optional(),
    /** Working days, for that calendar; 0 is the end of the day it begins on. */
    workingDays: LengthsSchema.optional(),
    /** Once so much time has passed since `triggeredAt`, these lengths hold; ms. */
    later: z.strictObject({ afterMs: z.int().positive(), durationMs: LengthsSchema }).optional(),
    /** An act that brings the due time forward to so long after it; ms. */
    shortenedBy: z
      .array(z.strictObject({ act: DutyActKindSchema, durationMs: z.int().positive() }))
      .default([]),
    /** The date that the act itself names goes before the rule's length. */
    takesOwnDate: z.boolean().default(false),
    calendar: z.enum(['hours24x7', 'workingDays']),
    satisfiedBy: z.array(z.enum([...DutyActKindSchema.options, 'gradeConfirmed'])).min(1),
    cancelledBy: z.array(DutyActKindSchema).default([]),
    /** An approved lowering below L2, before the due time, ends it. */
    isCancelledByLowering: z.boolean(),
    /** Fixed warnings, so long before the end; ms. */
    warnBeforeMs: z.array(z.int().positive()).default([]),
    /** 0 statutory to 9 digest. */
    priority: z.int().min(0).max(9),
  })
  .superRefine((rule, context) => {
    const lengths = rule.calendar === 'hours24x7' ? rule.durationMs : rule.workingDays;
    if (!lengths || Object.keys(lengths).length === 0) {
      const message = `${rule.code} 没有与 calendar 相配的时长`;
      context.addIssue({ code: 'custom', path: ['calendar'], message });
    }
    if ((rule.appliesTo === 'acts') !== (rule.startsFrom === 'act' && rule.startedBy.length > 0)) {
      const message = `${rule.code} 由办理记录起算须写 startsFrom: act 和 startedBy`;
      context.addIssue({ code: 'custom', path: ['startsFrom'], message });
    }
  });
/** A rule with the name and version of the pack it stands in. */
export type CountdownRule = Readonly<z.infer<typeof CountdownRuleSchema>> & {
  readonly ruleVersion: string;
};

const Roles = z.array(RoleSchema).min(1);

/** 时限规则包: every duty with start, length, what satisfies it and its source. */
export const CountdownPackSchema = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    rules: z.array(CountdownRuleSchema),
    milestones: z
      .array(z.strictObject({ ratio: z.number().positive().max(1), tell: Roles }))
      .min(1),
    /** Roles that every unit has: of a unit's own duty only that unit's people are told. */
    unitRoles: z.array(RoleSchema).default([]),
    /** Told when nobody of a milestone's roles can be reached: no milestone passes unheard. */
    whenNobody: Roles,
    channels: z.array(ChannelKindSchema).min(1),
    /** Who may put which act on record. */
    recorders: z.partialRecord(DutyActKindSchema, Roles),
    /** An act recorded longer after it was done needs a reason; ms. */
    lateAfterMs: z.int().positive(),
    /** Who may ask for a later managed due time, who may grant it, and who may release from a duty. */
    adjusting: z.strictObject({ request: Roles, approve: Roles, waive: Roles }),
    /** 超时原因: who may record one, for which reasons, and of which duties an event asks for it before it is closed. */
    causes: z.strictObject({
      recorders: Roles,
      reasons: z.array(z.strictObject({ code: z.string(), name: z.string() })).min(1),
      neededFor: z.array(z.string()),
      /** Of the person's own words: fewer explain nothing. */
      leastCharacters: z.int().min(1),
    }),
  })
  .superRefine(({ rules, causes }, context) => {
    const codes = new Set(rules.map(({ code }) => code));
    for (const code of causes.neededFor.filter((one) => !codes.has(one))) {
      const message = `causes.neededFor 写了没有的时限 ${code}`;
      context.addIssue({ code: 'custom', path: ['causes', 'neededFor'], message });
    }
  })
  .transform(({ rules, ...pack }) => ({ ...pack, rules: withVersion(rules, pack) }));
export type CountdownPack = Readonly<z.infer<typeof CountdownPackSchema>>;

/** 本单位的时限规则: each takes the place of the shipped one of its code and part. */
export const LocalCountdownsSchema = z
  .strictObject({ name: z.string(), version: z.string(), rules: z.array(CountdownRuleSchema) })
  .transform(({ rules, ...pack }) => ({ ...pack, rules: withVersion(rules, pack) }));
export type LocalCountdowns = Readonly<z.infer<typeof LocalCountdownsSchema>>;

function withVersion(
  rules: readonly z.infer<typeof CountdownRuleSchema>[],
  { name, version }: { readonly name: string; readonly version: string },
): CountdownRule[] {
  return rules.map((rule) => ({ ...rule, ruleVersion: `${name} ${version}` }));
}

/** @throws {Unreadable} when the value does not keep the schema */
export function parseCountdownPack(value: unknown): CountdownPack {
  const parsed = CountdownPackSchema.safeParse(value);
  if (!parsed.success) throw new Unreadable('时限规则包', parsed.error);
  return parsed.data;
}
