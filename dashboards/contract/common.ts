import { z } from 'zod';

/** A moment as ISO 8601 text in UTC; shown in Asia/Shanghai. */
export const Moment = z.iso.datetime();
export const GradeView = z.enum(['L1', 'L2', 'L3', 'L4', 'WATCH']);
export type GradeView = z.infer<typeof GradeView>;

/** RFC 9457 problem details; `code` never changes, `title` is for people. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  /** Number to quote when asking for help. */
  trace: z.string().optional(),
  /** Which fields were wrong, and how. */
  fields: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

export const EventParams = z.object({ eventId: z.string().min(1) });
export const AlertParams = z.object({ alertId: z.string().min(1) });
export const ReleaseParams = z.object({ releaseId: z.string().min(1) });
export const SourceParams = z.object({ sourceId: z.string().min(1) });
export const RawItemParams = z.object({ rawItemId: z.string().min(1) });
export const PersonParams = z.object({ personId: z.string().min(1) });

/** A moment with the record that proves it. */
export const ProvenMomentView = z.object({
  at: Moment,
  recordId: z.string(),
  reason: z.string(),
  url: z.string().optional(),
});

/** Header of a change; its value is the `csrfToken` of MeView. */
export const CSRF_HEADER = 'x-csrf-token';
/** Header that a screen sends (`1`) when it refreshes by itself: such a request does not count as use. */
export const BACKGROUND_HEADER = 'x-background';
