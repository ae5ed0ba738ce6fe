import { beijingMinute, type Person } from '#core';
import {
  glanceOf,
  momentInWords,
  printable,
  sectionsOf,
  throughWhom,
  toArticle,
  type Instruction,
} from '#briefings';
import type { PhoneSaying } from '../routes/phone-page.ts';
import type { Reading } from '../report-room.ts';
import { html, Html } from './html.ts';
import { READING_STYLE_ELEMENT } from './reading-style.ts';
import { renderInstructionForm } from './instruction-form.ts';
import { RETRY_SCRIPT } from './retry-script.ts';

export { READING_POLICY } from './reading-style.ts';

export interface ReadingPage extends Pick<PhoneSaying, 'message' | 'kept' | 'query'> {
  readonly reading: Reading;
  /** Whose link it is. */
  readonly person: Person;
  readonly at: Date;
}

/** Sizes of the text, by what stands behind the address. */
const SIZES = [
  { code: '', name: '标准字' },
  { code: 'large', name: '大字' },
  { code: 'huge', name: '特大字' },
] as const;

/**
 * A report on the phone of one of its readers. Head and preview of the address say nothing of what it holds: a
 * message that shows previews of links must tell nobody.
 */
export function renderReadingPage(page: ReadingPage): string {
  const { reading, query } = page;
  const { report } = reading;
  const size = SIZES.find(({ code }) => code === query['text']) ?? SIZES[0];
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover" />
        <meta name="robots" content="noindex,nofollow,noarchive,nosnippet" />
        <meta name="referrer" content="no-referrer" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="description" content="请本人打开阅读" />
        <meta property="og:title" content="内部资料" />
        <meta property="og:description" content="请本人打开阅读" />
        <link rel="icon" href="data:," />
        <title>内部资料</title>
        ${READING_STYLE_ELEMENT} ${RETRY_SCRIPT}
      </head>
      <body class="${size.code}">
        ${report.isDrill && html`<p class="drillband">演练</p>`}
        <main>
          ${renderTools(page, size.code)}
          ${reading.beside.map(({ url, words }) => html`<p class="own"><a href="${url}">${words}</a></p>`)}
          ${new Html(toArticle(printable(report, reading.correction), { glance: renderGlance(page), drawn: reading.drawn }))}
          ${renderGiven(reading)} ${reading.mayInstruct && renderInstructionForm(page)}
        </main>
        ${renderBar(page)}
      </body>
    </html> `.toString();
}

function renderTools({ reading }: ReadingPage, size: string): Html {
  const { report } = reading;
  const read = report.readers.filter(({ readAt }) => readAt).length;
  return html`<p class="asof">
      截至${momentInWords(report.period.to)} <span>已阅 ${read}/${report.readers.length}</span>
    </p>
    <div class="tools">
      <details class="contents">
        <summary>目录</summary>
        <nav aria-label="目录">
          <ul>
            ${sectionsOf(report.model).map(
              ({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`,
            )}
          </ul>
        </nav>
      </details>
      ${SIZES.map(({ code, name }) =>
        code === size
          ? html`<b aria-current="true">${name}</b>`
          : html`<a href="?text=${code}">${name}</a>`,
      )}
    </div>`;
}

/** What a 快报 comes to, before its form begins. */
function renderGlance({ reading }: ReadingPage): string {
  const told = glanceOf(reading.report.model);
  if (told.length === 0) return '';
  return html`<div class="glance" role="region" aria-label="等级与时限">
    ${told.map((text) => html`<p>${text}</p>`)}
  </div>`.toString();
}

function renderGiven({ report }: Reading): Html | undefined {
  if (report.instructions.length === 0) return undefined;
  return html`<section aria-label="批示">
    <h2>批示</h2>
    ${report.instructions.map(renderInstruction)}
  </section>`;
}

function renderInstruction(instruction: Instruction): Html {
  const { leader, text, at, event, unit, dueAt, order, paper } = instruction;
  const through = throughWhom(instruction);
  const when = paper ? paper.day : beijingMinute(at).slice(5);
  return html`<div class="given">
    <p><b>${leader.name}</b> ${when}：${text}</p>
    <p class="muted">
      ${order ? `已交${unit ?? ''}办理` : '待综合协调交办'}${event ? `“${event.title}”` : ''}，${beijingMinute(dueAt).slice(5)}
      前报结果${through ? `（${through.name}${paper ? '代为登记' : '代为交办'}）` : ''}
    </p>
  </div>`;
}

/** 已阅 is one tap; 批示 goes to its form. */
function renderBar({ reading, message }: ReadingPage): Html {
  const { readAt } = reading.reader;
  return html`<div class="bar">
    ${message !== undefined && html`<p class="done" role="status">${message}</p>`}
    <div class="acts">
      ${
        readAt
          ? html`<p class="isread">您 ${beijingMinute(readAt).slice(5)} 已阅</p>`
          : html`<form method="post">
              <input type="hidden" name="act" value="receive" />
              <button id="receive">已阅</button>
            </form>`
      }
      ${reading.mayInstruct && html`<a class="button" id="to-instruct" href="#instruct">批示</a>`}
    </div>
  </div>`;
}
