import type {
  ParagraphDraftBody,
  ReportBlockView,
  ReportEditView,
  ReportParagraphView,
} from '../../contract/index.ts';

/** A sentence as it stands in its field. */
export interface SentenceRow {
  /** Its own on the page. */
  readonly key: string;
  /** Number of the sentence that it was; absent for one that is added. */
  readonly from?: number | undefined;
  text: string;
  isOut: boolean;
  /** Why it is left out. */
  reason: string;
  isNumberConfirmed: boolean;
}

/** By the number of their block. */
export type DraftRows = Record<number, SentenceRow[]>;

export const isParagraph = (block: ReportBlockView): block is ReportParagraphView =>
  block.kind === 'paragraph';

let added = 0;
export function newRow(text = ''): SentenceRow {
  added += 1;
  return { key: `new-${added}`, text, isOut: false, reason: '', isNumberConfirmed: false };
}

const rowOf = (text: string, from: number): SentenceRow => ({
  ...newRow(text),
  key: `was-${from}`,
  from,
});

export const rowsOf = ({ blocks }: Pick<ReportEditView, 'blocks'>): DraftRows =>
  Object.fromEntries(
    blocks
      .filter(isParagraph)
      .map(({ block, sentences }) => [block, sentences.map(({ text }, from) => rowOf(text, from))]),
  );

export const isChangedRow = (row: SentenceRow, { sentences }: ReportParagraphView): boolean =>
  row.isOut || row.from === undefined || sentences[row.from]?.text !== row.text.trim();

/** A sentence that was added and never written in is none. */
const isBlank = ({ from, text }: SentenceRow): boolean => from === undefined && text.trim() === '';

/** What was changed, as the server takes it; sentences of a paragraph by their numbers in it. */
export function draftOf(
  { blocks }: Pick<ReportEditView, 'blocks'>,
  rows: DraftRows,
): ParagraphDraftBody[] {
  return blocks.filter(isParagraph).flatMap((paragraph) => {
    const own = (rows[paragraph.block] ?? []).filter((row) => !isBlank(row));
    if (!own.some((row) => isChangedRow(row, paragraph))) return [];
    return [
      {
        block: paragraph.block,
        sentences: kept(own).map(({ from, text, isNumberConfirmed }) => ({
          ...(from !== undefined && { from }),
          text: text.trim(),
          ...(isNumberConfirmed && { isNumberConfirmed }),
        })),
        leftOut: own.flatMap(({ from, isOut, reason }) =>
          isOut && from !== undefined ? [{ from, reason: reason.trim() }] : [],
        ),
      },
    ];
  });
}

const kept = (rows: readonly SentenceRow[]): SentenceRow[] => rows.filter(({ isOut }) => !isOut);

/** The row that a number of a sentence in the draft stands for. */
export const rowAt = (rows: readonly SentenceRow[], sentence: number): SentenceRow | undefined =>
  kept(rows).filter((row) => !isBlank(row))[sentence];

/** A draft from a Word file, over the page as it stands: paragraphs that the file did not change stay. */
export function withParagraphs(
  view: Pick<ReportEditView, 'blocks'>,
  rows: DraftRows,
  paragraphs: readonly ParagraphDraftBody[],
): DraftRows {
  const next = { ...rows };
  for (const { block, sentences, leftOut } of paragraphs) {
    const said = view.blocks.find((one) => isParagraph(one) && one.block === block);
    if (!said || !isParagraph(said)) continue;
    const stay = sentences.map(({ from, text }) => ({
      ...(from === undefined ? newRow() : rowOf('', from)),
      text,
    }));
    // What is gone stands where it was, to be given its reason or put back.
    for (const { from, reason } of leftOut) {
      const at = stay.findIndex((row) => row.from !== undefined && row.from > from);
      const gone = { ...rowOf(said.sentences[from]?.text ?? '', from), isOut: true, reason };
      stay.splice(at < 0 ? stay.length : at, 0, gone);
    }
    next[block] = stay;
  }
  return next;
}

/** Words of mine for which somebody else's stand now. */
export interface LostWords {
  readonly block: number;
  readonly mine: readonly string[];
}

/**
 * My changes over the text that somebody else saved meanwhile. A paragraph that only I changed has mine; where both
 * did, theirs stands, and mine is given beside it.
 */
export function rebased(
  before: ReportEditView,
  rows: DraftRows,
  after: ReportEditView,
): { readonly rows: DraftRows; readonly lost: readonly LostWords[] } {
  const next = rowsOf(after);
  const lost: LostWords[] = [];
  for (const { block } of draftOf(before, rows)) {
    const [old, fresh] = [before, after].map(({ blocks }) =>
      blocks.filter(isParagraph).find((one) => one.block === block),
    );
    const own = rows[block] ?? [];
    if (!old || !fresh) continue;
    if (JSON.stringify(textsOf(old)) === JSON.stringify(textsOf(fresh))) next[block] = own;
    else {
      const mine = own.filter((row) => isChangedRow(row, old) && !isBlank(row));
      lost.push({ block, mine: mine.map(inWords) });
    }
  }
  return { rows: next, lost };
}

const textsOf = ({ sentences }: ReportParagraphView): string[] => sentences.map(({ text }) => text);

const inWords = ({ isOut, text, reason }: SentenceRow): string =>
  isOut ? `删去：${text}（理由：${reason || '还没有写'}）` : text;
