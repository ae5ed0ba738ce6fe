import { z } from 'zod';
import { ActorSchema, GRADE_WORDS, GradeSchema } from '#core';

/**
 * 核实记录: what a named person found out and no public post says. It counts from the moment it was
 * recorded, like a post; it is never changed, only followed by another.
 */
export const FindingSchema = z.discriminatedUnion('kind', [
  /** The competent authority has graded the incident. */
  z.object({ kind: z.literal('incidentGrade'), ...common(), grade: GradeSchema }),
  /** The figures were checked with those who know, by phone or on site. */
  z.object({ kind: z.literal('figures'), ...common(), dead: z.int().min(0) }),
  /** The interactions were looked at: bought traffic, or real. */
  z.object({ kind: z.literal('interactions'), ...common(), isGenuine: z.boolean() }),
  /** A higher body has handed the matter down. */
  z.object({ kind: z.literal('upperOrder'), ...common() }),
  /** A central medium named the office or a unit of it. */
  z.object({ kind: z.literal('namedCriticism'), ...common() }),
]);
export type Finding = Readonly<z.infer<typeof FindingSchema>>;
export const FindingKindSchema = z.enum([
  'incidentGrade',
  'figures',
  'interactions',
  'upperOrder',
  'namedCriticism',
]);
export type FindingKind = Finding['kind'];

function common() {
  return {
    id: z.string(),
    at: z.coerce.date(),
    actor: ActorSchema,
    /** Whence it is known: who was called, which paper, which report. */
    source: z.string(),
    url: z.string().optional(),
  };
}

/** What was found, in one clause: 核实死亡3人（电话询问应急局值班室）. */
export function findingWords(finding: Finding): string {
  return `${whatWasFound(finding)}（${finding.source}）`;
}

function whatWasFound(finding: Finding): string {
  if (finding.kind === 'figures') return `核实死亡${finding.dead}人`;
  if (finding.kind === 'incidentGrade') {
    return `突发事件等级已由主管部门确认为${GRADE_WORDS[finding.grade].word}`;
  }
  if (finding.kind === 'interactions') {
    return finding.isGenuine ? '互动量经核看属实' : '互动量经核看异常';
  }
  return finding.kind === 'upperOrder' ? '上级转办' : '中央媒体点名批评';
}
