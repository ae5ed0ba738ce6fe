import { z } from 'zod';
import { GradeSchema, RoleSchema } from '#core';
import { ChannelKindSchema } from '#alert';
import { SupervisionLevelSchema } from './supervision-order.ts';

const Roles = z.array(RoleSchema).min(1);

/** 督办规则包: what is supervised, who supervises and answers, and how the ladder climbs. */
export const SupervisionPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** Events confirmed at these grades are supervised from that moment. */
  graveGrades: z.array(GradeSchema),
  supervisors: Roles,
  /** Of the unit that must answer. */
  repliers: Roles,
  /** Answer and are told while nobody knows whose matter it is, or its unit reaches nobody. */
  withoutUnit: Roles,
  /** What a missed limit sets off: each level so many working days after the one before, 0 at once. */
  ladder: z
    .array(
      z.strictObject({
        level: SupervisionLevelSchema,
        afterWorkingDays: z.int().min(0),
        /** Told beside the unit. */
        alsoTell: z.array(RoleSchema),
      }),
    )
    .min(1),
  channels: z.array(ChannelKindSchema).min(1),
});
export type SupervisionPack = Readonly<z.infer<typeof SupervisionPackSchema>>;
