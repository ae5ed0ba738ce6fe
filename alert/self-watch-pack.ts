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
});
export type SelfWatchPack = Readonly<z.infer<typeof SelfWatchPackSchema>>;
