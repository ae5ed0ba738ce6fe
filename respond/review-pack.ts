import { z } from 'zod';
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

/** 审查规则包: which steps a release passes, who signs each, and what publishing asks for. */
export const ReviewPackSchema = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    /** Steps of the review by the event's grade in force, in the order shown. */
    chains: z.record(GradeSchema, z.array(ReviewStepSchema).min(1)),
    signers: z.partialRecord(ReviewStepSchema, SignersSchema),
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
  .superRefine(({ chains, signers }, context) => {
    for (const step of new Set(Object.values(chains).flat())) {
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
