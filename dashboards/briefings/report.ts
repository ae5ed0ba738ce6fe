import { z } from 'zod';
import { ActorSchema, digestOf, EffectSchema, RoleSchema, type Documents } from '#core';
import { InstructionSchema } from './reading/instruction.ts';
import { ReaderSchema } from './reading/reader.ts';
import type { ReportPack } from './report-pack.ts';
import {
  ReportKindSchema,
  ReportModelSchema,
  ReportStageSchema,
  type ReportModel,
} from './model.ts';

export const ReportStateSchema = z.enum([
  'collecting',
  'drafted',
  'reviewed',
  'signed',
  'sent',
  'receipted',
  'instructed',
]);
export type ReportState = z.infer<typeof ReportStateSchema>;

export const REPORT_STATE_NAMES: Readonly<Record<ReportState, string>> = {
  collecting: '采集中',
  drafted: '待审核',
  reviewed: '待签发',
  signed: '待发送',
  sent: '已提交发送',
  receipted: '已阅',
  instructed: '已批示',
};

const SignatureSchema = z.object({
  actor: ActorSchema,
  roles: z.array(RoleSchema),
  at: z.coerce.date(),
  contentDigest: z.string(),
});

/** 报告: one issue; its number is given once and never again. */
export const ReportSchema = z.object({
  /** Kind, year, issue and part: the number is the id, so it cannot be given twice. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  kind: ReportKindSchema,
  stage: ReportStageSchema.optional(),
  year: z.int(),
  issue: z.int().min(1),
  /** 0 for the first of its issue, then one more with each 续报 and the 终报. */
  part: z.int().min(0),
  eventId: z.string().optional(),
  isDrill: z.boolean(),
  state: ReportStateSchema,
  period: z.object({ from: z.coerce.date(), to: z.coerce.date() }),
  dueAt: z.coerce.date(),
  model: ReportModelSchema,
  contentDigest: z.string(),
  madeBy: ActorSchema,
  review: SignatureSchema.optional(),
  signatures: z.array(SignatureSchema),
  /** To whom it was handed for sending, and when. */
  sent: z
    .object({ at: z.coerce.date(), by: ActorSchema, receivers: z.array(ActorSchema) })
    .optional(),
  /** Of whom each has a personal link; empty for a report sent before there were links. */
  readers: z.array(ReaderSchema).default([]),
  /** When those who have not confirmed reading are urged; absent once nobody will be. */
  urgeAt: z.coerce.date().optional(),
  /** 批示, oldest first. */
  instructions: z.array(InstructionSchema).default([]),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
  createdAt: z.coerce.date(),
});
export type Report = Readonly<z.infer<typeof ReportSchema>>;

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface ReportStore extends Documents<Report> {
  /** Newest first. */
  listNewest(limit: number): Promise<readonly Report[]>;
  /** Parts of all issues of a kind and year, by number. */
  listOfYear(kind: Report['kind'], year: number): Promise<readonly Report[]>;
  /** Those whose silent readers are to be urged by then; earliest first. */
  listToUrge(until: Date, limit: number): Promise<readonly Report[]>;
}

export const reportId = (of: Pick<Report, 'kind' | 'year' | 'issue' | 'part'>): string =>
  `${of.kind}-${of.year}-${of.issue}-${of.part}`;

/** 舆情快报〔2026〕第3期: kind and number, and nothing of what it says. */
export const nameOf = ({ model }: Pick<Report, 'model'>): string =>
  `${model.header.name}${model.header.number}`;

/** 专报 and 月报 are not made yet; one that is found goes the way of the daily report. */
export const ruleOf = (pack: ReportPack, { kind }: Pick<Report, 'kind'>) =>
  pack[kind === 'special' || kind === 'monthly' ? 'daily' : kind];

export const digestOfModel = (model: ReportModel): string => digestOf(JSON.stringify(model));

/** The report as it is printed: who answers for it stands on it. */
export function printable({ model, review, signatures }: Report): ReportModel {
  if (!review) return model;
  const signed = signatures.map(({ actor }) => actor.name).join('、');
  return {
    ...model,
    standing: [`审核：${review.actor.name}`, ...(signed ? [`签发：${signed}`] : ['未签发'])],
  };
}
