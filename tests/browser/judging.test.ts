import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser } from '../support/browser.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';

/** By then people have asked a good deal. */
const MINUTE = 178;

describe.skipIf(noBrowser)(
  `judgement and evaluation in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let on: DrillPage;

    beforeAll(async () => {
      on = await openDrillPage();
    }, 120_000);
    afterAll(async () => await on?.close());

    const openTab = async (tab: string): Promise<void> => await on.openEvent(/坍塌/, tab);

    test('an analyst writes the assessment, and somebody else confirms it', async () => {
      const { page, runTo, play, picture } = on;
      await runTo(MINUTE);
      await play('项云深');
      await openTab('judging');
      await page.getByTestId('focus-questions').waitFor();
      await picture('judging-before');
      await page.getByTestId('assessment-write').click();
      await page.getByTestId('assessment-known').fill('工地基坑坍塌，3人死亡');
      await page.getByTestId('assessment-unknown').fill('坍塌原因');
      await page.getByTestId('assessment-reason').fill('突发事件，公众关切');
      await page.getByTestId('assessment-advice').fill('五小时内发布权威信息');
      await picture('assessment-form');
      await page.getByTestId('assessment-save').click();
      await page.getByText('待确认').first().waitFor();
      expect(await page.getByTestId('assessment-confirm').count()).toBe(0);

      await play('纪文澜');
      await openTab('judging');
      await page.getByTestId('assessment-confirm').click();
      await page.getByText('纪文澜已确认').waitFor();
      await picture('judging-confirmed');
    }, 180_000);

    test('the tab of evaluation names every condition of closing that is not met', async () => {
      const { page, play, picture } = on;
      await play('陆柏舟');
      await openTab('after');
      await page.getByText('结案').first().waitFor();
      await picture('event-after');
      expect(await page.getByTestId('closing').textContent()).toMatch(/会商/);
    }, 120_000);

    test('a consultation is called and recorded; its decision becomes an order', async () => {
      const { page, picture } = on;
      await openTab('judging');
      await page.getByTestId('consultation-questions').fill('谁牵头查原因');
      await page.getByTestId('consultation-call').click();
      await page
        .getByTestId('consultation-present')
        .fill('市住房和城乡建设局｜骆书桥\n市应急管理局｜衡亦轩');
      await page.getByTestId('consultation-nature').fill('生产安全事故');
      await page.getByTestId('consultation-trend').fill('关注上升');
      await page.getByTestId('consultation-risks').fill('次生坍塌');
      await page.getByTestId('consultation-decisions').fill('查明坍塌原因｜市应急管理局');
      await page.getByTestId('consultation-end').click();
      await page.getByTestId('decision-issue').waitFor();
      await picture('consultation-ended');
      await page.getByTestId('decision-issue').click();
      // At this grade both tracks are commanded together; the rule is said where it was tried.
      await page.getByText('须一并下达事实处置、回应两张处置单').waitFor();
      await picture('decision-refused');
      await page.getByTestId('event-tab-response').click();
      await page.getByTestId('order-write').click();
      for (const track of ['fact', 'response']) {
        await page.getByTestId(`order-${track}-lead`).fill('市住房和城乡建设局');
        await page.getByTestId(`order-${track}-task`).fill('抢险、安置、回应关切');
      }
      await page.getByTestId('order-publishing').fill('市住房和城乡建设局');
      await page.getByTestId('order-issue').click();
      await page.getByTestId('order-form').waitFor({ state: 'detached' });
      await page.getByTestId('event-tab-judging').click();
      await page.getByTestId('decision-issue').click();
      await page.getByText('处置单待签收').waitFor();
      expect(await page.getByTestId('decision-issue').count()).toBe(0);
      await picture('decision-issued');
    }, 120_000);

    test('a 专报 tells what was judged, asked and ordered, and draws how the matter spread', async () => {
      const { page, drill, play, picture } = on;
      await play('顾明远');
      await on.openEvent(/坍塌/, 'assess');
      await page.getByTestId('special-make').click();
      const link = page.getByTestId('special-read');
      await link.waitFor({ timeout: 30_000 });
      expect(await page.getByTestId('event-reports').textContent()).toMatch(
        /专报〔\d+〕第1期.*待审核/,
      );
      await page.goto(`${drill.url}${await link.getAttribute('href')}`);
      const text = await page.locator('body').textContent();
      expect(text).toMatch(/一、摘要与核心研判[\s\S]*八、应对建议/);
      expect(text).toContain('五小时内发布权威信息');
      expect(text).toContain('市住房和城乡建设局');
      const drawn = page.locator('figure img');
      expect(await drawn.count()).toBe(2);
      const width = Number(
        await page.evaluate("document.querySelector('figure img').naturalWidth"),
      );
      expect(width).toBeGreaterThan(0);
      await picture('special-report');
    }, 120_000);
  },
);
