import { RELEASE_STATE_NAMES, REVIEW_STEP_NAMES, type ReleaseReview } from '#respond';
import { html, type Html } from './html.ts';
import type { ReviewPage } from './review-page.ts';

type Step = ReleaseReview['steps'][number];

const mine = ({ review }: ReviewPage): readonly Step[] =>
  review.steps.filter(({ maySign }) => maySign);

const hasOpenHits = ({ review }: ReviewPage): boolean =>
  review.hits.some(({ mustAnswer, answer }) => mustAnswer && !answer);

/** What binds a verdict to the step and to the text that was read. */
const bound = ({ release }: ReviewPage, { step }: Step, verdict: string): Html =>
  html`<input type="hidden" name="verdict" value="${verdict}" />
    <input type="hidden" name="step" value="${step}" />
    <input type="hidden" name="contentDigest" value="${release.contentDigest}" />`;

/** Kept at the foot of the screen: the verdict on the step that comes first. */
export function renderReviewActs(page: ReviewPage): Html {
  const { message } = page;
  const [step] = mine(page);
  const says = message !== undefined && html`<p class="done" role="status">${message}</p>`;
  if (!step) {
    return html`<div class="bar">
      ${says}
      <p class="muted">${whyNothing(page)}</p>
    </div>`;
  }
  return html`<div class="bar">
    ${says}
    <div class="acts">
      ${renderAgree(page, step)}
      <a class="toback" id="to-reject" href="#reject">退回</a>
    </div>
  </div>`;
}

const NOT_SET = '同意须输入动态口令，您还没有设置：请在电脑上登录，点右上角“动态口令”设置';
const HITS_OPEN = '文字检查发现的还没有写明处理意见，登录写明后才能同意';

function renderAgree(page: ReviewPage, step: Step): Html {
  const { needsSecondFactor, isStandIn } = step;
  if (hasOpenHits(page)) return html`<p class="why">${HITS_OPEN}</p>`;
  if (needsSecondFactor && !page.person.secondFactor) return html`<p class="why">${NOT_SET}</p>`;
  return html`<form method="post">
    ${bound(page, step, 'agreed')} ${needsSecondFactor && CODE_FIELD}
    <button id="agree">同意：${REVIEW_STEP_NAMES[step.step]}${isStandIn && '（代签）'}</button>
  </form>`;
}

const CODE_FIELD = html`<label for="code">验证器上的 6 位动态口令</label>
  <input
    id="code"
    class="code"
    name="code"
    inputmode="numeric"
    autocomplete="one-time-code"
    pattern="[0-9 ]{6,7}"
    maxlength="7"
    required
  />`;

/** Why this person has nothing to sign. */
function whyNothing({ release, review, person }: ReviewPage): string {
  const signed = review.steps.find(({ signature }) => signature?.actor.personId === person.id);
  if (signed?.signature) {
    const verdict = signed.signature.verdict === 'agreed' ? '同意' : '退回';
    return `您已${verdict}（${REVIEW_STEP_NAMES[signed.step]}）`;
  }
  const isOwn = [release.drafter, ...(release.editors ?? [])].some(
    ({ personId }) => personId === person.id,
  );
  if (isOwn) return '您拟过或改过这份稿件，不能审查';
  return `稿件${RELEASE_STATE_NAMES[release.state]}，没有等您签署的步骤`;
}

/** Under the text: sending it back, and the other steps where one person has several. */
export function renderReviewForms(page: ReviewPage): Html | undefined {
  const [first, ...others] = mine(page);
  if (!first) return undefined;
  return html`${others.map((step) => renderOther(page, step))} ${renderReject(page, first)}`;
}

function renderOther(page: ReviewPage, step: Step): Html {
  if (hasOpenHits(page) || step.needsSecondFactor) {
    return html`<p class="muted">
      您还须${REVIEW_STEP_NAMES[step.step]}：签完前一步后在这里出现。
    </p>`;
  }
  return html`<form method="post">
    ${bound(page, step, 'agreed')}
    <button class="second">同意：${REVIEW_STEP_NAMES[step.step]}</button>
  </form>`;
}

function renderReject(page: ReviewPage, step: Step): Html {
  const was = page.kept?.['verdict'] === 'rejected' ? page.kept['comment'] : '';
  return html`<section class="back" id="reject" aria-label="退回修改">
    <h2>退回修改</h2>
    <form method="post">
      ${bound(page, step, 'rejected')}
      <label for="comment">意见：哪里要改、改成什么（必填）</label>
      <textarea id="comment" name="comment" rows="3" maxlength="1000" required>${was}</textarea>
      <button id="send-back" class="second">退回修改</button>
    </form>
  </section>`;
}
