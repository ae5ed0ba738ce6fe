import { z } from 'zod';

const Ms = z.int().positive();

/** 自我看护: how often the product says that it lives, and how it checks its own records; config/packs/self-watch.yaml says why. */
export const SelfWatchPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** So often heartbeats are written. */
  heartbeatEveryMs: Ms,
  audit: z.strictObject({
    everyMs: Ms,
    /** Of each kind of record, so many a turn; the next turn goes on behind them. */
    recordsATurn: z.int().positive(),
    /** Of the newest notices that were decided, so many are looked for in the outbox. */
    noticesATurn: z.int().positive(),
    /** A countdown or ladder that is so much overdue was not served. */
    overdueMs: Ms,
    /** A lease that ran out so long ago was not taken up again. */
    lapsedMs: Ms,
  }),
  /** 试跑: a trial countdown goes the whole way from the log to a channel that reaches nobody. */
  trial: z.strictObject({
    everyMs: Ms,
    /** It is due so long after it began. */
    afterMs: Ms,
    /** Its notice must be out so long after that. */
    lateMs: Ms,
  }),
  /** 每日报到: a real message a day to those on duty, who notice when it stays away. */
  daily: z.strictObject({
    /** Beijing time; whole and half hours are when robots are slowest. */
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    /** Each must have been handed over so long after it was decided. */
    arrivesWithinMs: Ms,
  }),
});
export type SelfWatchPack = Readonly<z.infer<typeof SelfWatchPackSchema>>;
