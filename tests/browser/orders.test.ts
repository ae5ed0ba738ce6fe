import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser } from '../support/browser.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';

/** By then the accident stands at 重大. */
const MINUTE = 178;

describe.skipIf(noBrowser)(
  `handling orders in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let on: DrillPage;

    beforeAll(async () => {
      on = await openDrillPage();
    }, 120_000);
    afterAll(async () => await on?.close());

    const openPhone = async (url: string): Promise<Page> => {
      const context = await on.browser.newContext({ viewport: { width: 390, height: 844 } });
      const phone = await context.newPage();
      await phone.goto(url);
      return phone;
    };
    const linkTo = (name: string): string | undefined => {
      const mails = on.drill.mail.mails();
      const mail = mails.find(
        ({ subject, text }) => /处置单待签收/.test(subject) && text.includes(name),
      );
      return /http:\/\/\S+\/o\/\S+/.exec(mail?.text ?? '')?.[0];
    };

    test('one command at 重大 sends both orders and the authority to publish', async () => {
      const { page, drill, runTo, play, picture } = on;
      await runTo(MINUTE);
      await play('陆柏舟');
      drill.clock.setSpeed(30);
      const row = page.getByTestId('desk-events').locator('tr', { hasText: '坍塌' }).first();
      await expect.poll(async () => await row.textContent(), { timeout: 60_000 }).toMatch(/重大/);
      drill.clock.setSpeed(1);
      await row.getByRole('link', { name: /坍塌/ }).first().click();
      await page.getByTestId('event-tab-response').click();
      await page.getByTestId('order-write').click();
      expect(await page.getByTestId('order-fact-lead').inputValue()).toBe('市住房和城乡建设局');
      await page.getByTestId('order-fact-task').fill('查明坍塌原因、伤亡和被困人数，组织搜救');
      await page.getByTestId('order-response-task').fill('五小时内发布权威信息，准备发布会');
      await picture('order-form');
      await page.getByTestId('order-issue').click();
      await page.getByText('须一并下达').waitFor();
      await page.getByTestId('order-publishing').fill('市政府新闻办公室');
      await page.getByTestId('order-issue').click();
      await page.getByText('授权市政府新闻办公室发布').waitFor();
      await picture('orders-issued');
    }, 180_000);

    test('the unit signs on the phone in one tap, and reports', async () => {
      await expect.poll(() => linkTo('丁维安'), { timeout: 20_000 }).toBeDefined();
      const phone = await openPhone(linkTo('丁维安') ?? '');
      await on.picture('order-phone', phone);
      await phone.locator('#accept').click();
      await phone.locator('#text').fill('搜救已展开，已救出两人');
      await on.picture('order-phone-signed', phone);
      await phone.locator('#progress').click();
      await phone.getByText('已登记进展').waitFor();
      await phone.context().close();
      await on.page.getByText('搜救已展开，已救出两人').waitFor();
    }, 60_000);

    test('the ledger shows each whose turn it is; the result is handed in, verified, finished', async () => {
      const { page, play, picture } = on;
      await play('丁维安');
      await page.getByRole('link', { name: '处置单' }).click();
      await picture('orders-mine');
      await page.getByTestId('order-step-submit').first().click();
      await page.getByTestId('order-words').fill('搜救结束，3人遇难，原因正在调查');
      await page.getByTestId('order-step-send').click();
      // It waits for others now.
      await expect.poll(async () => await page.getByTestId('order-step-submit').count()).toBe(0);
      await play('岳鹤龄');
      await page.goto(`${on.drill.url}/orders`);
      await page.getByTestId('order-step-verify').click();
      await page.getByText('没有等您办的处置单').waitFor();
      await play('陆柏舟');
      await page.goto(`${on.drill.url}/orders`);
      await page.getByTestId('order-step-finish').click();
      await page.getByRole('radio', { name: '全部' }).check();
      await page.getByText('已办结').first().waitFor();
      await picture('orders-ledger');
    }, 120_000);

    test('who supervises asks the unit for cause and measures, and closes the matter', async () => {
      const { page, drill, play, picture } = on;
      await play('岳鹤龄');
      await page.goto(`${drill.url}/desk`);
      await page.getByTestId('desk-events').getByRole('link', { name: /坍塌/ }).first().click();
      await page.getByTestId('event-tab-response').click();
      await page.getByTestId('supervision-open').click();
      await page.getByTestId('supervision-unit').fill('市住房和城乡建设局');
      await page.getByTestId('supervision-reason').fill('回应处置单一小时没有进展');
      await page.getByRole('button', { name: '开，并提醒' }).click();
      await page.getByText('告知 丁维安').waitFor();
      await picture('supervision-on-event');

      await play('丁维安');
      await page.goto(`${drill.url}/supervision`);
      await page.getByTestId('supervision-reply').first().click();
      await page.getByTestId('supervision-cause').first().fill('现场通信中断');
      await page
        .getByTestId('supervision-measures')
        .first()
        .fill('已派联络员驻现场，每半小时报一次');
      await page.getByTestId('supervision-send').first().click();
      await page.getByText('现场通信中断').waitFor();

      await play('岳鹤龄');
      await page.goto(`${drill.url}/supervision`);
      const card = page.locator('article', { hasText: '现场通信中断' });
      await card.getByTestId('supervision-verify').click();
      await card.getByTestId('supervision-close').click();
      await page.getByRole('radio', { name: '全部' }).check();
      await card.getByText('已销号').waitFor();
      expect(await card.getByRole('button').count()).toBe(0);
      await picture('supervision-ledger');
    }, 120_000);

    test('a press conference is planned with its questions, approved, and its form printed', async () => {
      const { page, drill, play, picture } = on;
      const open = async (): Promise<void> => {
        await page.goto(`${drill.url}/desk`);
        await page.getByTestId('desk-events').getByRole('link', { name: /坍塌/ }).first().click();
        await page.getByTestId('event-tab-response').click();
      };
      await play('阮青池');
      await open();
      await page.getByTestId('conference-plan').click();
      await page.getByTestId('plan-at').fill('2099-01-01T10:00');
      await page.getByTestId('plan-place').fill('市政府新闻发布厅');
      await page.getByTestId('plan-spokesperson').fill('岑望舒（市政府副市长）');
      await page.getByTestId('plan-add-question').click();
      await page.getByTestId('plan-question-0').fill('还有多少人被困');
      await picture('conference-plan-form');
      await page.getByTestId('plan-save').click();
      await page.getByText('等分管领导审批方案').waitFor();
      expect(await page.getByTestId('conference-announce').count()).toBe(0);

      await play('纪文澜');
      await open();
      await page.getByTestId('conference-approve').click();
      await page.getByTestId('conference-words').fill('同意，由分管副市长出席');
      await page.getByTestId('conference-send').click();
      await page.getByText('批准：同意，由分管副市长出席').waitFor();
      await picture('conference-approved');
      await page.getByRole('link', { name: '审批表' }).click();
      await page.getByText('还有多少人被困').waitFor();
      await picture('conference-form');
    }, 120_000);
  },
);
