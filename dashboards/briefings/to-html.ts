import { escapeHtml } from '#alert';
import { digestOf } from '#core';
import {
  tableOfFigure,
  type Block,
  type DrawnFigures,
  type Figure,
  type ReportModel,
  type Sentence,
  type Table,
} from './model.ts';

/** One column for the phone, quiet on paper; nothing is loaded from anywhere, and no script runs. */
export const REPORT_STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;padding:16px;background:#fff;color:#1c2330;font:17px/1.75 "FangSong","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}
main{max-width:38em;margin:0 auto}
.top{display:flex;justify-content:space-between;gap:12px;margin:0;font-size:14px;font-weight:bold}
.drill{color:#8f4a00}
.name{margin:8px 0 4px;text-align:center;color:#c8102e;font-size:32px;line-height:1.3;letter-spacing:.1em}
.number{margin:0;text-align:center}
.from{display:flex;flex-wrap:wrap;justify-content:space-between;margin:4px 0 0;padding-bottom:8px;border-bottom:2px solid #c8102e}
.standing{margin:8px 0 0;text-align:center;color:#3c4250;font-size:15px}
.title{margin:8px 0;text-align:center;font-size:21px;line-height:1.4}
.period{margin:0 0 12px;text-align:center;color:#3c4250}
h2{margin:20px 0 4px;font-size:18px}
h3{margin:14px 0 2px;font-size:17px}
p{margin:0 0 8px}
.own{padding:8px 12px;border:1px solid #0b57d0;border-radius:8px;font-size:16px}
b{font-weight:bold}
u{text-decoration:underline dotted #5a6069 1px;text-underline-offset:.22em}
.notice{margin:6px 0 0;padding:4px 8px;border:1px solid #c8102e;text-align:center;font-size:15px}
a{color:#0b57d0}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:15px;line-height:1.5}
caption{padding:8px 0;font-weight:bold;text-align:left}
th,td{padding:6px 8px;border:1px solid #8a919c;text-align:left;vertical-align:top}
th{background:#eef1f5;white-space:nowrap}
td:first-child{white-space:nowrap}
figure{margin:8px 0 12px;break-inside:avoid}
figure img{display:block;width:100%;height:auto}
figcaption{font-size:15px}
summary{font-size:14px;color:#3c4250}
footer{margin-top:20px;padding-top:12px;border-top:1px solid #1c2330;font-size:15px;color:#3c4250}
@media print{.own{display:none}body{padding:0;font-size:12pt}a{color:inherit;text-decoration:none}tr,h2,h3{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}}
`;

/** What a page's policy must allow for this style and nothing else. */
export const HTML_POLICY = `default-src 'none'; style-src 'sha256-${Buffer.from(digestOf(REPORT_STYLE), 'hex').toString('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`;

export interface HtmlParts {
  /** A figure that is not in it is told as a table: mail programs show no picture without being asked. */
  readonly drawn?: DrawnFigures;
  /** In a mail, the link that opens the report for its reader. */
  readonly own?: { readonly url: string; readonly words: string };
}

/** The report as one file for phone, mail and print. */
export function toHtml(model: ReportModel, { drawn, own }: HtmlParts = {}): string {
  const link = own
    ? `<p class="own"><a href="${escapeHtml(own.url)}" rel="noopener noreferrer">${escapeHtml(own.words)}</a></p>`
    : '';
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(model.title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
${link}${toArticle(model, { drawn })}
</main>
</body>
</html>
`;
}

/** A place in the report to go to: a section of the first level. */
export interface ReportSection {
  readonly id: string;
  readonly name: string;
}

/** 目录; in a report of one page the sections begin with their paragraphs. */
export const sectionsOf = ({
  blocks,
  annex,
}: Pick<ReportModel, 'blocks' | 'annex'>): ReportSection[] =>
  [...blocks, ...annex].flatMap((block, index) => {
    const name = sectionName(block);
    return name ? [{ id: sectionId(index), name }] : [];
  });

const sectionId = (index: number): string => `section-${index + 1}`;

function sectionName(block: Block): string | undefined {
  if (block.kind === 'heading') return block.level === 1 ? block.text : undefined;
  const isRunIn = block.kind === 'paragraph' && /^[一二三四五六七八九十]+、/.test(block.lead ?? '');
  return isRunIn ? block.lead : undefined;
}

/** The report itself, without a page around it. @param glance markup between its head and its first section */
export function toArticle(
  model: ReportModel,
  {
    glance = '',
    drawn = new Map(),
  }: { readonly glance?: string; readonly drawn?: DrawnFigures | undefined } = {},
): string {
  const { header, title, period, blocks, annex, dataNote, standing, distribution } = model;
  const drill = header.isDrill ? '<span class="drill">演练</span>' : '';
  return `<header>
<p class="top"><span>${escapeHtml(header.marking)}</span>${drill}</p>
<p class="name">${escapeHtml(header.name)}</p>
<p class="number">${escapeHtml(header.number)}</p>
<p class="from"><span>${escapeHtml(header.office)}</span><span>${escapeHtml(header.date)}</span></p>
<p class="standing">${escapeHtml(standing.join('　'))}</p>
${(header.notices ?? []).map((text) => `<p class="notice">${escapeHtml(text)}</p>\n`).join('')}<h1 class="title">${escapeHtml(title)}</h1>
<p class="period">${escapeHtml(`（${period}）`)}</p>
</header>
${glance}${[...blocks, ...annex].map((block, index) => toPart(block, drawn, sectionName(block) && sectionId(index))).join('\n')}
<footer>
<p><b>数据说明：</b>${dataNote.map(toSpan).join('')}</p>
<p>${escapeHtml(distribution)}</p>
<p>${escapeHtml(header.office)} ${escapeHtml(header.date)}印发</p>
</footer>`;
}

function toPart(block: Block, drawn: DrawnFigures, id?: string): string {
  const place = id ? ` id="${id}"` : '';
  if (block.kind === 'heading') {
    const name = block.level === 1 ? 'h2' : 'h3';
    return `<${name}${place}>${escapeHtml(block.text)}</${name}>`;
  }
  if (block.kind === 'paragraph') {
    const lead = block.lead ? `<b>${escapeHtml(block.lead)}：</b>` : '';
    return `<p${place}>${lead}${block.sentences.map(toSpan).join('')}</p>`;
  }
  if (block.kind === 'figure') return toFigure(block, drawn.get(block.name));
  return toTable(block);
}

function toFigure(figure: Figure, svg: string | undefined): string {
  const numbers = toTable(tableOfFigure(figure));
  if (svg === undefined) return `${numbers}\n<p>${toSpan(figure.said)}</p>`;
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  return `<figure><img src="${source}" alt="${escapeHtml(`${figure.name}：${figure.said.text}`)}">
<figcaption><b>${escapeHtml(figure.name)}</b> ${toSpan(figure.said)}</figcaption>
<details><summary>图中数字</summary>${numbers}</details></figure>`;
}

function toTable({ name, columns, rows }: Table): string {
  const heads = columns.map(({ title }) => `<th scope="col">${escapeHtml(title)}</th>`);
  const lines = rows.map(
    ({ cells, cites }) =>
      `<tr data-cites="${escapeHtml(cites.join(' '))}">${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(name)}"><table><caption>${escapeHtml(name)}</caption><thead><tr>${heads.join('')}</tr></thead><tbody>
${lines.join('\n')}
</tbody></table></div>`;
}

function toSpan({ text, cites, url, byPerson }: Sentence): string {
  const writer = byPerson && `${byPerson.name}${byPerson.original ? '修改' : '补写'}`;
  const title = writer ? ` title="${escapeHtml(writer)}"` : '';
  const cited = `data-cites="${escapeHtml(cites.join(' '))}"${title}`;
  const words = byPerson ? `<u>${escapeHtml(text)}</u>` : escapeHtml(text);
  const isWeb = url !== undefined && /^https?:/i.test(url);
  return isWeb
    ? `<a ${cited} href="${escapeHtml(url)}" rel="noopener noreferrer">${words}</a>`
    : `<span ${cited}>${words}</span>`;
}
