import { beijingMinute } from '#core';

/** 演练邮件: one mail as it came in. */
export interface CaughtMail {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
  readonly receivedAt: Date;
}

const REFRESH_SECONDS = 5;

export const MAIL_STYLE = `body{margin:0;font:16px/1.6 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif;color:#1c2330;background:#fff}
.drill{background:#8f4a00;color:#fff;padding:.4rem 1rem;font-weight:600}
main{max-width:60rem;margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #d5dae1;vertical-align:top}
a{color:#0b57d0}pre{white-space:pre-wrap;word-break:break-word;background:#f4f6f9;padding:1rem}
iframe{width:100%;height:32rem;border:1px solid #d5dae1}dt{color:#5a6069}dd{margin:0 0 .4rem}`;

/** Newest first; comes again by itself every few seconds. */
export function mailListPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map(
    ({ id, subject, to, receivedAt }) =>
      `<tr><td>${beijingMinute(receivedAt)}</td><td>${escapeHtml(to.join('、'))}</td><td><a href="/mails/${id}">${escapeHtml(subject || '（无主题）')}</a></td></tr>`,
  );
  const list =
    rows.length === 0
      ? '<p>还没有收到邮件。预警发出后会出现在这里，本页每 5 秒自动刷新。</p>'
      : `<table><thead><tr><th>时间</th><th>收件人</th><th>主题</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  const head = `<meta http-equiv="refresh" content="${REFRESH_SECONDS}">`;
  return page('演练邮件', `<h1>演练邮件（${mails.length}封）</h1>${list}`, head);
}

/** One mail; its HTML part stands in a frame of its own that can run nothing. */
export function mailPage({ id, from, to, subject, text, html, receivedAt }: CaughtMail): string {
  const frame =
    html === undefined
      ? ''
      : `<h2>网页部分</h2><iframe title="邮件正文" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mails/${id}/html"></iframe>`;
  return page(
    subject,
    `<p><a href="/">返回列表</a></p><h1>${escapeHtml(subject)}</h1>
<dl><dt>发件人</dt><dd>${escapeHtml(from)}</dd><dt>收件人</dt><dd>${escapeHtml(to.join('、'))}</dd><dt>时间</dt><dd>${beijingMinute(receivedAt)}</dd></dl>
${frame}<h2>文字部分</h2><pre>${withLinks(text)}</pre>`,
  );
}

/** The HTML part for its frame: links open beside the frame; what else it may do stands in the headers. */
export const framedHtml = (html: string): string =>
  `<!DOCTYPE html><meta charset="utf-8"><base target="_blank">${html}`;

export const missingMailPage = (): string =>
  page(
    '没有这封邮件',
    '<h1>没有这封邮件</h1><p>只保留最近的邮件，较早的已经清除。<a href="/">返回列表</a></p>',
  );

function page(title: string, main: string, head = ''): string {
  return `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}<title>演练 · ${escapeHtml(title)}</title><link rel="stylesheet" href="/style.css"></head>
<body><div class="drill">演练：邮件只到这里为止，没有发给任何真实的人</div><main>${main}</main></body></html>`;
}

/** Escapes first, then makes http links of what is left, so that no text can become markup. */
function withLinks(text: string): string {
  return escapeHtml(text).replaceAll(
    /https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$&()*+,;=%]+/g,
    (url) => `<a href="${url}" target="_blank" rel="noreferrer">${url}</a>`,
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
