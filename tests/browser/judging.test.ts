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

    const openTab = async (tab: string): Promise<void> => {
      await on.page.goto(`${on.drill.url}/desk`);
      const row = on.page.getByTestId('desk-events').getByRole('link', { name: /坍塌/ });
      await row.first().click();
      await on.page.getByTestId(`event-tab-${tab}`).click();
    };

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
  },
);
