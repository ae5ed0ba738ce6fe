import { z } from 'zod';

/** The grouping rule pack: when two texts are copies, when two leads are one event. */
export const GroupingPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  copies: z.strictObject({
    shingle: z.int().min(2),
    window: z.int().min(1),
    leastContainment: z.number().min(0).max(1),
    leastShared: z.int().min(1),
    wholeRatio: z.number().min(0).max(1),
    leastOfSameAddress: z.number().min(0).max(1),
    shortCharacters: z.int().min(2),
    leastJaccard: z.number().min(0).max(1),
    mostDetailsChanged: z.number().min(0).max(1),
    details: z.strictObject({
      units: z.array(z.string()).min(1),
      placeEndings: z.array(z.string()).min(1),
      placeCharacters: z.int().min(2),
    }),
    boilerplateTexts: z.int().min(2),
    sampleAboveFingerprints: z.int().min(0),
    mostCandidates: z.int().positive(),
    mostCarriers: z.int().positive(),
    address: z.strictObject({
      trackingParameters: z.array(z.string().toLowerCase()),
      hostPrefixes: z.array(z.string()),
    }),
    windowMs: z.int().positive(),
  }),
  events: z.strictObject({
    termShare: z.number().min(0).max(1),
    leastSimilarity: z.number().min(0),
    decayMs: z.int().positive(),
    silenceMs: z.int().positive(),
    placeFactor: z.strictObject({
      sameTownship: z.number(),
      sameCounty: z.number(),
      sameCity: z.number(),
      unknown: z.number(),
      otherCounty: z.number(),
      otherCity: z.number(),
    }),
    otherMatterFactor: z.number(),
    leadTerms: z.int().positive(),
    eventTerms: z.int().positive(),
  }),
});
export type GroupingPack = Readonly<z.infer<typeof GroupingPackSchema>>;
