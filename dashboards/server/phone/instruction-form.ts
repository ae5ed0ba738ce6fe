import { beijingMinute } from '#core';
import type { ReadingPage } from './reading-page.ts';
import { html, type Html } from './html.ts';

/**
 * 批示 in two or three taps: what is most often meant is chosen beforehand, and the button says what it does. Works
 * without JavaScript; what was written in a form that was refused stands there again.
 */
export function renderInstructionForm({ reading, person, kept }: ReadingPage): Html {
  const was = kept?.['act'] === 'instruct' ? kept : undefined;
  return html`<section class="instruct" id="instruct" aria-label="批示">
    <h2>批示</h2>
    <form method="post">
      <input type="hidden" name="act" value="instruct" />
      ${renderMatters(reading, was)} ${renderPhrases(reading, was)}
      <label class="line" for="text">补充，或者自己写</label>
      <textarea id="text" name="text" rows="2" maxlength="2000">${was?.['text'] ?? ''}</textarea>
      ${renderUnit(reading, was)}
      <label class="line" for="due">什么时候前报结果</label>
      <select id="due" name="due">
        ${reading.dueChoices.map(
          ({ code, name, dueAt }) =>
            html`<option value="${code}" ${was?.['due'] === code ? html`selected` : ''}>
              ${name}（${beijingMinute(dueAt).slice(5)}）
            </option>`,
        )}
      </select>
      <button id="give">下达批示</button>
      <p class="muted">
        以${person.name}的名义下达，成为处置单，通知承办单位签收；报告和事件上都有记录。
      </p>
    </form>
  </section>`;
}

type Was = Readonly<Record<string, string>> | undefined;

const checkedIf = (isChosen: boolean): Html | string => (isChosen ? html`checked` : '');

/** One matter needs no choice; of several none is chosen beforehand, so that none is meant by mistake. */
function renderMatters({ matters }: ReadingPage['reading'], was: Was): Html {
  const [only, ...others] = matters;
  if (only && others.length === 0) {
    return html`<p>事项：${only.title}</p>
      <input type="hidden" name="matter" value="${only.id}" />`;
  }
  if (!only) return html`<input type="hidden" name="matter" value="" />`;
  return html`<fieldset>
    <legend>对哪件事</legend>
    ${matters.map(
      ({ id, title, unit }) =>
        html`<label class="choice">
          <input
            type="radio"
            name="matter"
            value="${id}"
            required
            ${checkedIf(was?.['matter'] === id)}
          />
          <span>${title}${unit && html`<span class="muted">（${unit}）</span>`}</span>
        </label>`,
    )}
    <label class="choice">
      <input type="radio" name="matter" value="" required ${checkedIf(was?.['matter'] === '')} />
      <span>都不是，由综合协调交办</span>
    </label>
  </fieldset>`;
}

function renderPhrases({ phrases }: ReadingPage['reading'], was: Was): Html {
  const [first] = phrases;
  const chosen = was ? was['phrase'] : first?.code;
  return html`<fieldset>
    <legend>怎么办</legend>
    ${phrases.map(
      ({ code, text }) =>
        html`<label class="choice">
          <input type="radio" name="phrase" value="${code}" ${checkedIf(code === chosen)} />
          <span>${text}</span>
        </label>`,
    )}
    <label class="choice">
      <input type="radio" name="phrase" value="" ${checkedIf(chosen === '')} />
      <span>只用下面自己写的话</span>
    </label>
  </fieldset>`;
}

function renderUnit({ matters, units }: ReadingPage['reading'], was: Was): Html {
  const only = matters.length === 1 ? matters[0] : undefined;
  const preset =
    matters.length > 1 ? '由事项后面写的单位办理' : only?.unit ? only.unit : '由综合协调确定单位';
  return html`<label class="line" for="unit">交给谁</label>
    <select id="unit" name="unit">
      <option value="">${preset}</option>
      ${units
        .filter((unit) => unit !== only?.unit)
        .map(
          (unit) =>
            html`<option value="${unit}" ${was?.['unit'] === unit ? html`selected` : ''}>
              ${unit}
            </option>`,
        )}
    </select>`;
}
