import { z } from 'zod';

const Words = z.array(z.string().min(1));

/** What can befall people; `casualties` has no figure of its own and only bears denials. */
export const FATES = [
  'dead',
  'seriouslyInjured',
  'lightlyInjured',
  'injured',
  'missing',
  'poisoned',
  'treated',
  'rescued',
  'evacuated',
  'affected',
  'casualties',
] as const;
export type Fate = (typeof FATES)[number];

export const INCIDENT_TYPES = [
  'earthquake',
  'foodPoisoning',
  'occupationalPoisoning',
  'pollution',
  'gas',
  'mine',
  'explosion',
  'collapse',
  'landslide',
  'flood',
  'storm',
  'waterway',
  'rail',
  'traffic',
  'fire',
  'stampede',
  'publicOrder',
  'epidemic',
  'accident',
] as const;
export const IncidentTypeSchema = z.enum(INCIDENT_TYPES);
export type IncidentType = z.infer<typeof IncidentTypeSchema>;

/** Why words of a text say nothing about a happening of now. */
export const CONTEXT_REASONS = [
  'drill',
  'fiction',
  'figurative',
  'background',
  'statistics',
  'hypothetical',
  'prevention',
] as const;
export type ContextReason = (typeof CONTEXT_REASONS)[number];

/** Why words that look like a fact are none. */
export const SET_ASIDE_REASONS = [
  ...CONTEXT_REASONS,
  'denied',
  'withdrawn',
  'superseded',
  'claimed',
] as const;
export type SetAsideReason = (typeof SET_ASIDE_REASONS)[number];

/** The pack of words by which facts are read; all of them as normalised text has them. */
export const FactsPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  source: z.string(),
  fates: z.record(z.enum(FATES), Words),
  /** Fate words that are nouns: without a number they imply no one. */
  nouns: Words,
  notFates: Words,
  /** Between number and fate, these say that the number counts somebody else. */
  otherPeople: Words,
  joiners: Words,
  /** Places that may be counted between a fate and its number: 转移3个乡镇1.2万人. */
  areas: Words,
  /** The number behind them is said to be wrong: 不是30人. */
  mistaken: Words,
  /** Said before a number that takes the place of a lower one. */
  rises: Words,
  /** Two people, though no number is written. */
  pairs: Words,
  /** One person at least, though no number is written. */
  persons: Words,
  /** New ones, on top of all told before. */
  additions: Words,
  /** On top of those in the same sentence only. */
  besides: Words,
  /** Already within what was counted: 其中. */
  parts: Words,
  totals: Words,
  residuals: Words,
  corrections: Words,
  /** What was said before them in the clause is taken back. */
  withdrawals: Words,
  /** The whole matter is false, not only a figure. */
  refutations: Words,
  claims: z.strictObject({
    onward: Words,
    wholeText: Words,
    /** Longer words in which a claim is denied: 不是网传. */
    except: Words,
  }),
  verified: Words,
  denials: Words,
  denialFillers: Words,
  contexts: z.array(
    z.strictObject({
      reason: z.enum(CONTEXT_REASONS),
      scope: z.enum(['text', 'title', 'sentence', 'clause', 'onward']),
      words: Words,
      /** Longer words that hold one of the words and mean something else. */
      except: Words,
    }),
  ),
  present: Words,
  incidents: z.array(
    z.strictObject({
      type: IncidentTypeSchema,
      name: z.string(),
      /** Words that say it by themselves. */
      signs: Words,
      /** Words that count only beside one of `happenings` in the same sentence. */
      words: Words,
      /** What 送医, 就诊 … mean in an incident of this type; injured when absent. */
      treatedAs: z.enum(['injured', 'poisoned']).default('injured'),
      /** Types that this one is the graver outcome of: a tanker overturns and a river is polluted. */
      over: z.array(IncidentTypeSchema).default([]),
    }),
  ),
  happenings: Words,
  intakeCut: Words,
  unitEndings: Words,
  unitStops: Words,
});
export type FactsPack = Readonly<z.infer<typeof FactsPackSchema>>;
