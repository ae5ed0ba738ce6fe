import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeOffice, type ComposedOffice } from '../support/composed-office.ts';
import { accessibilityFaults, noBrowser, openBrowser } from '../support/browser.ts';
import { json } from '../support/far-side.ts';

describe.skipIf(noBrowser)(
  `the channel page in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiying-channels-'));
    const pictures = join(folder, 'pictures');
    let office: ComposedOffice;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      office = await composeOffice(join(folder, 'data'));
      browser = await openBrowser();
      const size = { viewport: { width: 1366, height: 768 }, locale: 'zh-CN' };
      page = await (await browser.newContext(size)).newPage();
      await page.goto(`${office.url}/sign-in?to=/channels`);
      await page.locator('input').first().fill('admin');
      await page.locator('input[type=password]').fill(office.password);
      await page.keyboard.press('Enter');
      await page.getByTestId('channel-email').waitFor();
    }, 120_000);

    afterAll(async () => {
      await browser?.close();
      await office?.close();
      if (process.env['HUIYING_WRITE_PICTURES'] === '1') {
        mkdirSync('docs/pictures', { recursive: true });
        cpSync(pictures, 'docs/pictures', { recursive: true });
      }
      rmSync(folder, { recursive: true, force: true });
    });

    const card = (kind: string) => page.getByTestId(`channel-${kind}`);

    test('a test by the button arrives at the far side and shows as 已提交', async () => {
      await card('govIm').getByTestId('channel-test').click();
      await card('govIm').getByTestId('channel-tested').waitFor();
      const notice = card('govIm').getByTestId('channel-notice').first();
      await expect
        .poll(async () => await notice.textContent(), { timeout: 45_000 })
        .toMatch(/测试.*已提交 今天 \d\d:\d\d.*已送达 —.*已读 —.*已确认 —/s);
      expect(office.robot.received.at(-1)?.body).toContain('【测试】');
    });

    test('a refusal stands there in words', async () => {
      office.robot.answer(json({ errcode: 45_009, errmsg: 'api freq out of limit' }));
      await card('govIm').getByTestId('channel-test').click();
      await expect
        .poll(async () => await card('govIm').getByTestId('channel-state').textContent(), {
          timeout: 45_000,
        })
        .toMatch(/限流/);
      expect(await card('govIm').textContent()).toMatch(/超过每分钟条数|发送过快/);
      await card('sms').getByTestId('channel-test').click();
      await card('sms').getByRole('alert').waitFor();
      expect(await card('sms').getByRole('alert').textContent()).toContain('没有手机号');
      await page.screenshot({ path: join(pictures, 'channels.png'), fullPage: true });
      expect(await accessibilityFaults(page)).toEqual([]);
    });

    test('on a phone nothing is wider than the screen', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await card('govIm').scrollIntoViewIfNeeded();
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(390);
      await page.screenshot({ path: join(pictures, 'channels-phone.png'), fullPage: true });
    });
  },
);
