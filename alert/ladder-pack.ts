import { z } from 'zod';
import { GradeSchema, RoleSchema, Unreadable, type Grade, type Role } from '#core';
import { ChannelKindSchema } from './alert.ts';

const CallSchema = z.strictObject({
  role: RoleSchema,
  /** Only for those on duty: which of the two officers, or the leader in charge (带班领导). */
  seat: z.enum(['first', 'second', 'leader']).default('first'),
  /** Called where the roster names one; where it names none nothing is missing. */
  isIfNamed: z.boolean().default(false),
  channels: z.array(ChannelKindSchema).min(1),
});
export type LadderCallRule = Readonly<z.infer<typeof CallSchema>>;

const StepSchema = z.strictObject({
  /** ms after the alert. */
  afterMs: z.int().min(0),
  calls: z.array(CallSchema),
  /** Ways that reach nobody in person: the desk, a group's robot. */
  groups: z.array(ChannelKindSchema).default([]),
  /** Each of them must acknowledge; who did not is called again, whoever else did. */
  everyone: z.boolean().default(false),
});
export type LadderStepRule = Readonly<z.infer<typeof StepSchema>>;

const PolicySchema = z.strictObject({
  grades: z.array(GradeSchema).min(1),
  steps: z.array(StepSchema).min(1),
  /** After the last step all are called again this often; absent: no more. */
  repeatEveryMs: z.int().positive().optional(),
});
export type LadderPolicy = Readonly<z.infer<typeof PolicySchema>>;

/** How fast the command ladder climbs. */
const PaceSchema = z.strictObject({
  grades: z.array(GradeSchema).min(1),
  everyMs: z.int().positive(),
  /** So many levels are told with each step. */
  levelsAtOnce: z.int().positive().default(1),
  /** A step that falls on another day waits for the next working day. */
  onWorkdaysOnly: z.boolean().default(false),
});

/** 升级阶梯: who is called when nobody acknowledged, and when. */
export const LadderPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  acknowledgement: z.array(PolicySchema),
  afterAcknowledgement: z.strictObject({
    reminderAfterMs: z.int().positive(),
    returnAfterMs: z.int().positive(),
    /** Codes of the steps owed: while one is open, who acknowledged is reminded. */
    stepsOwed: z.array(z.string()).min(1),
  }),
  /** Those who must acknowledge are called again this often until they did. */
  everyoneEveryMs: z.int().positive(),
  /** 只在变坏时再叫我: what counts as worse beside a rise in grade. */
  restUntilWorse: z.strictObject({
    /** So many times the posts of the moment of rest. */
    volumeTimes: z.number().min(1),
    /** Duties whose breach wakes. */
    breachOf: z.array(z.string()),
  }),
  /** Acknowledged, but the step owed is not done: who is told next, level by level. */
  command: z.strictObject({
    levels: z.array(z.array(RoleSchema).min(1)).min(1),
    paces: z.array(PaceSchema).min(1),
  }),
  /** Who looks after the product itself, and how they hear of it. */
  operators: z.strictObject({
    tell: z.array(RoleSchema).min(1),
    channels: z.array(ChannelKindSchema).min(1),
    /** A trouble that comes or lasts so long after they were told is told again; ms. */
    tellAgainAfterMs: z.int().positive(),
  }),
  /** 预警风暴: so many alerts in a window that people should look at the whole, not at each. */
  storm: z.strictObject({
    /** Told once each while it lasts, ascending. */
    levels: z.array(z.int().positive()).min(1),
    windowMs: z.int().positive(),
    /** Beside the operators. */
    tell: z.array(RoleSchema),
  }),
  /** Who hears of a source in trouble, and how. */
  sources: z.strictObject({
    tell: z.array(RoleSchema).min(1),
    channels: z.array(ChannelKindSchema).min(1),
  }),
});
export type LadderPack = Readonly<z.infer<typeof LadderPackSchema>>;

/** Undefined for grades that call nobody. */
export function policyFor(pack: LadderPack, grade: Grade): LadderPolicy | undefined {
  return pack.acknowledgement.find(({ grades }) => grades.includes(grade));
}

/** The step of a round: the first round goes step by step, later rounds call everybody at once. */
export function ladderStep(
  policy: LadderPolicy,
  step: number,
  round: number,
): LadderStepRule | undefined {
  if (round === 1) return policy.steps[step];
  if (step > 0) return undefined;
  // Who must acknowledge in person has a round of calls of their own.
  const repeated = policy.steps.filter(({ everyone }) => !everyone);
  const calls = repeated.flatMap((rule) => rule.calls);
  const once = new Map(calls.map((call) => [`${call.role} ${call.seat}`, call]));
  const groups = [...new Set(repeated.flatMap((rule) => rule.groups))];
  return { afterMs: 0, calls: [...once.values()], groups, everyone: false };
}

/** Every role the ladders call, in the order of the calls. */
export function rolesCalled(pack: LadderPack): readonly Role[] {
  const calls = pack.acknowledgement.flatMap(({ steps }) => steps.flatMap((step) => step.calls));
  return [...new Set(calls.map((call) => call.role))];
}

/** @throws {Unreadable} when the value does not keep the schema */
export function parseLadderPack(value: unknown): LadderPack {
  const parsed = LadderPackSchema.safeParse(value);
  if (!parsed.success) throw new Unreadable('升级阶梯规则包', parsed.error);
  return parsed.data;
}
