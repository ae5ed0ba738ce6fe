import { z } from 'zod';

const Share = z.number().min(0).max(1);

/** The burst and heat rule pack: how a usual day is learned, what is unusual, how heat is drawn. */
export const BurstPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  baseline: z.strictObject({
    /** Times of the day that are told apart. */
    binsPerDay: z.int().min(4).max(288),
    /** What a time of the day keeps of its past at each new value there. */
    binKeeps: Share,
    /** Values over which level and spread are averaged. */
    memoryValues: z.int().positive(),
    /** How fast the level follows, per value, and what it keeps of itself. */
    levelGain: Share,
    levelKeeps: Share,
    /** Deviations beyond this many are cut before they are learned from: a burst must not become usual. */
    cutAt: z.number().positive(),
    /** The usual deviation is at least this share of the series' whole spread. */
    leastDeviation: Share,
    /** Values to learn from before anything is called unusual. */
    learnsFrom: z.int().positive(),
  }),
  burst: z.strictObject({
    binMs: z.int().positive(),
    /** Bins of the longer window. */
    longBins: z.int().min(2),
    /** The deviation of n bins together is n to this power times that of one: 0.5 independent, 1 all alike. */
    longLean: z.number().min(0.5).max(1),
    /** −log10 of the chance of so much or more. */
    leastScore: z.number().positive(),
    leastPosts: z.int().positive(),
    leastOutlets: z.int().positive(),
    /** For so long after a burst only a rise of this factor in the score speaks again. */
    quietMs: z.int().positive(),
    risesBy: z.number().min(1),
    historyMs: z.int().positive(),
  }),
  heat: z.strictObject({
    halfLifeMs: z.int().positive(),
    /** What a copy of a text counts beside the original. */
    copyCounts: Share,
    tierWeights: z.record(z.string(), z.number().min(0)),
    /** Interactions that make an item count double, on a logarithmic scale. */
    interactionsDouble: z.number().positive(),
    kinds: z.array(
      z.strictObject({
        kind: z.string(),
        name: z.string(),
        sources: z.array(z.string()).min(1),
        weight: Share,
        /** Items at which a kind is full. */
        saturation: z.number().positive(),
      }),
    ),
  }),
});
export type BurstPack = Readonly<z.infer<typeof BurstPackSchema>>;
