import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDrill, type DrillProduct } from '../../config/drill.ts';
import { accessibilityFaults, noBrowser, openBrowser } from '../support/browser.ts';
import { A_WORKDAY } from '../support/drill-page.ts';

/** The day shift ends at 17:30 and its hand-over is drafted from 17:00; the drill begins at 08:00. */
const MINUTE_OF_DRAFT = 9 * 60 + 5;
const FAST = 900;

describe.skipIf(noBrowser)(
  `the roster in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiying-roster-'));
    const pictures = process.env['HUIYING_ROSTER_PICTURES'] ?? join(folder, 'pictures');
    let drill: DrillProduct;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      drill = await startDrill({
        day: A_WORKDAY,
        speed: 1,
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

    const play = async (who: string): Promise<void> => {
      const option = page.locator('[data-testid=drill-play] option', { hasText: who }).first();
      const value = (await option.getAttribute('value')) ?? '';
      await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/drill/play')),
        page.selectOption('[data-testid=drill-play]', value),
      ]);
      await page.getByText('改密码').waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
    };

    test('the opinion lead plans the shifts, and the month shows who is on', async () => {
      await page.goto(`${drill.url}/desk`);
      await page.getByTestId('drill-play').waitFor();
      await play('陆柏舟');
      await page.goto(`${drill.url}/roster`);
      await page.getByTestId('roster-edit').click();
      const add = async (label: string, ...names: string[]): Promise<void> => {
        for (const name of names) {
          await page.getByLabel(`${label}：加入`, { exact: true }).selectOption({ label: name });
        }
      };
      const turns = {
        白班: ['顾明远', '沈秋禾'],
        夜班: ['沈秋禾', '顾明远'],
        休息日班: ['顾明远', '沈秋禾'],
        节日班: ['沈秋禾', '顾明远'],
      };
      for (const [shift, people] of Object.entries(turns)) {
        await add(`${shift}值班员`, ...people);
        await add(`${shift}第二值班员`, ...people.toReversed());
        await add(`${shift}带班领导`, '纪文澜', '陆柏舟');
      }
      await page.getByTestId('roster-save').click();
      await page
        .getByText('后备名单：后备名单不能为空')
        .or(page.getByText('后备名单不能为空'))
        .last()
        .waitFor();
      await add('后备名单', '顾明远', '沈秋禾');
      await page.screenshot({ path: join(pictures, 'roster-form.png'), fullPage: true });
      await page.getByTestId('roster-save').click();
      await page.getByTestId('roster-save').waitFor({ state: 'detached' });
      // The month is asked for again once the plan is saved.
      await expect
        .poll(async () => await page.getByTestId('roster-month').textContent(), { timeout: 15_000 })
        .toMatch(/白班.*顾明远/);
      await page.screenshot({ path: join(pictures, 'roster.png'), fullPage: true });
      expect(await accessibilityFaults(page)).toEqual([]);
    }, 180_000);

    test('the duty page says who is on now, and why', async () => {
      drill.clock.setSpeed(FAST);
      await expect
        .poll(() => drill.clock.elapsedMinutes(), { timeout: 30_000 })
        .toBeGreaterThan(31);
      drill.clock.setSpeed(1);
      await page.goto(`${drill.url}/people`);
      const now = page.getByTestId('duty-now');
      await now.waitFor();
      expect(await now.textContent()).toMatch(/顾明远.*白班轮到/s);
      await page.screenshot({ path: join(pictures, 'duty.png') });
      expect(await accessibilityFaults(page)).toEqual([]);
    }, 180_000);

    test('the hand-over comes by mail before the shift changes, small and without scripts, and is signed in two taps', async () => {
      drill.clock.setSpeed(FAST);
      await expect
        .poll(() => drill.clock.elapsedMinutes(), { timeout: 90_000, interval: 100 })
        .toBeGreaterThan(MINUTE_OF_DRAFT);
      drill.clock.setSpeed(1);
      const linkOf = async (button: string): Promise<string> => {
        const find = () => drill.mail.mails().find(({ text }) => text.includes(button));
        await expect.poll(find, { timeout: 60_000 }).toBeDefined();
        expect(find()?.subject).toMatch(/^【演练】【交接班】/);
        return /http:\/\/\S+\/h\/\S+/.exec(find()?.text ?? '')?.[0] ?? '';
      };
      const [outgoing, link] = [await linkOf('看交接稿'), await linkOf('看交接内容并签收')];
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        javaScriptEnabled: false,
      });
      const phone = await context.newPage();
      let bytes = 0;
      let requests = 0;
      phone.on('response', async (response) => {
        requests += 1;
        bytes += (await response.body().catch(() => Buffer.alloc(0))).byteLength;
      });
      await phone.goto(link);
      expect(await phone.textContent('.done')).toMatch(/等待.+交班/);
      await phone.goto(outgoing);
      await phone.fill('#note', '北环路抢修 20:00 前恢复供水，届时请核实。');
      await phone.screenshot({ path: join(pictures, 'hand-over-outgoing.png'), fullPage: true });
      await phone.click('#submit');
      expect(await phone.textContent('.done')).toMatch(/已交班，等待签收/);

      [bytes, requests] = [0, 0];
      await phone.goto(link);
      expect(await phone.textContent('blockquote')).toMatch(/北环路/);
      expect(await phone.textContent('h1')).toMatch(/ → /);
      await phone.screenshot({ path: join(pictures, 'hand-over.png'), fullPage: true });
      expect([bytes < 30_000, requests]).toEqual([true, 1]);
      const box = await phone.locator('#sign').boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      await phone.click('#sign');
      expect(await phone.textContent('.done')).toMatch(/已由.+签收/);
      await phone.screenshot({ path: join(pictures, 'hand-over-signed.png'), fullPage: true });

      const narrow = await browser.newContext({ viewport: { width: 320, height: 640 } });
      const small = await narrow.newPage();
      await small.goto(link);
      const width = await small.evaluate<number>('document.documentElement.scrollWidth');
      expect(width).toBeLessThanOrEqual(320);
      expect(await accessibilityFaults(small)).toEqual([]);
    }, 180_000);
  },
);
