import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser } from '../support/browser.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';
import { startFarSide, type Answering, type FarSide } from '../support/far-side.ts';
import { aPage } from '../support/snapshots.ts';

/** By then the accident stands at 重大. */
const MINUTE = 178;
const TITLE = '关于高新区一工地坍塌事故的情况通报';
const TEXT = [
  '今天10时许，高新区一在建工地发生坍塌，3人死亡、5人受伤，伤者已送医救治。',
  '市政府已启动应急响应，住建、应急、消防部门在现场搜救。',
  '事故原因由市应急管理局牵头调查，进展情况将及时公布。',
].join('\n');
const CHANGED = TEXT.replace('5人受伤', '6人受伤');

const site =
  (text: string): Answering =>
  ({ url }, response) => {
    if (url.pathname === '/robots.txt') response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(aPage({ title: TITLE, text }));
  };

describe.skipIf(noBrowser)(
  `what was published, in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let on: DrillPage;
    let govSite: FarSide;
    let link: string;

    beforeAll(async () => {
      govSite = await startFarSide(site(TEXT));
      on = await openDrillPage([new URL(govSite.origin).host]);
      link = `${govSite.origin}/tb/1.html`;
    }, 120_000);
    afterAll(async () => {
      await on?.close();
      await govSite?.close();
    });

    const openResponse = async (): Promise<void> => await on.openEvent(/坍塌/, 'response');
    const reviewAndPublish = async (): Promise<void> => {
      const { page, play } = on;
      for (const [who, step] of [
        ['陶知夏', 'content'],
        ['衡亦轩', 'secrecy'],
        ['纪文澜', 'leader'],
      ] as const) {
        await play(who);
        await openResponse();
        await page.getByTestId(`release-sign-${step}`).click();
        await page.getByText(`${who} 同意`).first().waitFor();
        await expect
          .poll(async () => await page.getByTestId(`release-sign-${step}`).count())
          .toBe(0);
      }
      await play('阮青池');
      await openResponse();
      await page.getByTestId('release-link').fill(link);
      await page.getByTestId('release-publish').click();
    };
    const nextUpdate = (): string =>
      new Date(on.drill.clock.now().getTime() + 19 * 3_600_000).toISOString().slice(0, 16);

    test('a published page is kept within seconds, and agrees', async () => {
      const { page, drill, runTo, play, picture } = on;
      await runTo(MINUTE);
      await play('丁维安');
      const row = page.getByTestId('desk-events').locator('tr', { hasText: '坍塌' }).first();
      drill.clock.setSpeed(30);
      await expect.poll(async () => await row.textContent(), { timeout: 60_000 }).toMatch(/重大/);
      drill.clock.setSpeed(1);
      // The grade alone had a flash report drafted; it waits for a person.
      await row.getByRole('link').first().click();
      await page.getByTestId('flash-read').waitFor({ timeout: 90_000 });
      expect(await page.getByTestId('event-reports').textContent()).toMatch(/首报.*待审核/);
      await picture('event-flash');
      await page.goto(`${drill.url}${await page.getByTestId('flash-read').getAttribute('href')}`);
      await picture('flash-report');
      expect(await page.locator('body').textContent()).toMatch(/5小时发布.*24小时发布会/);
      await openResponse();
      await page.getByTestId('release-draft').click();
      await page.getByTestId('release-unit').fill('霖江市住房和城乡建设局');
      await page.getByTestId('release-title').fill(TITLE);
      await page.getByTestId('release-text').fill(TEXT);
      await page.getByTestId('release-facts').fill('3人死亡、5人受伤');
      await page.getByTestId('release-measures').fill('启动应急响应，伤者送医，搜救进行中');
      await page.getByTestId('release-next').fill(nextUpdate());
      await page.getByTestId('release-save').click();
      await page.getByText('待签').first().waitFor();
      await reviewAndPublish();
      const begun = performance.now();
      await page.getByText('与批准稿一致（核对 3 句）').waitFor({ timeout: 10_000 });
      expect(performance.now() - begun).toBeLessThan(5_000);
      await picture('published-kept');
    }, 240_000);

    test('a change of the page is noticed within the hour, shown and told to who leads', async () => {
      const { page, drill, picture } = on;
      govSite.answer(site(CHANGED));
      drill.clock.setSpeed(600);
      await page.getByText('存下后改动过 1 次').waitFor({ timeout: 30_000 });
      drill.clock.setSpeed(1);
      await page.getByText('增加：今天10时许').waitFor();
      await picture('published-changed');
      const mails = () =>
        drill.mail.mails().filter(({ subject }) => subject.includes('发布的页面有改动'));
      await expect.poll(() => mails().length, { timeout: 20_000 }).toBeGreaterThan(0);
      expect(mails()[0]?.text).toContain('上次看到没有改动');
      const address = /http:\/\/\S+\/register\?entry=\S+/.exec(mails()[0]?.text ?? '')?.[0] ?? '';
      await page.goto(address);
      await page.getByText('存下后改动过 1 次').waitFor();
      await picture('register-changed');
    }, 120_000);

    test('a correction is drafted with its reason, reviewed, published; the old entry stays', async () => {
      const { page, play, picture } = on;
      await play('丁维安');
      await openResponse();
      await page.getByTestId('release-correct').click();
      expect(await page.getByTestId('release-text').inputValue()).toBe(TEXT);
      await page.getByTestId('correction-reason').fill('受伤人数核实为6人');
      await page.getByTestId('release-text').fill(CHANGED);
      await page.getByTestId('release-facts').fill('3人死亡、6人受伤');
      await page.getByTestId('release-next').fill(nextUpdate());
      await picture('correction-form');
      await page.getByTestId('release-save').click();
      await page.getByText('更正已发布的稿件，原因：受伤人数核实为6人').waitFor();

      // Changed under a signature: whoever signs next sees to the character what became of the text.
      await play('陶知夏');
      await openResponse();
      await page.getByTestId('release-sign-content').click();
      await page.getByText('陶知夏 同意').first().waitFor();
      await play('丁维安');
      await openResponse();
      await page.getByTestId('release-edit').click();
      await page.getByTestId('release-text').fill(CHANGED.replace('今天10时许', '今天10时20分许'));
      await page.getByTestId('release-save').click();
      const changed = page.getByTestId('release-changed');
      await changed.locator('summary').click();
      expect(await changed.locator('.text ins').allTextContents()).toEqual(['20分']);
      expect(await changed.locator('.text del').count()).toBe(0);
      await picture('release-changed');
      govSite.answer(site(CHANGED.replace('今天10时许', '今天10时20分许')));
      await reviewAndPublish();
      await page.getByText('已发布更正稿，原登记保留').waitFor({ timeout: 20_000 });
      await page.getByText('与批准稿一致（核对 3 句）').waitFor({ timeout: 10_000 });
      await picture('correction-published');
      await page.goto(`${on.drill.url}/register`);
      await page.getByText('已由第 2 条更正').waitFor();
      await page.getByText('不再查看：同一地址登记了新的发布').waitFor();
      await picture('register-corrected');
    }, 180_000);

    test('a withdrawal names who decided; the register narrows down and goes to a spreadsheet', async () => {
      const { page, picture } = on;
      await openResponse();
      await page.getByTestId('release-withdraw').click();
      await page.getByTestId('withdraw-reason').fill('由调查组统一发布');
      await page.getByTestId('withdraw-decided').fill('岑望舒（副市长）');
      await picture('withdraw-form');
      await page.getByTestId('withdraw-save').click();
      await page.getByText('岑望舒（副市长）决定：由调查组统一发布').waitFor();
      await page.goto(`${on.drill.url}/register`);
      await page.getByText('撤回第 2 条：由调查组统一发布').waitFor();
      await page.emulateMedia({ media: 'print' });
      await picture('register-print');
      await page.emulateMedia({ media: 'screen' });
      await page.getByTestId('register-kind').selectOption('withdrawal');
      await expect
        .poll(async () => await page.getByTestId('register-table').locator('tbody tr').count())
        .toBe(1);
      await picture('register-withdrawals');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByTestId('register-csv').click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^发布登记簿-.*\.csv$/);
      const text = readFileSync(await download.path(), 'utf8');
      expect(text.startsWith('\uFEFF"序号"')).toBe(true);
      expect(text.trim().split('\r\n')).toHaveLength(2);
      expect(text).toContain('"撤回"');
    }, 120_000);
  },
);
