import {
  hasTitle,
  isOnePage,
  paragraphText,
  tableOfFigure,
  type Block,
  type ReportKind,
  type ReportModel,
  type Table,
} from './model.ts';

const POINTS_IN_MM = 72 / 25.4;
const PAPER_MM = 297;

/** How a report is set: characters and lines in points, margins in millimetres. */
export interface Sheet {
  readonly size: number;
  readonly pitch: number;
  readonly top: number;
  readonly bottom: number;
}

/** GB/T 9704: 22 lines of 28 characters; size 3 gives up a quarter of a point so that 28 find room. */
const STANDARD: Sheet = { size: 15.75, pitch: 28.95, top: 37, bottom: 35 };
/** 快报 and 早报 are one page: smaller than the grid of the standard, as briefings in practice are [P]. */
const COMPACT: Sheet = { size: 13, pitch: 19, top: 22, bottom: 21 };

export const sheetOf = (kind: ReportKind): Sheet => (isOnePage(kind) ? COMPACT : STANDARD);

/** 156 mm, as the text area of the standard, less what its right edge may not pass. */
const TEXT_WIDTH = 155.7 * POINTS_IN_MM;
const TITLE = { size: 22, leading: 12 };
const NAME = 40;
const MARKING = 10 * POINTS_IN_MM;
const TABLE = { name: 14 + 6, size: 12, leading: 5, inset: { x: 8, y: 10 } };
/** In a frame beneath who answers for it. */
const NOTICE = { perLine: 34, frame: 8 };
const NOTE = { size: 9.5, leading: 4.5, rules: 62 };

/** Whether a report fits its one page; reckoned a little too large, so that what fits here fits on paper. */
export function fitsOnePage(model: ReportModel): boolean {
  const { size, pitch, top, bottom } = sheetOf(model.kind);
  const room = (PAPER_MM - top - bottom) * POINTS_IN_MM;
  // Punctuation may not begin a line: a line holds a character less than it has room for.
  const perLine = Math.floor(TEXT_WIDTH / size) - 1;
  const title = hasTitle(model.kind)
    ? linesOf(model.title, 20, 0) * (TITLE.size + TITLE.leading)
    : 0;
  const gap = pitch - size;
  const notices = (model.header.notices ?? []).reduce(
    (sum, text) => sum + linesOf(text, NOTICE.perLine, 0) * pitch + NOTICE.frame,
    0,
  );
  const head =
    MARKING +
    NAME +
    gap +
    2 * pitch +
    4 * POINTS_IN_MM +
    2 +
    gap +
    14 +
    gap +
    notices +
    title +
    pitch;
  const body = model.blocks.reduce((sum, block) => sum + heightOf(block, perLine, pitch), 0);
  const note = model.dataNote.map(({ text }) => text).join('');
  const noteLines = linesOf(`数据说明：${note}`, Math.floor(TEXT_WIDTH / NOTE.size) - 1, 2);
  const foot = gap + noteLines * (NOTE.size + NOTE.leading) + NOTE.rules;
  return head + body + foot <= room;
}

function heightOf(block: Block, perLine: number, pitch: number): number {
  if (block.kind === 'heading') return pitch;
  if (block.kind === 'paragraph') return linesOf(paragraphText(block), perLine, 2) * pitch;
  return heightOfTable(block.kind === 'figure' ? tableOfFigure(block) : block);
}

function heightOfTable({ columns, rows }: Table): number {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) =>
    Math.max(1, Math.floor(((TEXT_WIDTH * share) / whole - TABLE.inset.x) / TABLE.size)),
  );
  const rowHeight = (cells: readonly string[]): number => {
    const lines = Math.max(...cells.map((text, column) => linesOf(text, widths[column] ?? 1, 0)));
    return lines * (TABLE.size + TABLE.leading) + TABLE.inset.y;
  };
  const head = rowHeight(columns.map(({ title }) => title));
  return TABLE.name + head + rows.reduce((sum, { cells }) => sum + rowHeight(cells), 0);
}

const linesOf = (text: string, perLine: number, indent: number): number =>
  Math.max(1, Math.ceil((emsOf(text) + indent) / perLine));

/** Length in whole characters; letters and digits take half of one, and a little more where they are wide. */
export const emsOf = (text: string): number =>
  Array.from(text).reduce((sum, letter) => sum + (/[ -~]/.test(letter) ? 0.58 : 1), 0);
