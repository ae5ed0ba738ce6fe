import { paragraphText, type Block, type ReportModel } from '#briefings';

const NUMBERED = /^[一二三四五六七八九十]+、/;

/** The name of the section that begins here: a heading, or the first words of a paragraph where it is run in. */
function begun(block: Block): string | undefined {
  if (block.kind === 'heading') return block.level === 1 ? block.text : undefined;
  return block.kind === 'paragraph' && NUMBERED.test(block.lead ?? '') ? block.lead : undefined;
}

export const headings = ({ blocks }: ReportModel): string[] =>
  blocks.flatMap((block) => begun(block) ?? []);

/** What stands in a section, as text. */
export function sectionText({ blocks }: ReportModel, name: string): string {
  const from = blocks.findIndex((block) => begun(block)?.endsWith(name));
  const rest = blocks.slice(from + 1);
  const to = rest.findIndex((block) => begun(block) !== undefined);
  const first = blocks[from];
  const own = first?.kind === 'paragraph' ? [first.sentences.map(({ text }) => text).join('')] : [];
  return [...own, ...rest.slice(0, to === -1 ? undefined : to).map(inWords)].join('\n');
}

function inWords(block: Block): string {
  if (block.kind === 'heading') return block.text;
  if (block.kind === 'paragraph') return paragraphText(block);
  if (block.kind === 'figure') return `${block.name} ${block.said.text}`;
  return block.rows.map(({ cells }) => cells.join(' ')).join('\n');
}
