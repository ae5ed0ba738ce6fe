import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Why the browser tests do not run here; undefined when they do. CI asks for them and never skips. */
export const noBrowser =
  existsSync(CHROMIUM) || process.env['HUIYING_REQUIRE_BROWSER'] === '1'
    ? undefined
    : `没有 ${CHROMIUM}（Debian 包 chromium）`;

export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds wrong on a page by WCAG 2.1 A and AA, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(axePath, 'utf8'));
  return await page.evaluate<string[]>(`
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((found) =>
      found.violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))
  `);
}
