import { z } from 'zod';
import { RoleSchema } from '#core';

const Roles = z.array(RoleSchema).min(1);

/** 不实信息规则包: who opens, gathers evidence and judges; who drafts the clarification stands in the review pack. */
export const RumorPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  openers: Roles,
  steps: z.strictObject({
    start: Roles,
    addPosts: Roles,
    addEvidence: Roles,
    judge: Roles,
    track: Roles,
    close: Roles,
    reverify: Roles,
  }),
});
export type RumorPack = Readonly<z.infer<typeof RumorPackSchema>>;
