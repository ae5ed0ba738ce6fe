import { beijingMinute } from '#core';
import {
  SUPERVISION_LEVEL_NAMES,
  SUPERVISION_STATE_NAMES,
  type SupervisionOrder,
  type SupervisionStep,
} from '#respond';
import { renderShell } from './alert-page.ts';
import { html, type Html } from './html.ts';

export interface SupervisionPage {
  readonly supervision: SupervisionOrder;
  /** Steps open to the person whose link it is. */
  readonly may: readonly SupervisionStep[];
  readonly message?: string | undefined;
  readonly kept?: Readonly<Record<string, string>> | undefined;
}

/** 督办单 on the phone: why, since when, then cause and measures; works without JavaScript. */
export function renderSupervisionPage(page: SupervisionPage): string {
  const { supervision, message } = page;
  const { title, reason, unit, level, state, opened, urges, reply, isDrill } = supervision;
  const body = html`<p class="grade">${SUPERVISION_LEVEL_NAMES[level]}</p>
    <main>
      <h1>${title}</h1>
      <p class="left">${SUPERVISION_STATE_NAMES[state]}</p>
      <ul>
        <li>事由：${reason}</li>
        ${unit !== '' && html`<li>被督办单位：${unit}</li>`}
        <li>${opened.by.name} ${beijingMinute(opened.at).slice(5)} 开</li>
        ${urges.map(
          (one) =>
            html`<li>
              ${beijingMinute(one.at).slice(5)} ${SUPERVISION_LEVEL_NAMES[one.level]}：${one.text}
            </li>`,
        )}
      </ul>
      ${
        reply &&
        html`<h2>答复</h2>
          <blockquote>原因：${reply.cause} 措施：${reply.measures}</blockquote>`
      }
      ${renderReply(page)}
      <p class="muted"><a href="/supervision">登录</a>后看全部督办。</p>
    </main>
    <div class="bar">
      ${message !== undefined && html`<p class="done" role="status">${message}</p>`}
      ${
        page.may.includes('reply')
          ? html`<button id="reply" form="answer">答复</button>`
          : html`<p class="done">${SUPERVISION_STATE_NAMES[state]}</p>`
      }
    </div>`;
  return renderShell(`督办：${title}`, isDrill, body);
}

function renderReply({ may, kept = {} }: SupervisionPage): Html | undefined {
  if (!may.includes('reply')) return undefined;
  return html`<form method="post" id="answer">
    <input type="hidden" name="step" value="reply" />
    <label for="cause">原因（必填）</label>
    <textarea id="cause" name="cause" rows="3" maxlength="2000" required>${kept['cause']}</textarea>
    <label for="measures">措施（必填）</label>
    <textarea id="measures" name="measures" rows="3" maxlength="2000" required>
${kept['measures']}</textarea>
  </form>`;
}
