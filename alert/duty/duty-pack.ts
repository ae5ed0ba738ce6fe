import { z } from 'zod';
import { RoleSchema } from '#core';
import { ChannelKindSchema } from '../alert.ts';

const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写成 08:30');

/** 值班规则包: who keeps the roster, how far ahead it is checked, when hand-overs and zero reports are due. */
export const DutyPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  roster: z.strictObject({
    /** Who may edit it, and who hears of its gaps. */
    owners: z.array(RoleSchema).min(1),
    /** Who may sit as leader in charge. */
    leaders: z.array(RoleSchema).min(1),
    checkAheadDays: z.int().min(7).max(180),
    /** Beijing wall time of the daily notice while there are gaps. */
    tellAt: WallTime,
  }),
  handOver: z.strictObject({
    /** The draft lies ready so long before the shift changes. */
    draftBeforeMs: z.int().positive(),
    /** Not signed so long after the change: the incoming officer is reminded, then again and again. */
    remindAfterMs: z.int().positive(),
    remindEveryMs: z.int().positive(),
    /** Reminders after which these are told as well. */
    tellAfterReminders: z.int().min(1),
    tell: z.array(RoleSchema).min(1),
  }),
  /** 零报告 in special periods. */
  zeroReport: z.strictObject({
    dueAt: WallTime,
    remindBeforeMs: z.int().positive(),
    remindEveryMs: z.int().positive(),
    /** Told once it is overdue, beside the officers on duty. */
    tell: z.array(RoleSchema).min(1),
  }),
  channels: z.array(ChannelKindSchema).min(1),
});
export type DutyPack = Readonly<z.infer<typeof DutyPackSchema>>;
