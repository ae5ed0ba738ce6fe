import { beijingDay, beijingMinute } from '#core';
import type { FacePart } from './faces.ts';
import { isOnePage, type Block, type ReportModel, type Sentence } from './model.ts';

const NAME_ROOM_PT = 420;
const NAME_MOST_PT = 56;
const NAME_COMPACT_PT = 40;

/** A report as the template takes it; all text as values. */
export function toTypstData(
  model: ReportModel,
  faces: Readonly<Record<FacePart, readonly string[]>>,
): object {
  const { header, title, period, blocks, annex, dataNote, standing, distribution, madeAt } = model;
  const [year, month, day] = beijingDay(madeAt).split('-').map(Number);
  const [hour, minute] = beijingMinute(madeAt).slice(11).split(':').map(Number);
  return {
    faces,
    isCompact: isOnePage(model.kind),
    hasTitle: model.kind === 'flash' || model.kind === 'special',
    nameSize: Math.min(
      isOnePage(model.kind) ? NAME_COMPACT_PT : NAME_MOST_PT,
      NAME_ROOM_PT / (Array.from(header.name).length * 1.08),
    ),
    header,
    title,
    period,
    blocks: blocks.map(toBlock),
    annex: annex.map(toBlock),
    dataNote: dataNote.map(toSentence),
    standing,
    distribution,
    made: [year, month, day, hour, minute, madeAt.getUTCSeconds()],
  };
}

function toBlock(block: Block): object {
  if (block.kind === 'heading') return block;
  if (block.kind === 'paragraph') return { ...block, sentences: block.sentences.map(toSentence) };
  return { ...block, rows: block.rows.map(({ cells }) => ({ cells })) };
}

const toSentence = ({ text, url }: Sentence): object => ({
  text,
  ...(url && { url }),
});
