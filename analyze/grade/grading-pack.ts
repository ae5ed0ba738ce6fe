import { z } from 'zod';
import { GradeSchema, RoleSchema } from '#core';
import { MediaTierSchema } from '#ingest';
import { IncidentTypeSchema } from '../facts/facts-pack.ts';
import { FindingKindSchema } from './finding.ts';
import { MustRespondReasonSchema } from './must-respond-reason.ts';

export const CONTENT_CLASSES = ['A0', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7'] as const;
export const ContentClassSchema = z.enum(CONTENT_CLASSES);
export type ContentClass = z.infer<typeof ContentClassSchema>;

const Words = z.array(z.string().min(1));
const Points = z.number().min(0);
const GradedRow = z.enum(['L1', 'L2', 'L3', 'L4']);

/** Figures that must all be reached, the number included (以上含本数). */
const IncidentFiguresSchema = z.strictObject({
  dead: z.int().optional(),
  /** Seriously so, or of unknown gravity. */
  injured: z.int().optional(),
  /** Injured however lightly. */
  hurt: z.int().optional(),
  poisoned: z.int().optional(),
  missing: z.int().optional(),
  evacuated: z.int().optional(),
  lossYuan: z.int().optional(),
  magnitude: z.number().optional(),
  intakeCut: z.enum(['county', 'prefecture']).optional(),
});
export type IncidentFigures = Readonly<z.infer<typeof IncidentFiguresSchema>>;

/** The grading rule pack: points, floors, cuts and the words behind them, all data. */
export const GradingPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  source: z.string(),
  volumeScale: z.number().positive(),
  cuts: z.record(GradedRow, z.number()),
  content: z.array(z.strictObject({ class: ContentClassSchema, points: Points, name: z.string() })),
  contentWords: z.array(z.strictObject({ class: ContentClassSchema, words: Words })),
  contentFigures: z.array(z.strictObject({ class: ContentClassSchema, dead: z.int().min(1) })),
  volume: z
    .array(z.strictObject({ posts: z.number(), interactions: z.number(), points: Points }))
    .min(1),
  speed: z.strictObject({
    leastPosts: z.int(),
    leastAgeMs: z.int(),
    bands: z.array(z.strictObject({ ratio: z.number(), points: Points })).min(1),
    localHotList: Points,
    nationalHotList: Points,
  }),
  media: z.array(z.strictObject({ tier: MediaTierSchema, points: Points, name: z.string() })),
  sensitivity: z.strictObject({
    period: Points,
    place: Points,
    repeated: Points,
    placeWords: Words,
  }),
  spread: z.strictObject({
    oneTownship: Points,
    severalTownships: Points,
    severalCounties: Points,
    severalCities: Points,
    nationwide: Points,
  }),
  untrue: z.strictObject({
    none: Points,
    suspected: Points,
    verified: Points,
    panic: Points,
    suspectedWords: Words,
    verifiedWords: Words,
    panicWords: Words,
  }),
  floors: z.strictObject({
    incidentGrades: z.array(GradeSchema),
    deaths: z.array(z.strictObject({ dead: z.int().min(1), atLeast: GradeSchema })),
    credibleTier: MediaTierSchema,
    namedCriticism: GradeSchema,
    panic: GradeSchema,
    upperOrder: GradeSchema,
  }),
  /** When interactions look bought: judged on the items, never on a person. */
  suspicious: z.strictObject({
    /** Volume counts no more than this until a person has looked. */
    mostPoints: Points,
    /** So many interactions in 24 h over so few posts, on no hot list. */
    interactions: z.int().positive(),
    mostPosts: z.int().positive(),
    /** So many individuals with one text within so short a time. */
    sameTextPosts: z.int().positive(),
    sameTextMs: z.int().positive(),
  }),
  /** One table for each kind of incident; the first that names a type holds, the one without types is for the rest. */
  incident: z.array(
    z.strictObject({
      types: z.array(IncidentTypeSchema),
      source: z.string(),
      /** The missing count as dead. */
      countsMissing: z.boolean().default(false),
      rows: z.array(z.strictObject({ grade: GradeSchema, any: z.array(IncidentFiguresSchema) })),
    }),
  ),
  mustRespond: z.strictObject({
    atLeast: GradeSchema,
    reasons: z.array(
      z.strictObject({
        reason: MustRespondReasonSchema,
        classes: z.array(ContentClassSchema),
        atLeast: GradeSchema,
      }),
    ),
  }),
  confirm: z.record(GradeSchema, z.array(RoleSchema)),
  /** Who may put a finding on record. */
  findings: z.record(FindingKindSchema, z.array(RoleSchema)),
});
export type GradingPack = Readonly<z.infer<typeof GradingPackSchema>>;

export const ruleVersionOf = (pack: Pick<GradingPack, 'name' | 'version'>): string =>
  `${pack.name}@${pack.version}`;
