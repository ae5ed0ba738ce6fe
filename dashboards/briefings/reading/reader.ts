import { z } from 'zod';
import { ActorSchema } from '#core';

/** 收件人: one to whom a report was sent, with the link that opens it for them and what came back. */
export const ReaderSchema = ActorSchema.extend({
  link: z.object({
    /** One more with each new link; only the newest opens the report. */
    number: z.int().min(1),
    expiresAt: z.coerce.date(),
  }),
  /** 收回: the link opens nothing any more. */
  revoked: z.object({ at: z.coerce.date(), by: ActorSchema, reason: z.string() }).optional(),
  /** 已阅 */
  readAt: z.coerce.date().optional(),
  /** 催阅, once. */
  urgedAt: z.coerce.date().optional(),
});
export type Reader = Readonly<z.infer<typeof ReaderSchema>>;

/** What a personal link's token stands for: a report, and which of the reader's links this is. */
export const readingId = (reportId: string, number: number): string => `${reportId}~${number}`;

/** Undefined where it is none. */
export function parseReadingId(
  id: string,
): { readonly reportId: string; readonly number: number } | undefined {
  const [, reportId, number] = /^(.+)~([1-9]\d{0,5})$/.exec(id) ?? [];
  return reportId && number ? { reportId, number: Number(number) } : undefined;
}
