import { z } from 'zod';
import { RoleSchema } from '#core';
import type { JudgingPack, ReviewPack } from '#respond';
import type { MeasureLimits } from './measure.ts';

/** 指标规则包: when a share is shown, and who keeps the register of outside notices. */
export const MeasurePackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** Denominators below it show counts, not percentages. */
  leastForShare: z.int().positive(),
  outsideNotices: z.strictObject({ recorders: z.array(RoleSchema).min(1) }),
});
export type MeasurePack = Readonly<z.infer<typeof MeasurePackSchema>>;

/** The rules that measures are computed by. */
export interface MeasureRules {
  readonly limits: MeasureLimits;
  readonly review: ReviewPack;
  readonly judging: JudgingPack;
}
