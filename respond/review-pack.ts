import { z } from 'zod';
import { ChannelKindSchema } from '#alert';
import { GradeSchema, RoleSchema, type Grade, type Role } from '#core';
import { ReleaseChannelSchema, ReleaseKindSchema, ReviewStepSchema } from './releases/release.ts';
import type { ReviewStep } from './releases/release.ts';
import { TextCheckSchema } from './releases/text-check-pack.ts';

const Roles = z.array(RoleSchema).min(1);

const SignersSchema = z.strictObject({
  default: Roles,
  L1: Roles.optional(),
  L2: Roles.optional(),
  L3: Roles.optional(),
  L4: Roles.optional(),
  WATCH: Roles.optional(),
});

/** By grade, with a default. */
const LimitsSchema = z.strictObject({
  default: z.int().positive(),
  L1: z.int().positive().optional(),
  L2: z.int().positive().optional(),
  L3: z.int().positive().optional(),
  L4: z.int().positive().optional(),
  WATCH: z.int().positive().optional(),
});

/** How long who is to sign is waited for, and who may sign in their place afterwards. */
const WaitingSchema = z.strictObject({
  /** Steps that are waited for once all others are signed. */
  lastSteps: z.array(ReviewStepSchema),
  /** Time for each step, ms. */
  limits: z.partialRecord(ReviewStepSchema, LimitsSchema),
  /** Reminders, as parts of that time, rising. */
  remindAt: z
    .array(z.number().positive().lt(1))
    .refine((all) => all.every((one, at) => at === 0 || one > (all[at - 1] ?? 0)), {
      error: 'remindAt 须从小到大',
    }),
  /** Who may sign a step in place of those who were silent; nobody where a step is not named. */
  standIns: z.partialRecord(ReviewStepSchema, SignersSchema),
  channels: z.array(ChannelKindSchema).min(1),
  whenNobody: Roles,
});

/** 审查规则包: which steps a release passes, who signs each, and what publishing asks for. */
export const ReviewPackSchema = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    /** Steps of the review by the event's grade in force, in the order shown. */
    chains: z.record(GradeSchema, z.array(ReviewStepSchema).min(1)),
    signers: z.partialRecord(ReviewStepSchema, SignersSchema),
    waiting: WaitingSchema,
    /** Grades at which agreeing to a step asks for 动态口令. */
    secondFactor: z.partialRecord(ReviewStepSchema, z.array(GradeSchema)),
    drafters: Roles,
    publishers: Roles,
    /** Record that a published text was withdrawn. */
    withdrawers: Roles,
    /** Whether a reviewer of a version may also record its publication; always noted when used. */
    mayReviewerPublish: z.boolean(),
    officialChannels: z.array(ReleaseChannelSchema).min(1),
    /** Channels whose publication is recorded with a link only. */
    linkedChannels: z.array(ReleaseChannelSchema),
    satisfyingKinds: z.array(ReleaseKindSchema).min(1),
    /** A publication entered longer after it was made needs a reason; ms. */
    publicationLateAfterMs: z.int().positive(),
    conferences: z.strictObject({
      recorders: Roles,
      planners: Roles,
      /** Never who wrote the plan. */
      approvers: Roles,
      /** A conference recorded longer after it was held needs a reason; ms. */
      lateAfterMs: z.int().positive(),
    }),
    textCheck: TextCheckSchema,
    checklist: z
      .array(
        z.strictObject({
          anyOf: z.array(z.enum(['facts', 'measures', 'result', 'nextUpdateAt'])).min(1),
          /** Said when none of them is filled in. */
          missing: z.string().min(1),
        }),
      )
      .min(1),
  })
  .superRefine(({ chains, signers, waiting }, context) => {
    for (const step of new Set(Object.values(chains).flat())) {
      if (!waiting.limits[step]) {
        // It would be waited for without an end.
        context.addIssue({
          code: 'custom',
          path: ['waiting', 'limits', step],
          message: `没有写明 ${step} 的时限`,
        });
      }
      if (signers[step]) continue;
      // A step that nobody may sign would hold up every release of that grade.
      context.addIssue({
        code: 'custom',
        path: ['signers', step],
        message: `没有写明谁签 ${step}`,
      });
    }
  });
export type ReviewPack = Readonly<z.infer<typeof ReviewPackSchema>>;

/** Roles that may sign a step at this grade; empty when the pack knows no such step. */
export function signersOf(pack: ReviewPack, step: ReviewStep, grade: Grade): readonly Role[] {
  const signers = pack.signers[step];
  return signers?.[grade] ?? signers?.default ?? [];
}

/** Roles that may sign a step once those who should were silent for too long; may be nobody. */
export function standInsOf(pack: ReviewPack, step: ReviewStep, grade: Grade): readonly Role[] {
  const standIns = pack.waiting.standIns[step];
  return standIns?.[grade] ?? standIns?.default ?? [];
}

/** How long a step is waited for, ms. @throws {RangeError} when the pack has no limit for it */
export function limitOf(pack: ReviewPack, step: ReviewStep, grade: Grade): number {
  const limits = pack.waiting.limits[step];
  if (!limits) throw new RangeError(`no limit for ${step}`);
  return limits[grade] ?? limits.default;
}

export const asksSecondFactor = (pack: ReviewPack, step: ReviewStep, grade: Grade): boolean =>
  pack.secondFactor[step]?.includes(grade) ?? false;
