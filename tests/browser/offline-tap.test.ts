import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aCountdown,
  anAlert,
  anEvent,
  anOffice,
  type Office,
} from '../dashboards/server/support.ts';
import { accessibilityFaults, noBrowser, openBrowser } from '../support/browser.ts';

describe.skipIf(noBrowser)(
  `a tap on the phone page without a network${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let browser: Browser;
    let office: Office;
    let context: BrowserContext;
    let page: Page;
    let posts: number;

    beforeAll(async () => {
      browser = await openBrowser();
    }, 60_000);
    afterAll(async () => await browser?.close());

    beforeEach(async () => {
      office = await anOffice();
      await office.events.create(anEvent());
      await office.alerts.create(anAlert());
      await office.countdowns.create(aCountdown());
      const zhang = await office.hire('张三', ['dutyOfficer']);
      posts = 0;
      office.app.server.on('request', ({ method }) => {
        if (method === 'POST') posts += 1;
      });
      await office.app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = office.app.server.address() as AddressInfo;
      context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        locale: 'zh-CN',
      });
      page = await context.newPage();
      await page.goto(`http://127.0.0.1:${port}/a/alert-1.${zhang.id}`);
    });
    afterEach(async () => {
      await context?.close();
      await office.app.close();
    });

    const alert = () => office.alerts.all.get('alert-1');
    const bodyText = async () => (await page.innerText('body')).replaceAll(/\s+/g, ' ');

    test('is kept, says so, and is sent once the network is back: one acknowledgement', async () => {
      await context.setOffline(true);
      await page.click('#ack');
      await page.getByText('未送出，正在重试').waitFor();
      expect(await page.locator('#ack').isDisabled()).toBe(true);
      expect(alert()?.state).toBe('fired');
      expect(posts).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
      if (process.env['HUIYING_WRITE_PICTURES'] === '1') {
        mkdirSync('docs/pictures', { recursive: true });
        await page.screenshot({ path: 'docs/pictures/phone-offline.png' });
      }

      await context.setOffline(false);
      await expect.poll(bodyText, { timeout: 20_000 }).toContain('已确认 02:18');
      expect(await bodyText()).not.toContain('未送出');
      expect(await page.locator('#ack').count()).toBe(0);
      expect(alert()).toMatchObject({
        state: 'acknowledged',
        revision: 2,
        acknowledgedBy: { name: '张三' },
      });
      expect(posts).toBe(1);
    });

    test('whose answer was lost is sent again and still acknowledges once', async () => {
      let lost = 0;
      await page.route('**/a/**', async (route) => {
        if (route.request().method() !== 'POST' || lost > 0) return await route.continue();
        lost += 1;
        await route.fetch();
        return await route.abort('connectionreset');
      });
      await page.click('#ack');
      await expect.poll(bodyText, { timeout: 20_000 }).toContain('已由张三 02:18 确认');
      expect(posts).toBe(2);
      expect(alert()).toMatchObject({ state: 'acknowledged', revision: 2 });
    });

    test('that meets a server starting up is sent again; one with a network is sent at once', async () => {
      let refused = 0;
      await page.route('**/a/**', async (route) => {
        if (route.request().method() !== 'POST' || refused > 1) return await route.continue();
        refused += 1;
        return await route.fulfill({ status: 503, body: '正在启动' });
      });
      await page.click('#ack');
      await page.getByText('未送出，正在重试').waitFor();
      await expect.poll(bodyText, { timeout: 20_000 }).toContain('已确认');
      expect(posts).toBe(1);
    });
  },
);
