import { z } from 'zod';
import { ActorSchema, beijingDay, DAY_MS, startOfBeijingDay } from '#core';
import { OrderTrackSchema } from '#respond';
import type { ReadingPack } from '../report-pack.ts';

export const PictureSchema = z.object({
  /** Under it lie the bytes. */
  digest: z.string(),
  type: z.enum(['image/jpeg', 'image/png']),
  bytes: z.int(),
});
export type Picture = Readonly<z.infer<typeof PictureSchema>>;

/** 批示: what a leader wants done about a matter that a report tells of. */
export const InstructionSchema = z.object({
  /** Digest of report, leader, words, matter and unit: given twice, it is one. */
  id: z.string(),
  at: z.coerce.date(),
  leader: ActorSchema,
  text: z.string().min(1),
  track: OrderTrackSchema,
  /** Absent while the matter is not chosen. */
  event: z.object({ id: z.string(), title: z.string() }).optional(),
  unit: z.string().optional(),
  dueAt: z.coerce.date(),
  /** Written on paper, and registered by somebody else. */
  paper: z
    .object({ by: ActorSchema, day: z.iso.date(), picture: PictureSchema.optional() })
    .optional(),
  /** 交办: the order that it became, and who chose matter and unit where the leader had not. */
  order: z.object({ id: z.string(), at: z.coerce.date(), by: ActorSchema }).optional(),
});
export type Instruction = Readonly<z.infer<typeof InstructionSchema>>;

export interface DueChoice {
  readonly code: string;
  readonly name: string;
  readonly dueAt: Date;
}

/** Choices of a due time that are still ahead, by so much at least. */
export function dueChoicesAt(
  { dueChoices }: Pick<ReadingPack, 'dueChoices'>,
  at: Date,
  leastMs = 1,
): DueChoice[] {
  const midnight = startOfBeijingDay(beijingDay(at)).getTime();
  return dueChoices
    .map((choice) => {
      const { code, name } = choice;
      if ('withinMs' in choice) {
        return { code, name, dueAt: new Date(at.getTime() + choice.withinMs) };
      }
      const [hours = 0, minutes = 0] = choice.clock.split(':').map(Number);
      const ofDayMs = (hours * 60 + minutes) * 60_000;
      return { code, name, dueAt: new Date(midnight + choice.daysAhead * DAY_MS + ofDayMs) };
    })
    .filter(({ dueAt }) => dueAt.getTime() - at.getTime() >= leastMs);
}
