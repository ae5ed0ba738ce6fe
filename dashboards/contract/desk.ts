import { z } from 'zod';
import { AlertView } from './alerts.ts';
import { Moment } from './common.ts';
import { EventRow } from './events.ts';
import { SourcesSummaryView } from './sources.ts';

/** A standing warning: nobody can be reached, a source is silent, mail is refused, … */
export const WarningView = z.object({
  code: z.string(),
  text: z.string(),
  link: z.string().optional(),
});
export type WarningView = z.infer<typeof WarningView>;

export const DeskView = z.object({
  /** Server time; in a drill the drill's. */
  now: Moment,
  /** Alerts waiting for acknowledgement first, longest wait first. */
  alerts: z.array(AlertView),
  /** Open events by time left. */
  events: z.array(EventRow),
  strip: z.object({
    /** Age of the newest successful fetch; absent when there was none. */
    newestFetchAt: Moment.optional(),
    sourcesOk: z.int(),
    sources: z.int(),
    /** 最长发现时间 over all sources that are read. */
    worstDiscovery: SourcesSummaryView.shape.worstDiscovery,
    overBudget: z.int(),
    postsToday: z.int(),
    onDuty: z.array(z.string()),
    setAside: z.int(),
  }),
  warnings: z.array(WarningView),
});
export type DeskView = z.infer<typeof DeskView>;

/** GET /api/v1/drill; only in a drill. */
export const DrillView = z.object({
  title: z.string(),
  now: Moment,
  speed: z.number(),
  isPaused: z.boolean(),
  /** Address of the page with the mails that were caught. */
  mailUrl: z.string(),
  /** Address of the sample city. */
  cityUrl: z.string(),
  people: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()) })),
  /** 情景人员: what the people of the scenario do, and what became of it; a person may take over at any minute. */
  script: z.object({
    isActing: z.boolean(),
    /** The clock flies to the next act. */
    isSkipping: z.boolean(),
    /** In the order of their minutes. */
    acts: z.array(
      z.object({
        id: z.string(),
        at: Moment,
        who: z.string(),
        what: z.string(),
        state: z.enum(['ahead', 'due', 'played', 'skipped', 'refused', 'passed']),
        /** Why it waits, was skipped, refused or passed over, in words. */
        says: z.string(),
        settledAt: Moment.optional(),
      }),
    ),
  }),
});
export type DrillView = z.infer<typeof DrillView>;

/** PUT /api/v1/drill/clock */
export const DrillClockBody = z.object({
  speed: z.union([z.literal(1), z.literal(20), z.literal(60)]).optional(),
  isPaused: z.boolean().optional(),
  /** Whether the people of the scenario act by themselves. */
  isActing: z.boolean().optional(),
  /** 快进到下一步, or no longer. */
  isSkipping: z.boolean().optional(),
});
export type DrillClockBody = z.infer<typeof DrillClockBody>;

/** POST /api/v1/drill/play: act as one of the sample people. */
export const PlayBody = z.object({ personId: z.string() });
export type PlayBody = z.infer<typeof PlayBody>;

/** What GET /api/v1/stream says: something of this kind changed, ask again. */
export const StreamMessage = z.object({
  id: z.int(),
  /** `all`: too much was missed to tell one by one, ask for everything again. */
  kind: z.enum([
    'event',
    'alert',
    'countdown',
    'source',
    'release',
    'conference',
    'order',
    'supervision',
    'rumor',
    'transfer',
    'report',
    'judging',
    'channel',
    'roster',
    'drill',
    'all',
  ]),
  ref: z.string(),
});
export type StreamMessage = z.infer<typeof StreamMessage>;

/** GET /api/v1/posts?words= */
export const PostSearchQuery = z.object({
  words: z.string().trim().max(100).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
