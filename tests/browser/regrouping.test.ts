import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDrill, type DrillProduct } from '../../config/drill.ts';
import { accessibilityFaults, noBrowser, openBrowser } from '../support/browser.ts';
import { A_WORKDAY } from '../support/drill-page.ts';

/** By then there are several events, one of them at 重大. */
const MINUTE = 178;

describe.skipIf(noBrowser)(
  `merging and splitting in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiying-regrouping-'));
    const pictures = process.env['HUIYING_PICTURES'] ?? join(folder, 'pictures');
    let drill: DrillProduct;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      drill = await startDrill({
        day: A_WORKDAY,
        speed: 900,
        scenario: 'linjiang',
        folder: join(folder, 'data'),
        port: 0,
        isFresh: true,
      });
      browser = await openBrowser();
      const context = await browser.newContext({
        viewport: { width: 1366, height: 768 },
        locale: 'zh-CN',
      });
      page = await context.newPage();
    }, 120_000);

    afterAll(async () => {
      await browser?.close();
      await drill?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const picture = async (name: string): Promise<void> => {
      await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
      expect(await accessibilityFaults(page)).toEqual([]);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(width, `${name} is no wider than the window`).toBeLessThanOrEqual(1366);
    };

    test('an analyst sees what a merge makes of the other event, merges, and takes it back', async () => {
      await expect
        .poll(() => drill.clock.elapsedMinutes(), { timeout: 60_000, interval: 200 })
        .toBeGreaterThan(MINUTE);
      drill.clock.setSpeed(1);
      await page.goto(`${drill.url}/desk`);
      const option = page.locator('[data-testid=drill-play] option', { hasText: '研判' }).first();
      await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/drill/play')),
        page.selectOption('[data-testid=drill-play]', (await option.getAttribute('value')) ?? ''),
      ]);
      await page.goto(`${drill.url}/desk`);
      await page.getByTestId('desk-events').getByRole('link', { name: /坍塌/ }).first().click();
      await page.getByTestId('merge-open').click();
      await page.getByTestId('merge-preview').waitFor();
      await page.getByTestId('merge-reason').fill('同一天同一处的后续');
      await picture('merge-preview');
      await page.getByTestId('merge-submit').click();
      await page.getByText('《').first().waitFor();
      // The newest first: on a slow machine the product itself has merged others meanwhile.
      await page.getByTestId('regrouping-undo').first().waitFor();
      await picture('merged');
      const other = page.getByTestId('regroupings').getByRole('link').first();
      await other.click();
      await page.getByTestId('merged-into').waitFor();
      await picture('merged-away');
      await page.getByTestId('regrouping-reason').first().fill('看错了，两件事');
      await page.getByTestId('regrouping-undo').first().click();
      await page.getByText('已撤销').waitFor();
      expect(await page.getByTestId('merged-into').count()).toBe(0);
      await picture('undone');
    }, 120_000);

    test('leads chosen on the tab of posts become an event of their own', async () => {
      await page.getByTestId('event-tab-posts').click();
      await page.getByTestId('split-open').click();
      await page.getByTestId('split-choose').first().check();
      await page.getByTestId('split-reason').fill('这条说的是另一件事');
      await picture('split');
      await page.getByTestId('split-submit').click();
      await page.getByTestId('split-open').waitFor();
      await page.getByTestId('event-tab-assess').click();
      expect(await page.getByText('另立《').first().textContent()).toContain('拆出 1 条线索');
      await picture('after-split');
    }, 180_000);
  },
);
