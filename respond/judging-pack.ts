import { z } from 'zod';
import { GradeSchema, hasRole, Refused, RoleSchema, type Person, type Role } from '#core';
import { rolesInWords } from './words.ts';

const Roles = z.array(RoleSchema).min(1);

/** 研判规则包: who assesses, consults, agrees the message and evaluates, and by which numbers. */
export const JudgingPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  questions: z.strictObject({
    /** Words with which somebody asks although no question mark follows. */
    asks: z.array(z.string().min(1)).min(1),
    /** Words that turn such a sentence into a statement. */
    tells: z.array(z.string().min(1)),
    /** Share of character pairs that two questions have in common, 0 to 1. */
    likeness: z.number().positive().max(1),
    /** Share of what a question is about that a release must name to be taken as speaking of it, 0 to 1. */
    leastNamed: z.number().positive().max(1),
    shortest: z.int().positive(),
    longest: z.int().positive(),
    most: z.int().positive(),
  }),
  assessments: z.strictObject({ assessors: Roles, confirmers: Roles }),
  consultations: z.strictObject({
    callers: Roles,
    /** Grades at which it cannot be skipped. */
    owedAt: z.array(GradeSchema).min(1),
    leastUnits: z.int().min(1),
  }),
  keyMessages: z.strictObject({ writers: Roles, approvers: Roles, graveApprovers: Roles }),
  evaluations: z.strictObject({
    evaluators: Roles,
    /** Tracking ends when every hour of the last so many held less than this share of the fullest one. */
    tracking: z.strictObject({
      shareOfPeak: z.number().positive().max(1),
      quietHours: z.int().positive(),
    }),
    /** Hours on each side of a release. */
    windowHours: z.array(z.int().positive()).min(1),
    /** Fewer on either side say too little. */
    leastPosts: z.int().positive(),
    /** A later peak of this share of the first, within so many days of a release. */
    secondPeak: z.strictObject({ share: z.number().positive().max(1), days: z.int().positive() }),
    weights: z.strictObject({
      timeliness: z.number().min(0),
      targeting: z.number().min(0),
      effect: z.number().min(0),
      consistency: z.number().min(0),
      factsSolved: z.number().min(0),
    }),
    retrospectiveAt: z.array(GradeSchema),
  }),
  closing: z.strictObject({
    closers: Roles,
    /** Who may open a closed event again. */
    reopeners: Roles,
  }),
});
export type JudgingPack = Readonly<z.infer<typeof JudgingPackSchema>>;

/** @throws {Refused} when the person holds none of the roles */
export function demandRole(person: Person, roles: readonly Role[], what: string): void {
  if (hasRole(person, ...roles)) return;
  throw new Refused('ROLE_NEEDED', `${what}须为${rolesInWords(roles)}`, 'forbidden');
}
