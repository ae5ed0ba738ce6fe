import { z } from 'zod';
import { Moment } from './common.ts';

const SentenceView = z.object({
  text: z.string(),
  /** Who wrote it; the machine's where nobody is named. */
  byPerson: z.object({ name: z.string(), at: Moment, original: z.string().optional() }).optional(),
  /** It links to what it quotes. */
  url: z.string().optional(),
});

/** A part of a report on the page where it is changed; only paragraphs can be. */
const BlockView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), level: z.int(), text: z.string() }),
  z.object({
    kind: z.literal('paragraph'),
    /** Number of the block. */
    block: z.int(),
    lead: z.string().optional(),
    sentences: z.array(SentenceView),
    leftOut: z.array(
      z.object({ text: z.string(), reason: z.string(), name: z.string(), at: Moment }),
    ),
  }),
  z.object({ kind: z.literal('table'), name: z.string(), rows: z.int() }),
  z.object({ kind: z.literal('figure'), name: z.string() }),
]);
export type ReportBlockView = z.infer<typeof BlockView>;
export type ReportParagraphView = Extract<ReportBlockView, { kind: 'paragraph' }>;

/** GET /api/v1/reports/:reportId/edit */
export const ReportEditView = z.object({
  id: z.string(),
  title: z.string(),
  number: z.string(),
  /** 第n稿 */
  draft: z.int(),
  contentDigest: z.string(),
  /** Why this person may not change it; empty when they may. */
  whyNot: z.string(),
  /** Who changed it may not review it; this person already did. */
  hasEdited: z.boolean(),
  standing: z.string(),
  notices: z.array(z.string()),
  length: z.int(),
  mostCharacters: z.int(),
  blocks: z.array(BlockView),
  edits: z.array(z.object({ name: z.string(), at: Moment, via: z.enum(['page', 'word']) })),
  mostWordBytes: z.int(),
});
export type ReportEditView = z.infer<typeof ReportEditView>;

const Text = z.string().max(2_000);
const ParagraphDraft = z.strictObject({
  block: z.int().min(0),
  sentences: z
    .array(
      z.strictObject({
        from: z.int().min(0).optional(),
        text: Text,
        isNumberConfirmed: z.boolean().optional(),
      }),
    )
    .max(500),
  leftOut: z.array(z.strictObject({ from: z.int().min(0), reason: z.string().max(200) })).max(500),
});
export type ParagraphDraftBody = z.infer<typeof ParagraphDraft>;

/** POST /api/v1/reports/:reportId/edit, and to look before it /edit/check. */
export const ReportDraftBody = z.strictObject({
  /** Of the text that was changed. */
  contentDigest: z.string().min(1).max(200),
  paragraphs: z.array(ParagraphDraft).max(2_000),
  via: z.enum(['page', 'word']).default('page'),
});
export type ReportDraftBody = z.input<typeof ReportDraftBody>;

/** What a draft would come to. */
export const ReportDraftView = z.object({
  length: z.int(),
  mostCharacters: z.int(),
  /** Of a report that is to be told in one page. */
  fitsPage: z.boolean(),
  problems: z.array(z.string()),
  changes: z.array(
    z.object({
      kind: z.enum(['changed', 'added', 'leftOut', 'restored']),
      block: z.int(),
      /** Number of the sentence in the draft of its paragraph. */
      sentence: z.int().optional(),
      numbers: z
        .object({
          before: z.array(z.string()),
          after: z.array(z.string()),
          isConfirmed: z.boolean(),
        })
        .optional(),
    }),
  ),
});
export type ReportDraftView = z.infer<typeof ReportDraftView>;

/** POST /api/v1/reports/:reportId/edit/word: what the file changes, for a person to look through and save. */
export const ReportWordView = z.object({
  paragraphs: z.array(ParagraphDraft),
  notes: z.array(z.string()),
});
export type ReportWordView = z.infer<typeof ReportWordView>;

/** POST /api/v1/reports/:reportId/return: 退回修改 */
export const ReturnReportBody = z.strictObject({ reason: z.string().trim().min(1).max(200) });

/** POST /api/v1/reports/:reportId/correction: 更正 */
export const CorrectReportBody = z.strictObject({
  reason: z.string().trim().min(1).max(200),
  /** A fact was wrong, not only its wording. */
  isFactual: z.boolean(),
});
export type CorrectReportBody = z.infer<typeof CorrectReportBody>;
