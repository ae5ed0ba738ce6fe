import { beijingDay, beijingMinute } from '#core';
import type { FacePart } from './faces.ts';
import { sheetOf } from './one-page.ts';
import {
  hasTitle,
  isOnePage,
  tableOfFigure,
  type Block,
  type DrawnFigures,
  type Figure,
  type ReportModel,
  type Sentence,
} from './model.ts';

const NAME_ROOM_PT = 420;
const NAME_MOST_PT = 56;
const NAME_COMPACT_PT = 40;

/** A report as the template takes it; all text as values. */
export function toTypstData(
  model: ReportModel,
  faces: Readonly<Record<FacePart, readonly string[]>>,
  drawn: DrawnFigures,
): object {
  const { header, title, period, blocks, annex, dataNote, standing, distribution, madeAt } = model;
  const [year, month, day] = beijingDay(madeAt).split('-').map(Number);
  const [hour, minute] = beijingMinute(madeAt).slice(11).split(':').map(Number);
  return {
    faces,
    isCompact: isOnePage(model.kind),
    sheet: sheetOf(model.kind),
    hasTitle: hasTitle(model.kind),
    nameSize: Math.min(
      isOnePage(model.kind) ? NAME_COMPACT_PT : NAME_MOST_PT,
      NAME_ROOM_PT / (Array.from(header.name).length * 1.08),
    ),
    header: { ...header, notices: header.notices ?? [] },
    title,
    period,
    blocks: blocks.flatMap((block) =>
      block.kind === 'figure' ? toFigure(block, drawn.get(block.name)) : [toBlock(block)],
    ),
    annex: annex.flatMap((block) => (block.kind === 'figure' ? [] : [toBlock(block)])),
    dataNote: dataNote.map(toSentence),
    standing,
    distribution,
    made: [year, month, day, hour, minute, madeAt.getUTCSeconds()],
  };
}

function toFigure(figure: Figure, svg: string | undefined): object[] {
  const said = { kind: 'paragraph', sentences: [toSentence(figure.said)] };
  return svg === undefined
    ? [toBlock(tableOfFigure(figure)), said]
    : [{ kind: 'figure', name: figure.name, svg, alt: figure.said.text }, said];
}

function toBlock(block: Exclude<Block, Figure>): object {
  if (block.kind === 'heading') return block;
  if (block.kind === 'paragraph') return { ...block, sentences: block.sentences.map(toSentence) };
  return { ...block, rows: block.rows.map(({ cells }) => ({ cells })) };
}

const toSentence = ({ text, url, byPerson }: Sentence): object => ({
  text,
  ...(url && { url }),
  byPerson: byPerson !== undefined,
});
