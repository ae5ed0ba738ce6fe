import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { startDrill, type DrillProduct } from '../../config/drill.ts';
import { accessibilityFaults, openBrowser } from './browser.ts';

/** A drill of its own with a window on it. */
export interface DrillPage {
  readonly drill: DrillProduct;
  readonly browser: Browser;
  readonly page: Page;
  /** Lets the drill run on to this minute, then stand nearly still. */
  readonly runTo: (minute: number) => Promise<void>;
  /** Lets the people of the scenario act up to this act of theirs, then holds them. */
  readonly actTo: (actId: string) => Promise<void>;
  /** Goes on as one of the sample people, by name or part of the role. */
  readonly play: (who: string) => Promise<void>;
  /** Opens a tab of the first event on the desk whose title holds these words. */
  readonly openEvent: (words: RegExp, tab: string) => Promise<void>;
  /** Looks at the page: kept where HUIYING_PICTURES names a folder, accessible, no wider than the window. */
  readonly picture: (name: string, of?: Page) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A Wednesday between ordinary days: what people do on a rest day is no part of these trials. */
export const A_WORKDAY = '2026-11-25';

const WINDOW = { width: 1366, height: 768 };

export async function openDrillPage(
  alsoRead: readonly string[] = [],
  isActing = false,
): Promise<DrillPage> {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-drill-page-'));
  const pictures = process.env['HUIYING_PICTURES'] ?? join(folder, 'pictures');
  mkdirSync(pictures, { recursive: true });
  // Time begins to fly when everything stands, not while it starts.
  const options = {
    day: A_WORKDAY,
    speed: 1,
    scenario: 'linjiang',
    port: 0,
    isFresh: true,
    alsoRead,
    isActing,
  };
  const drill = await startDrill({ ...options, folder: join(folder, 'data') });
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: WINDOW, locale: 'zh-CN' });
  const page = await context.newPage();
  return {
    drill,
    browser,
    page,
    async runTo(minute) {
      drill.clock.setSpeed(600);
      await expect
        .poll(() => drill.clock.elapsedMinutes(), { timeout: 60_000, interval: 200 })
        .toBeGreaterThan(minute);
      drill.clock.setSpeed(1);
    },
    async actTo(actId) {
      const { script } = drill;
      script.players.setActing(true);
      await vi.waitFor(
        () => {
          script.skip.start();
          expect(script.view().acts.find(({ id }) => id === actId)?.settledAt).toBeDefined();
        },
        { timeout: 240_000, interval: 100 },
      );
      script.players.setActing(false);
      script.skip.stop();
    },
    async play(who) {
      await page.goto(`${drill.url}/desk`);
      const option = page.locator('[data-testid=drill-play] option', { hasText: who }).first();
      await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/drill/play')),
        page.selectOption('[data-testid=drill-play]', (await option.getAttribute('value')) ?? ''),
      ]);
      await page.getByText('改密码').waitFor();
    },
    async openEvent(words, tab) {
      await page.goto(`${drill.url}/desk`);
      const events = page.getByTestId('desk-events');
      await events.getByRole('link', { name: words }).first().click();
      await page.getByTestId(`event-tab-${tab}`).click();
    },
    async picture(name, of = page) {
      await of.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
      expect(await accessibilityFaults(of)).toEqual([]);
      const width = await of.evaluate<number>('document.documentElement.scrollWidth');
      expect(width, `${name} is no wider than the window`).toBeLessThanOrEqual(
        of.viewportSize()?.width ?? 0,
      );
    },
    async close() {
      await browser.close();
      await drill.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
