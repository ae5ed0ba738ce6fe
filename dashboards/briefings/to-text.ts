import { paragraphText, tableOfFigure, type Block, type ReportModel } from './model.ts';

/** The report as plain text, for messages and for those who hear it read. */
export function toText(model: ReportModel): string {
  const { header, title, period, blocks, annex, dataNote, standing, distribution } = model;
  const lines = [
    ...(header.isDrill ? ['【演练】'] : []),
    header.marking,
    `${header.name} ${header.number}`,
    `${header.office} ${header.date}`,
    standing.join('　'),
    ...(header.notices ?? []),
    title,
    `（${period}）`,
    '',
    ...[...blocks, ...annex].flatMap(linesOf),
    '',
    `数据说明：${dataNote.map(({ text }) => text).join('')}`,
    distribution,
    `${header.office} ${header.date}印发`,
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf(block: Block): string[] {
  if (block.kind === 'heading') return [block.text];
  if (block.kind === 'paragraph') {
    // A text has no dotted line: brackets tell a person's words from the machine's.
    const marked = block.sentences.map((one) =>
      one.byPerson ? { ...one, text: `［${one.text}］` } : one,
    );
    return [paragraphText({ ...block, sentences: marked })];
  }
  if (block.kind === 'figure') return [...linesOf(tableOfFigure(block)), block.said.text];
  const { name, columns, rows } = block;
  return [
    name,
    columns.map(({ title }) => title).join('｜'),
    ...rows.map(({ cells }) => cells.join('｜')),
  ];
}
