import { z } from 'zod';
import { ActorSchema, beijingDay, digestOf, EffectSchema, RoleSchema, type Documents } from '#core';
import { editorsInWords } from './editing/edit-words.ts';
import { InstructionSchema } from './reading/instruction.ts';
import { ReaderSchema } from './reading/reader.ts';
import type { ReportPack } from './report-pack.ts';
import {
  ReportKindSchema,
  ReportModelSchema,
  ReportStageSchema,
  type ReportModel,
} from './model.ts';
import { plainText } from './plain-text.ts';
import { dayInWords } from './words.ts';

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

/** 修改: one time that a person put down a text of their own. */
const EditSchema = z.object({
  by: ActorSchema,
  at: z.coerce.date(),
  /** On the page, or read back from a Word file. */
  via: z.enum(['page', 'word']),
  /** Digests of the text before and after. */
  from: z.string(),
  to: z.string(),
});

/** 更正: the issue that this one puts right. */
const CorrectsSchema = z.object({
  id: z.string(),
  /** 舆情日报〔2026〕第12期 */
  name: z.string(),
  reason: z.string(),
  /** A fact was wrong, not only its wording: it counts in 报送失实率. */
  isFactual: z.boolean(),
  /** Of the text that was wrong: a correction that says the same corrects nothing. */
  blocksDigest: z.string(),
  /** Ids of those who were sent the wrong one: they get this one too. */
  readerIds: z.array(z.string()),
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
  /** By persons, oldest first. */
  edits: z.array(EditSchema).default([]),
  corrects: CorrectsSchema.optional(),
  /** The issue that corrects this one, sent or still on its way. */
  correctedBy: z.object({ id: z.string(), name: z.string() }).optional(),
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

/** Who reviews, signs and gets a report of its kind. */
export const ruleOf = (pack: ReportPack, { kind }: Pick<Report, 'kind'>) => pack[kind];

export const issueNumber = (year: number, issue: number): string => `〔${year}〕第${issue}期`;

export const digestOfModel = (model: ReportModel): string => digestOf(JSON.stringify(model));

/**
 * The report as it is printed: who answers for it stands on it, and which issue corrects it.
 *
 * @param correction the issue that corrects it; says nothing before it was sent
 */
export function printable(report: Report, correction?: Report): ReportModel {
  const { model, review, signatures } = report;
  const told = correction?.sent ? withNotice(model, correctedInWords(correction)) : model;
  if (!review) return told;
  const signed = signatures.map(({ actor }) => actor.name).join('、');
  return {
    ...told,
    standing: [
      ...editorsInWords(model),
      `审核：${review.actor.name}`,
      ...(signed ? [`签发：${signed}`] : ['未签发']),
    ],
  };
}

/** 本期已由…更正 */
export function correctedInWords({ model, corrects, sent }: Report): string {
  const { name, number } = model.header;
  const day = sent ? `（${dayInWords(beijingDay(sent.at))}报送）` : '';
  return `本期已由${name}${number}更正${day}：${corrects?.reason ?? ''}`;
}

const withNotice = (model: ReportModel, notice: string): ReportModel => ({
  ...model,
  header: { ...model.header, notices: [...(model.header.notices ?? []), plainText(notice)] },
});
