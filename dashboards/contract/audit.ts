import { z } from 'zod';
import { Moment } from './common.ts';

/** 审计记录: one act of one person. */
export const AuditEntryView = z.object({
  id: z.string(),
  at: Moment,
  who: z.string(),
  act: z.string(),
  target: z.string(),
  eventId: z.string().optional(),
  detail: z.string(),
  result: z.enum(['done', 'refused']),
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

/** GET /api/v1/audit */
export const AuditView = z.object({
  entries: z.array(AuditEntryView),
  /** First position at which the chain of digests does not hold; absent while it holds. */
  brokenAt: z.int().optional(),
});
export type AuditView = z.infer<typeof AuditView>;
