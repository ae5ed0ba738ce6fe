import { gradeLabel, type Grade } from '#core';
import { html, isWebAddress, type Html } from './html.ts';
import { RETRY_SCRIPT } from './retry-script.ts';
import { STYLE_ELEMENT } from './style.ts';

/** What the page of an alert shows; `details` only to somebody signed in. */
export interface AlertPage {
  readonly isDrill: boolean;
  readonly grade: Grade;
  readonly title: string;
  /** 5小时发布 还剩 3小时28分; the page does not count down by itself, so it says as of when. */
  readonly timeLeft: string | undefined;
  /** 02:18 */
  readonly asOf: string;
  /** 已确认 02:18:36; absent while somebody has to. */
  readonly acknowledged: string | undefined;
  /** 确认，我来处理; absent when there is nothing to press. */
  readonly button: string | undefined;
  readonly details: AlertPageDetails | undefined;
}

export interface AlertPageDetails {
  readonly reason: string;
  /** 已等待 6分钟 */
  readonly waited: string | undefined;
  /** 02:22 通知 第二值班员 王五 */
  readonly next: string | undefined;
  readonly numbers: readonly { readonly name: string; readonly value: string }[];
  readonly original:
    | {
        readonly title: string;
        readonly text: string;
        readonly outlet: string;
        readonly at: string;
        readonly url: string;
      }
    | undefined;
  readonly eventUrl: string;
}

const SIGN_IN = html`<p class="muted"><a href="/">登录</a>后可看到原文和处置情况。</p>`;

/** The page that a message opens: works without JavaScript, and its one button says what it will do. */
export function renderAlertPage(page: AlertPage): string {
  const { grade, title, timeLeft, asOf, details } = page;
  const label = gradeLabel(grade);
  const body = html`<p class="grade ${grade}">${label}预警</p>
    <main>
      <h1>${title}</h1>
      ${timeLeft && html`<p class="left">${timeLeft}</p>`}
      <p class="muted">截至 ${asOf}</p>
      ${details ? renderDetails(details) : SIGN_IN}
    </main>
    <div class="bar">${renderAct(page)}</div>`;
  return renderShell(`${label} ${title}`, page.isDrill, body);
}

/** A page with one thing to say: a link that no longer holds, … */
export function renderMessagePage(title: string, text: string, isDrill: boolean): string {
  const body = html`<main>
    <h1>${title}</h1>
    <p>${text}</p>
    <p><a href="/">打开工作台</a></p>
  </main>`;
  return renderShell(title, isDrill, body);
}

function renderAct({ acknowledged, button }: AlertPage): Html {
  return html`${acknowledged && html`<p class="done" role="status">${acknowledged}</p>`}
  ${button && html`<form method="post"><button id="ack">${button}</button></form>`}`;
}

function renderDetails(details: AlertPageDetails): Html {
  const { reason, waited, next, numbers, original, eventUrl } = details;
  return html`<p class="muted">${[waited, next].filter(Boolean).join('，')}</p>
    <h2>为什么叫醒你</h2>
    <p>${reason}</p>
    <dl class="numbers">
      ${numbers.map(
        ({ name, value }) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${
      original &&
      html`<h2>首发原文</h2>
        <p>${original.title}</p>
        <p class="muted">${original.outlet} ${original.at}</p>
        <blockquote>${original.text}</blockquote>
        <p>
          ${
            isWebAddress(original.url)
              ? html`<a href="${original.url}" rel="noreferrer noopener">打开原页面</a>`
              : original.url
          }
        </p>`
    }
    <p><a href="${eventUrl}">打开事件页</a></p>`;
}

/** The frame of every phone page. */
export function renderShell(
  title: string,
  isDrill: boolean,
  body: Html,
  style: Html = STYLE_ELEMENT,
): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${isDrill && '演练 '}${title}</title>
        ${style} ${RETRY_SCRIPT}
      </head>
      <body>
        ${isDrill && html`<p class="drill">演练</p>`} ${body}
      </body>
    </html> `.toString();
}
