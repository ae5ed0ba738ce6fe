import { z } from 'zod';
import { RoleSchema } from '#core';

/** A value for each relation that two sets of places can have. */
const ByPlaceSchema = z.strictObject({
  sameTownship: z.number(),
  sameCounty: z.number(),
  otherTownship: z.number(),
  sameCity: z.number(),
  unknown: z.number(),
  otherCounty: z.number(),
  otherCity: z.number(),
});

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
    terms: z.strictObject({
      headCharacters: z.int().positive(),
      characterHead: z.int().min(0),
      mostWords: z.int().positive(),
      mostCharacters: z.int().min(0),
      wordShare: z.number().min(0).max(1),
      rarityPower: z.number().positive(),
      repeatFactor: z.number().min(0),
      nameTags: z.array(z.string()),
      nameFactor: z.number().positive(),
      watchFactor: z.number().min(0),
      emptyTags: z.array(z.string()),
    }),
    backgroundTexts: z.int().positive(),
    streamHalfLifeMs: z.int().positive(),
    candidates: z.strictObject({
      leadTerms: z.int().positive(),
      eventTerms: z.int().positive(),
      mostVisited: z.int().positive(),
      most: z.int().positive(),
    }),
    leastSimilarity: z.number().min(0),
    coverageShare: z.number().min(0).max(1),
    decayMs: z.int().positive(),
    silenceMs: z.int().positive(),
    placeFactor: ByPlaceSchema,
    sameMatterAt: ByPlaceSchema,
    otherMatterFactor: z.number(),
    growth: z.strictObject({ perLogLead: z.number().min(0), most: z.number().min(0) }),
    eventTerms: z.int().positive(),
  }),
  regrouping: z.strictObject({
    roles: z.array(RoleSchema).min(1),
    everyMs: z.int().min(1_000),
    merge: z.strictObject({
      leastSimilarity: z.number().min(0),
      places: z.array(ByPlaceSchema.keyof()),
      mostLeads: z.int().positive(),
    }),
    split: z.strictObject({
      leastCohesion: z.number().min(0).max(1),
      leastLeads: z.int().min(3),
      stricterBy: z.number().min(0),
    }),
    growth: z.strictObject({
      windowMs: z.int().positive(),
      leads: z.int().positive(),
      cohesionBelow: z.number().min(0).max(1),
    }),
    related: z.strictObject({
      leastSimilarity: z.number().min(0),
      most: z.int().positive(),
      mostLooked: z.int().positive(),
      words: z.int().positive(),
      promiseWords: z.array(z.string()).min(1),
    }),
  }),
});
export type GroupingPack = Readonly<z.infer<typeof GroupingPackSchema>>;
