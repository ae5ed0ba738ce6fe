import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, beijingDay } from '#core';
import { buildMorning } from '../../dashboards/briefings/build-morning.ts';
import { dueChoicesAt } from '#briefings';
import { renderReadingPage } from '../../dashboards/server/phone/reading-page.ts';
import { aDailyReport } from '../dashboards/server/report-support.ts';
import { reportPack } from '../support/packs.ts';
import { aPerson } from '../support/people.ts';
import { aFile, CLOSING, imprint, someRecords } from '../support/reports.ts';
import { noBrowser } from '../support/browser.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';

/** By then the accident stands at 重大, and its first 快报 is drafted. */
const MINUTE = 178;
const PHONE = { width: 390, height: 844 };

/** The page of a report as a leader has it who has not read it yet. */
function sentReport(model: ReturnType<typeof buildMorning>): string {
  const person = aPerson('纪文澜', ['deputyLeader']);
  const reader = {
    personId: person.id,
    name: person.name,
    link: { number: 1, expiresAt: CLOSING },
  };
  return renderReadingPage({
    reading: {
      report: aDailyReport({ kind: 'morning', readers: [reader] }, model),
      reader,
      drawn: new Map(),
      beside: [],
      mayInstruct: true,
      matters: ['停水超过24小时', '工地坍塌3人被困', '学校食堂多人不适'].map((title, index) => ({
        id: `event-${index + 1}`,
        title,
        unit: '市水务局',
      })),
      units: ['市水务局'],
      phrases: reportPack.reading.phrases,
      dueChoices: dueChoicesAt(reportPack.reading, CLOSING),
    },
    person,
    at: CLOSING,
    query: {},
  });
}

