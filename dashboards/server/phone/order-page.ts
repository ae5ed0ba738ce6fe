import { beijingMinute, durationInWords, gradeLabel, type Person } from '#core';
import { ORDER_STATE_NAMES, ORDER_TRACK_NAMES, type HandlingOrder, type OrderStep } from '#respond';
import { renderShell } from './alert-page.ts';
import { html, type Html } from './html.ts';

export interface OrderPage {
  readonly order: HandlingOrder;
  /** Whose link it is. */
  readonly person: Person;
  /** Steps open to that person. */
  readonly may: readonly OrderStep[];
  readonly at: Date;
  /** What this very request did, or why it did not. */
  readonly message?: string | undefined;
  /** What was written in a form that was refused; nothing typed is lost. */
  readonly kept?: Readonly<Record<string, string>> | undefined;
}

/** 处置单 on the phone: what is asked, until when, then sign or return; works without JavaScript. */
export function renderOrderPage(page: OrderPage): string {
  const { order, at, message } = page;
  const { grade, track, eventTitle, task, leadUnit, assistUnits, issued, dueAt } = order;
  const body = html`<p class="grade ${grade}">${gradeLabel(grade)}</p>
    <main>
      <h1>${ORDER_TRACK_NAMES[track]}处置单：${eventTitle}</h1>
      <p class="left">${stateInWords(order, at)}</p>
      <h2>任务</h2>
      <blockquote>${task}</blockquote>
      <ul>
        <li>牵头：${leadUnit}</li>
        ${assistUnits.length > 0 && html`<li>配合：${assistUnits.join('、')}</li>`}
        ${order.instructed && html`<li>据${order.instructed.leader.name}在《${order.instructed.reportName}》上的批示</li>`}
        ${order.publishingUnit && html`<li>授权${order.publishingUnit}发布</li>`}
        <li>${dueAt ? `${beijingMinute(dueAt)} 前办结` : '办结时间按时限规则'}</li>
        <li>${issued.by.name} ${beijingMinute(issued.at).slice(5)} 交办</li>
      </ul>
      ${order.returns.map(
        ({ unit, reason, suggestedUnit }) =>
          html`<p class="muted">${unit}退回：${reason}（建议${suggestedUnit}）</p>`,
      )}
      ${
        order.progress.length > 0 &&
        html`<h2>进展</h2>
          <ul>
            ${order.progress.map(
              (one) => html`<li>${beijingMinute(one.at).slice(5)} ${one.unit}：${one.text}</li>`,
            )}
          </ul>`
      }
      ${renderReturn(page)} ${renderProgress(page)}
      <p class="muted"><a href="/events/${order.eventId}?tab=response">登录</a>后看事件全貌。</p>
    </main>
    <div class="bar">
      ${message !== undefined && html`<p class="done" role="status">${message}</p>`}
      ${renderAccept(page)}
    </div>`;
  return renderShell(`处置单：${eventTitle}`, order.isDrill, body);
}

function stateInWords(
  { state, acceptDueAt, accepted, signedLate }: HandlingOrder,
  at: Date,
): string {
  if (state === 'issued') {
    const left = acceptDueAt.getTime() - at.getTime();
    const limit = beijingMinute(acceptDueAt).slice(5);
    return left > 0
      ? `${limit} 前签收，还剩${durationInWords(left)}`
      : `签收时限 ${limit} 已过${durationInWords(left)}`;
  }
  const name = ORDER_STATE_NAMES[state];
  if (!accepted) return name;
  if (accepted.by.personId !== 'machine') return `${name}，${accepted.by.name}签收`;
  return signedLate ? `${name}，${signedLate.by.name}逾期后签收` : `${name}（逾期，按已签收办理）`;
}

function renderAccept({ may, order }: OrderPage): Html {
  if (!may.includes('accept')) {
    return html`<p class="done">${ORDER_STATE_NAMES[order.state]}</p>`;
  }
  return html`<form method="post">
    <input type="hidden" name="step" value="accept" />
    <button id="accept">签收，我单位办理</button>
  </form>`;
}

function renderReturn({ may, kept = {} }: OrderPage): Html | undefined {
  if (!may.includes('return')) return undefined;
  const isRefused = kept['step'] === 'return';
  return html`<details${isRefused ? html` open` : ''}>
    <summary>不属本单位，退回</summary>
    <form method="post">
      <input type="hidden" name="step" value="return" />
      <label for="reason">原因（必填）</label>
      <textarea id="reason" name="reason" rows="3" maxlength="2000" required>
${isRefused ? kept['reason'] : ''}</textarea>
      <label for="suggestedUnit">建议的承办单位（必填）</label>
      <input
        id="suggestedUnit"
        name="suggestedUnit"
        maxlength="100"
        required
        value="${isRefused ? kept['suggestedUnit'] : ''}"
      />
      <button id="return" class="second">退回</button>
    </form>
  </details>`;
}

function renderProgress({ may, kept = {} }: OrderPage): Html | undefined {
  if (!may.includes('progress')) return undefined;
  return html`<form method="post">
    <input type="hidden" name="step" value="progress" />
    <label for="text">报进展（时间、地点、原因、伤亡、已采取的措施，知道多少写多少）</label>
    <textarea id="text" name="text" rows="3" maxlength="2000" required>
${kept['step'] === 'progress' ? kept['text'] : ''}</textarea>
    <button id="progress" class="second">登记进展</button>
  </form>`;
}
