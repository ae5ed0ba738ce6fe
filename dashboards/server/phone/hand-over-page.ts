import { beijingMinute, type Person } from '#core';
import { handOverDigest, isOneOf, maySign, type HandOver, type HandOverItem } from '#alert';
import { renderShell } from './alert-page.ts';
import { html, type Html } from './html.ts';

const HEADINGS: Readonly<Record<HandOverItem['kind'], string>> = {
  countdown: '在办时限',
  alert: '未了预警',
  grade: '待确认定级',
  source: '读不到的信息源',
  quarantine: '隔离区',
  act: '本班经过',
};
const OPEN_KINDS = ['countdown', 'alert', 'grade', 'source', 'quarantine'] as const;

export interface HandOverPage {
  readonly handOver: HandOver;
  /** Whose link it is. */
  readonly person: Person;
  readonly at: Date;
  /** Who is signed in also sees what was done in the shift. */
  readonly isSignedIn: boolean;
  /** What this very request did, or why it did not. */
  readonly message?: string | undefined;
}

/** 交接班: read, then one button; works without JavaScript and prints on one sheet. */
export function renderHandOverPage(page: HandOverPage): string {
  const { handOver, at, isSignedIn, message } = page;
  const { outgoing, incoming, changeAt, sinceAt, items, note } = handOver;
  const open = items.filter(({ kind }) => kind !== 'act').length;
  const title = `交接班 ${beijingMinute(changeAt)}`;
  const body = html`<p class="grade">交接班</p>
    <main>
      <h1>${beijingMinute(changeAt)} ${namesOf(outgoing)} → ${namesOf(incoming)}</h1>
      <p class="left">${open === 0 ? '没有未了事项' : `未了事项 ${open} 件`}</p>
      <p class="muted">
        本班自 ${beijingMinute(sinceAt).slice(5)} 起；内容取自
        ${beijingMinute(handOver.draftedAt).slice(5)}；看于 ${beijingMinute(at).slice(11)}
      </p>
      ${
        note !== '' &&
        html`<h2>交班人的话</h2>
          <blockquote>${note}</blockquote>`
      }
      ${OPEN_KINDS.map((kind) => renderKind(kind, items))}
      ${isSignedIn ? renderKind('act', items) : SIGN_IN} ${renderNote(page)}
    </main>
    <div class="bar">
      ${message !== undefined && html`<p class="done" role="status">${message}</p>`}
      ${renderAct(page)}
    </div>`;
  return renderShell(title, handOver.isDrill, body);
}

const SIGN_IN = html`<p class="muted"><a href="/">登录</a>后可看到本班经过。</p>`;

function renderKind(kind: HandOverItem['kind'], items: readonly HandOverItem[]): Html {
  const found = items.filter((item) => item.kind === kind);
  if (found.length === 0) return html``;
  return html`<h2>${HEADINGS[kind]}</h2>
    <ul>
      ${found.map(({ text }) => html`<li>${text}</li>`)}
    </ul>`;
}

/** Where the outgoing officer adds a word; above the bar, which must not grow over what is read. */
function renderNote({ handOver, person }: HandOverPage): Html | undefined {
  const writes = isOneOf(handOver.outgoing, person) && !isOneOf(handOver.incoming, person);
  if (handOver.signed || !writes) return undefined;
  return html`<label for="note">补一句话（可不填）</label>
    <textarea id="note" name="note" form="hand-over" rows="3" maxlength="1000">
${handOver.note}</textarea>`;
}

/** What this person may do now; one thing at most. */
function renderAct({ handOver, person, at }: HandOverPage): Html {
  const { signed, submitted } = handOver;
  if (signed) {
    return html`<p class="done">
      已由${signed.by.name} ${beijingMinute(signed.at).slice(5)} 签收
    </p>`;
  }
  if (isOneOf(handOver.incoming, person)) {
    if (!maySign(handOver, at)) {
      const when = beijingMinute(handOver.changeAt).slice(11);
      return html`<p class="done">等待${namesOf(handOver.outgoing)}交班，${when} 起可直接签收</p>`;
    }
    return html`<form method="post">
      <input type="hidden" name="act" value="sign" />
      <input type="hidden" name="read" value="${handOverDigest(handOver)}" />
      <button id="sign">已看过，签收接班</button>
    </form>`;
  }
  if (isOneOf(handOver.outgoing, person)) {
    return html`<form id="hand-over" method="post">
      <input type="hidden" name="act" value="submit" />
      <button id="submit">${submitted ? '更新交班' : '交班'}</button>
    </form>`;
  }
  return html`<p class="muted">
    ${submitted ? '已交班，' : ''}等待${namesOf(handOver.incoming)}签收
  </p>`;
}

const namesOf = (actors: HandOver['incoming']): string =>
  actors.map(({ name }) => name).join('、') || '无人';