describe.skipIf(noBrowser)(
  `a leader reads and instructs, in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let on: DrillPage;
    beforeAll(async () => {
      on = await openDrillPage();
    }, 120_000);
    afterAll(async () => await on?.close());

    const openPhone = async (url: string, javaScriptEnabled = true): Promise<Page> => {
      const context = await on.browser.newContext({ viewport: PHONE, javaScriptEnabled });
      const phone = await context.newPage();
      await phone.goto(url);
      return phone;
    };
    /** Of the newest mail with such a subject to this person. */
    const linkTo = (who: string, subject: RegExp): string => {
      const mails = on.drill.mail.mails();
      const mail = mails.findLast(
        (one) => subject.test(one.subject) && one.text.includes(`${who}本人的链接`),
      );
      return /http:\/\/\S+\/r\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    };
    const row = (name: RegExp) =>
      on.page.getByTestId('report-table').locator('tbody tr', { hasText: name }).first();
    let playing = '';
    /** Choosing who is playing already asks the server nothing. */
    const goOnAs = async (who: string): Promise<void> => {
      if (who !== playing) await on.play(who);
      playing = who;
      await on.page.goto(`${on.drill.url}/reports`);
    };
    /** Each step by one of those who may take it, in order. */
    const pass = async (name: RegExp, steps: readonly (readonly [string, string])[]) => {
      for (const [who, step] of steps) {
        await goOnAs(who);
        await row(name).getByRole('button', { name: step, exact: true }).click();
        await expect
          .poll(
            async () => await row(name).getByRole('button', { name: step, exact: true }).count(),
          )
          .toBe(0);
      }
    };
    const bottomOf = async (phone: Page, selector: string): Promise<number> => {
      const box = await phone.locator(selector).first().boundingBox();
      return box ? box.y + box.height : Number.POSITIVE_INFINITY;
    };

    test('a 快报 on the phone: the judgement in the first screen, 批示 in three taps, and the unit has it', async () => {
      const { page, drill, runTo, picture } = on;
      await runTo(MINUTE);
      drill.clock.setSpeed(30);
      await goOnAs('陆柏舟');
      await expect
        .poll(async () => await row(/坍塌/).count(), { timeout: 60_000 })
        .toBeGreaterThan(0);
      drill.clock.setSpeed(1);
      await pass(/坍塌/, [
        ['陆柏舟', '审核'],
        ['顾明远', '签发'],
        ['纪文澜', '签发'],
        ['陆柏舟', '报送'],
      ]);
      await expect.poll(() => linkTo('纪文澜', /坍塌/), { timeout: 20_000 }).not.toBe('');
      const phone = await openPhone(linkTo('纪文澜', /坍塌/));
      await picture('reading-flash', phone);
      const barTop = (await phone.locator('.bar').boundingBox())?.y ?? 0;
      expect(await bottomOf(phone, '.glance')).toBeLessThan(barTop);
      expect(await phone.locator('.glance').textContent()).toMatch(/重大[\s\S]*到期/);

      // One answer, and small: a leader opens it on the way.
      expect(Buffer.byteLength(await phone.content())).toBeLessThan(30_000);
      await phone.emulateMedia({ media: 'print' });
      for (const hidden of ['.bar', '.instruct', '.tools a']) {
        expect(await phone.locator(hidden).first().isVisible()).toBe(false);
      }
      await picture('reading-print', phone);
      await phone.emulateMedia({ media: 'screen' });

      // Three taps; the matter and the unit are those of the report.
      await phone.locator('#to-instruct').click();
      await phone.locator('label.choice').nth(1).click();
      await phone.locator('#give').click();
      await phone.getByText('批示已下达').waitFor();
      expect(await phone.locator('body').textContent()).toContain('已交市住房和城乡建设局办理');
      await picture('reading-instructed', phone);
      await phone.context().close();

      await goOnAs('丁维安');
      await page.goto(`${drill.url}/orders`);
      await page.getByText('纪文澜批示：请牵头处置').waitFor({ timeout: 10_000 });
      await picture('reading-order');
      await page.getByRole('link', { name: /坍塌/ }).first().click();
      await page.getByText('据纪文澜在《舆情快报').waitFor();
      await picture('reading-event');
    }, 240_000);

    test('works without scripts: larger text, contents, 已阅 in one tap', async () => {
      const phone = await openPhone(linkTo('方景亭', /坍塌/), false);
      await phone.getByRole('link', { name: '特大字' }).click();
      await phone.getByText('目录').first().click();
      await phone.locator('.contents a').last().click();
      await phone.locator('#receive').click();
      await phone.getByText('已记录：已阅').waitFor();
      expect(await phone.locator('body').getAttribute('class')).toBe('huge');
      await phone.context().close();
      // What looks for faults needs scripts.
      const huge = await openPhone(`${linkTo('方景亭', /坍塌/)}?text=huge`);
      await on.picture('reading-huge', huge);
      await huge.context().close();
    }, 60_000);

    test('a 早报 on the phone: what matters and what is to be decided stand in the first screen', async () => {
      const { page, drill, picture } = on;
      await goOnAs('陆柏舟');
      await page.locator('input[type=date]').fill(beijingDay(drill.clock.now()));
      await page.getByTestId('make-morning').click();
      await row(/舆情早报/).waitFor({ timeout: 30_000 });
      await pass(/舆情早报/, [
        ['陆柏舟', '审核'],
        ['顾明远', '签发'],
        ['陆柏舟', '报送'],
      ]);
      await expect.poll(() => linkTo('方景亭', /早报/), { timeout: 20_000 }).not.toBe('');
      const phone = await openPhone(linkTo('方景亭', /早报/));
      await picture('reading-morning', phone);
      const barTop = (await phone.locator('.bar').boundingBox())?.y ?? 0;
      expect(await bottomOf(phone, '#section-1')).toBeLessThan(barTop);

      // A quiet night tells of nothing: what the leader writes is routed by the office.
      await phone.locator('#to-instruct').click();
      await phone.locator('#text').fill('供水的事请抓紧。');
      await phone.locator('#give').click();
      await phone.getByText('待综合协调交办').waitFor();
      await phone.context().close();
      await goOnAs('陆柏舟');
      await row(/舆情早报/)
        .getByRole('button', { name: '阅读与批示' })
        .click();
      await page.getByTestId('instruction-route').click();
      const matters = page.getByTestId('route-matter');
      const water = await matters.locator('option', { hasText: '停水' }).first().textContent();
      await matters.selectOption({ label: water?.trim() ?? '' });
      await page.getByTestId('route-unit').selectOption('市水务局（供水）');
      await picture('instruction-route');
      await page.getByTestId('route-save').click();
      await page.getByText('陆柏舟代为交办').waitFor();
      await goOnAs('骆书桥');
      await page.goto(`${drill.url}/orders`);
      await page.getByText('据方景亭在《舆情早报').waitFor({ timeout: 10_000 });
    }, 120_000);

    test('a night with much in it: the points and three matters to decide stand in the first screen', async () => {
      const files = ['停水超过24小时', '工地坍塌3人被困', '学校食堂多人不适'].map((title, index) =>
        aFile(`event-${index + 1}`, title, { grade: index === 1 ? 'L1' : 'L2' }),
      );
      const report = sentReport(buildMorning(someRecords({ files }), imprint));
      const context = await on.browser.newContext({ viewport: PHONE });
      const phone = await context.newPage();
      await phone.setContent(report);
      await on.picture('reading-full-morning', phone);
      const barTop = (await phone.locator('.bar').boundingBox())?.y ?? 0;
      const decisions = phone.locator(
        'p:has(b:text("需领导决策事项")), p:has(b:text("需领导决策事项")) ~ p',
      );
      for (const at of [0, 1, 2]) {
        const box = await decisions.nth(at).boundingBox();
        expect((box?.y ?? PHONE.height) + (box?.height ?? 0)).toBeLessThan(barTop);
      }
      await context.close();
    }, 60_000);

    test('the reports page shows who has read it; a link is taken back; an instruction comes in from paper', async () => {
      const { page, drill, picture } = on;
      await goOnAs('顾明远');
      expect(await row(/坍塌/).textContent()).toMatch(/已批示[\s\S]*已阅 2\/2 · 批示 1/);
      await row(/坍塌/).getByRole('button', { name: '阅读与批示' }).click();
      await page.getByTestId('reader-revoke').first().click();
      await page.getByTestId('revoke-reason').fill('手机丢失');
      await page.getByTestId('revoke-save').click();
      await page.getByText('链接已收回：手机丢失').waitFor();
      await page.getByTestId('instruction-write').click();
      await page.getByTestId('instruction-leader').selectOption({ label: '方景亭' });
      await page
        .getByTestId('instruction-due')
        .fill(`${addDays(beijingDay(drill.clock.now()), 1)}T12:00`);
      await page.getByTestId('instruction-text').fill('请住建局连夜查明原因，明早报我。');
      await picture('instruction-form');
      const shot = await page.screenshot({ type: 'jpeg', quality: 40 });
      await page.getByTestId('instruction-picture').setInputFiles({
        name: '批示.jpg',
        mimeType: 'image/jpeg',
        buffer: shot,
      });
      await page.getByTestId('instruction-save').click();
      await page.getByText('顾明远代为登记').waitFor();
      await picture('reports-feedback');
      const photo = await page.getByRole('link', { name: '原件照片' }).getAttribute('href');
      const answer = await page.request.get(`${drill.url}${photo}`);
      expect(answer.headers()['content-type']).toBe('image/jpeg');
      expect(await answer.body()).toEqual(shot);
    }, 120_000);
  },
);
