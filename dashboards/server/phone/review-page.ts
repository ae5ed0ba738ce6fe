import { beijingMinute, durationInWords, gradeLabel, type Grade, type Person } from '#core';
import {
  changeSinceReview,
  DISCLOSURE_NAMES,
  RELEASE_KIND_NAMES,
  RELEASE_STATE_NAMES,
  REVIEW_STEP_NAMES,
  TEXT_HIT_NAMES,
  type ChangeSinceReview,
  type Release,
  type ReleaseReview,
} from '#respond';
import type { PhoneSaying } from '../routes/phone-page.ts';
import { renderShell } from './alert-page.ts';
import { html, type Html } from './html.ts';
import { renderReviewActs, renderReviewForms } from './review-forms.ts';
import { REVIEW_STYLE_ELEMENT } from './review-style.ts';

export interface ReviewedRelease {
  readonly release: Release;
  /** In the eyes of the person whose link it is. */
  readonly review: ReleaseReview;
  /** Absent where the event is gone. */
  readonly grade: Grade | undefined;
  readonly eventTitle: string | undefined;
}

export interface ReviewPage
  extends ReviewedRelease, Pick<PhoneSaying, 'message' | 'kept' | 'isSignedIn'> {
  /** Whose link it is. */
  readonly person: Person;
  readonly at: Date;
}

/** A text that waits, on the phone: what it says, what changed, what the check found; then 同意 or 退回. */
export function renderReviewPage(page: ReviewPage): string {
  const { release, grade, eventTitle } = page;
  const { kind, title, text, releasingUnit, drafter, editors = [], history } = release;
  const others = editors.map(({ name }) => name);
  const sent = history.findLast(({ what }) => what === '送审');
  const body = html`${grade && html`<p class="grade ${grade}">${gradeLabel(grade)}</p>`}
    <main>
      <p class="muted">${RELEASE_KIND_NAMES[kind]}稿 · ${RELEASE_STATE_NAMES[release.state]}</p>
      <h1>${title}</h1>
      ${renderWaits(page)}
      <p>
        ${drafter.name}拟稿${others.length > 0 && `，${others.join('、')}改过`}，以${releasingUnit}的名义发布${sent && `；${beijingMinute(sent.at).slice(5)} 送审`}
      </p>
      ${eventTitle !== undefined && html`<p class="muted">事件：${eventTitle}</p>`}
      ${renderChanges(release)}
      <h2>正文</h2>
      <blockquote>${text}</blockquote>
      ${renderChecklist(release)} ${renderHits(page)} ${renderSteps(page)}
      ${renderReviewForms(page)}
      <p class="muted">
        <a href="/events/${release.eventId}?tab=response">登录</a>后看事件全貌、修改稿件。
      </p>
    </main>
    ${renderReviewActs(page)}`;
  return renderShell(`审查：${title}`, release.isDrill, body, REVIEW_STYLE_ELEMENT);
}

/** Until when this person is waited for. */
function renderWaits({ review, at }: ReviewPage): readonly Html[] {
  return review.steps.flatMap(({ step, wait, maySign }) => {
    if (!wait || !maySign) return [];
    const left = wait.dueAt.getTime() - at.getTime();
    const limit = beijingMinute(wait.dueAt).slice(5);
    const words =
      left > 0
        ? `${limit} 前${REVIEW_STEP_NAMES[step]}，还剩${durationInWords(left)}`
        : `${REVIEW_STEP_NAMES[step]}的时限 ${limit} 已过${durationInWords(-left)}`;
    return [html`<p class="left">${words}</p>`];
  });
}

/** Word and line, not colour alone, say what is new and what is gone. */
function renderChanges(release: Release): Html | undefined {
  const change = changeSinceReview(release);
  if (!change) return undefined;
  const { reviewers, replacedAt, parts } = change;
  const who = reviewers.length > 0 ? `${reviewers.join('、')}看过的那一版` : '上次审查的那一版';
  return html`<h2>与${who}相比</h2>
    <p class="muted">
      ${beijingMinute(replacedAt).slice(5)}
      改稿。<ins>下划线</ins>是增加的，<del>删除线</del>是去掉的
    </p>
    <div class="changes">${parts.map(renderPart)}</div>`;
}

/** As much around a change as shows where it stands; the whole text follows below. */
const AROUND = 60;

function shortened(text: string): string {
  const signs = Array.from(text);
  const left = signs.length - 2 * AROUND;
  if (left <= AROUND) return text;
  const [start, end] = [signs.slice(0, AROUND).join(''), signs.slice(-AROUND).join('')];
  return `${start}……（${left} 字没有改）……${end}`;
}

function renderPart({ kind, text }: ChangeSinceReview['parts'][number]): Html {
  if (kind === 'same') return html`${shortened(text)}`;
  return kind === 'added' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`;
}

function renderChecklist({ checklist, disclosureType }: Release): Html {
  const { facts, measures, result, nextUpdateAt } = checklist;
  const rows = [
    ['已知事实', facts],
    ['措施', measures],
    ['结果', result],
    ['下次更新', nextUpdateAt ? beijingMinute(nextUpdateAt) : ''],
    ['公开属性', DISCLOSURE_NAMES[disclosureType]],
  ] as const;
  return html`<ul>
    ${rows.map(([name, value]) => html`<li>${name}：${value || '未写'}</li>`)}
  </ul>`;
}

function renderHits({ review }: ReviewPage): Html {
  if (review.hits.length === 0) return html`<p class="muted">文字检查没有发现问题。</p>`;
  return html`<h2>文字检查</h2>
    ${review.hits.map(({ kind, words, says, mustAnswer, answer }) => {
      const isOpen = mustAnswer && !answer;
      return html`<p class="hit${isOpen ? ' open' : ''}">
        ${TEXT_HIT_NAMES[kind]}“${words}”：${says}${isOpen && '。还没有写明处理意见'}
        ${answer && html`<br />${answer.actor.name}：${answer.reason}`}
      </p>`;
    })}`;
}

function renderSteps({ review }: ReviewPage): Html {
  return html`<h2>审查</h2>
    <ul class="steps">
      ${review.steps.map(({ step, signature, wait }) => {
        const name = REVIEW_STEP_NAMES[step];
        if (!signature) return html`<li>${name}：${wait ? '待签' : '还没有轮到'}</li>`;
        const { actor, verdict, at, comment, inPlaceOf } = signature;
        return html`<li>
          ${name}：${actor.name}${inPlaceOf && '（代签）'} ${verdict === 'agreed' ? '同意' : '退回'}
          ${beijingMinute(at).slice(5)}${comment && `，${comment}`}
        </li>`;
      })}
    </ul>`;
}
