import { paragraphText, type Block, type ReportModel } from '#briefings';

export const headings = ({ blocks }: ReportModel): string[] =>
  blocks.flatMap((block) => (block.kind === 'heading' && block.level === 1 ? [block.text] : []));

/** What stands under a heading of the first level, as text. */
export function sectionText({ blocks }: ReportModel, name: string): string {
  const from = blocks.findIndex(
    ({ kind, ...block }) => kind === 'heading' && 'text' in block && block.text.endsWith(name),
  );
  const rest = blocks.slice(from + 1);
  const to = rest.findIndex((block) => block.kind === 'heading' && block.level === 1);
  return rest
    .slice(0, to === -1 ? undefined : to)
    .map(inWords)
    .join('\n');
}

function inWords(block: Block): string {
  if (block.kind === 'heading') return block.text;
  if (block.kind === 'paragraph') return paragraphText(block);
  if (block.kind === 'figure') return `${block.name} ${block.said.text}`;
  return block.rows.map(({ cells }) => cells.join(' ')).join('\n');
}
