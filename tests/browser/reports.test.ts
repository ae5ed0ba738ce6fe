import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, beijingDay } from '#core';
import { noBrowser } from '../support/browser.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';

describe.skipIf(noBrowser)(
  `reports of their time, in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let on: DrillPage;
    beforeAll(async () => {
      on = await openDrillPage();
    }, 120_000);
    afterAll(async () => {
      await on?.close();
    });

    /** Days of the drill's own clock; every day has a morning, whatever the calendar knows. */
    const chooseDay = async (after: number): Promise<void> => {
      const day = addDays(beijingDay(on.drill.clock.now()), after);
      await on.page.locator('input[type=date]').fill(day);
    };
    const row = (name: RegExp) =>
      on.page.getByTestId('report-table').locator('tbody tr', { hasText: name }).first();

    test('a morning report is there in one click, is read, and reviewed by a person', async () => {
      const { page, drill, runTo, play, picture } = on;
      await runTo(120);
      await play('顾明远');
      await page.goto(`${drill.url}/reports`);
      await chooseDay(-1);
      await page.getByTestId('make-morning').click();
      await row(/舆情早报/).waitFor({ timeout: 30_000 });
      expect(await row(/舆情早报/).textContent()).toMatch(/17:00至.*08:00.*待审核/s);
      await row(/舆情早报/)
        .getByRole('button', { name: '审核' })
        .click();
      await expect.poll(async () => await row(/舆情早报/).textContent()).toContain('待签发');
      await picture('reports-page');
      // Asked for again, it is the same one.
      const issues = page.getByTestId('report-table').locator('tbody tr', { hasText: '舆情早报' });
      const before = await issues.count();
      await chooseDay(-1);
      await page.getByTestId('make-morning').click();
      await expect.poll(async () => await page.getByTestId('make-morning').isEnabled()).toBe(true);
      expect(await issues.count()).toBe(before);
      await page.goto(
        `${drill.url}${await row(/舆情早报/)
          .getByRole('link', { name: '阅读' })
          .getAttribute('href')}`,
      );
      const text = await page.locator('body').textContent();
      expect(text).toContain('审核：顾明远');
      expect(text).toMatch(/一、一句话要点[\s\S]*六、值班信息/);
      await picture('morning-report');
    }, 180_000);

    test('a morning that has not closed is refused in words', async () => {
      const { page, drill, picture } = on;
      await page.goto(`${drill.url}/reports`);
      await chooseDay(1);
      await page.getByTestId('make-morning').click();
      await expect
        .poll(async () => await page.getByRole('alert').textContent())
        .toContain('早报 08:00 截稿，现在还不能出');
      await picture('reports-refused');
    }, 60_000);
  },
);
