import { z } from 'zod';
import { GradeSchema, RoleSchema } from '#core';
import { ChannelKindSchema } from '#alert';

const Roles = z.array(RoleSchema).min(1);

/** 处置单规则包: who issues, signs, verifies and decides, and who is told. */
export const OrderPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  issuers: Roles,
  /** Of the units that an order names. */
  receivers: Roles,
  /** Decide on an order that was returned so often; what they decide is final. */
  decision: z.strictObject({ afterReturns: z.int().min(1), by: Roles }),
  /** Never of the lead unit, never who handed the result in. */
  verifiers: Roles,
  /** Grades whose first command holds both tracks and the authority to publish. */
  jointGrades: z.array(GradeSchema),
  channels: z.array(ChannelKindSchema).min(1),
  /** Told instead when nobody of a unit can be reached. */
  whenNobody: Roles,
});
export type OrderPack = Readonly<z.infer<typeof OrderPackSchema>>;
