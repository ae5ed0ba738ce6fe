import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser } from '../support/browser.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';

/** By then two events have had a first report due, and nobody has made one. */
const MINUTE = 330;

describe.skipIf(noBrowser)(
  `measures, in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let on: DrillPage;
    beforeAll(async () => {
      on = await openDrillPage();
    }, 120_000);
    afterAll(async () => {
      await on?.close();
    });
    const measure = (code: string) => on.page.getByTestId(`measure-${code}`);

    test('a month shows each measure with its counts, how it is counted and the list behind it', async () => {
      const { page, drill, runTo, play, picture } = on;
      await runTo(MINUTE);
      await play('顾明远');
      await page.goto(`${drill.url}/measures`);
      await page.getByTestId('measures-table').waitFor();
      // Nobody reported the accident and the burst main: both late, and no percentage of two.
      await expect
        .poll(async () => {
          await page.reload();
          await page.getByTestId('measures-table').waitFor();
          return await measure('lateRate').textContent();
        })
        .toMatch(/迟报率\s*2\/2/);
      expect(await measure('lateRate').textContent()).not.toContain('%');
      expect(await measure('siteAvailability').textContent()).toContain('未登记：');
      expect(await measure('missRate').textContent()).toContain('没有登记不等于没有漏报');
      await measure('lateRate').locator('summary').click();
      expect(await measure('lateRate').textContent()).toMatch(/坍塌.*首报（书面）.*未完成/s);
      await picture('measures-page');
      const accident = measure('lateRate').locator('li', { hasText: '坍塌' });
      await accident.getByRole('link', { name: '看事件' }).click();
      await page.waitForURL(/\/events\//);
      await page.getByRole('heading', { level: 1, name: /坍塌/ }).waitFor();
    }, 240_000);

    test('a matter learned from outside is entered by name and makes the rate of misses', async () => {
      const { page, drill, picture } = on;
      await page.goto(`${drill.url}/measures`);
      await page.getByTestId('notice-enter').click();
      await page.getByTestId('notice-from').fill('市12345热线');
      await page.getByTestId('notice-what').fill('城东片区三天没有收垃圾，已有多人反映');
      await page.getByTestId('notice-way').selectOption('hotline');
      expect(await page.getByTestId('notice-save').isDisabled()).toBe(true);
      await page.getByTestId('notice-grade').selectOption('L4');
      await page.getByTestId('notice-plan').selectOption('in');
      await picture('measures-notice-form');
      await page.getByTestId('notice-save').click();
      await page.getByTestId('outside-notices').getByText('城东片区三天').waitFor();
      expect(await measure('missRate').textContent()).toMatch(/漏报率\s*1\/\d/);
      await picture('measures-notice');
    }, 120_000);

    test('another month has its own numbers; the month goes to a spreadsheet and on paper', async () => {
      const { page, picture } = on;
      const month = await page.getByTestId('measures-month').textContent();
      await page.getByTestId('measures-before').click();
      await expect
        .poll(async () => await page.getByTestId('measures-month').textContent())
        .not.toBe(month);
      await expect.poll(async () => await measure('lateRate').textContent()).toContain('本期没有');
      await page.getByTestId('measures-after').click();
      await expect.poll(async () => await measure('lateRate').textContent()).toMatch(/2\/2/);
      await page.emulateMedia({ media: 'print' });
      await picture('measures-print');
      await page.emulateMedia({ media: 'screen' });
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByTestId('measures-csv').click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^指标-\d{4}-\d\d-01至.*\.csv$/);
      const text = readFileSync(await download.path(), 'utf8');
      expect(text).toContain('"报告","迟报率","2","2","","0","0"');
      expect(text).toContain('城东片区三天没有收垃圾');
    }, 120_000);
  },
);
