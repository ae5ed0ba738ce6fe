import { z } from 'zod';
import { RoleSchema } from '#core';
import { ChannelKindSchema } from '#alert';

const Roles = z.array(RoleSchema).min(1);

/** 转办登记规则包: who enters, hands on and closes; who records the reply stands with the countdowns. */
export const TransferPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  registrars: Roles,
  steps: z.strictObject({ assign: Roles, close: Roles, note: Roles }),
  /** Of the unit that a matter is handed to. */
  told: Roles,
  channels: z.array(ChannelKindSchema).min(1),
});
export type TransferPack = Readonly<z.infer<typeof TransferPackSchema>>;
