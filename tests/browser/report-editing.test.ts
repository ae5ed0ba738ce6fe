import JSZip from 'jszip';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, beijingDay } from '#core';
import { noBrowser } from '../support/browser.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';

describe.skipIf(noBrowser)(
  `a report between draft and sending, in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let on: DrillPage;
    beforeAll(async () => {
      on = await openDrillPage();
    }, 120_000);
    afterAll(async () => await on?.close());

    const row = (name: RegExp): Locator =>
      on.page.getByTestId('report-table').locator('tbody tr', { hasText: name }).first();
    let playing = '';
    /** Choosing who is playing already asks the server nothing. */
    const goOnAs = async (who: string): Promise<void> => {
      if (who !== playing) await on.play(who);
      playing = who;
      await on.page.goto(`${on.drill.url}/reports`);
    };
    const step = async (who: string, name: string, of: RegExp): Promise<void> => {
      await goOnAs(who);
      const button = row(of).getByRole('button', { name, exact: true });
      await button.click();
      await expect.poll(async () => await button.count()).toBe(0);
    };
    const says = async (): Promise<string> =>
      (await on.page.getByTestId('says').textContent()) ?? '';
    const sentences = (): Locator => on.page.getByTestId('sentence');

    test('sentences are changed, written and left out; a number asks to be confirmed', async () => {
      const { page, drill, runTo, picture } = on;
      await runTo(120);
      await goOnAs('陆柏舟');
      await page.locator('input[type=date]').fill(addDays(beijingDay(drill.clock.now()), -1));
      await page.getByTestId('make-morning').click();
      await row(/舆情早报/).waitFor({ timeout: 30_000 });
      await row(/舆情早报/)
        .getByRole('link', { name: '修改' })
        .click();
      await sentences().first().waitFor();
      const said = await sentences().first().inputValue();
      await sentences()
        .first()
        .fill(`${said.slice(0, -1)}，另有37户反映水压低。`);
      await page.getByTestId('numbers').waitFor();
      expect(await page.getByTestId('save-draft').isDisabled()).toBe(true);
      await page.getByTestId('add-after').first().click();
      await sentences().nth(1).fill('请各单位今天中午前报送进展。');
      await picture('editing-flagged');
      await page.getByTestId('numbers').getByRole('checkbox').check();
      await expect.poll(async () => await page.getByTestId('save-draft').isEnabled()).toBe(true);
      await page.getByTestId('save-draft').click();
      await expect.poll(says).toContain('已保存为第2稿，请另一人审核');
      await picture('editing-saved');
      await goOnAs('陆柏舟');
      expect(await row(/舆情早报/).textContent()).toContain('修改过这份报告的人不得审核');
      const href = await row(/舆情早报/)
        .getByRole('link', { name: '阅读' })
        .getAttribute('href');
      await page.goto(`${drill.url}${href}`);
      expect(await page.locator('u').count()).toBe(2);
      await picture('editing-read');
    }, 180_000);

    test('the second of two editors loses nothing', async () => {
      const { page, drill, picture } = on;
      await goOnAs('顾明远');
      await row(/舆情早报/)
        .getByRole('link', { name: '修改' })
        .click();
      await sentences().nth(1).waitFor();
      const path = new URL(page.url()).pathname.replace('/edit', '');
      const mine = '请各单位今天下午下班前报送进展。';
      await sentences().nth(1).fill(mine);
      // Meanwhile another saves, on another screen.
      const second = await page.context().newPage();
      await second.goto(`${drill.url}${path}/edit`);
      await second.getByTestId('sentence').nth(1).fill('请各单位明早报送进展。');
      await second.getByTestId('save-draft').click();
      await second.getByText('已保存为第3稿').waitFor();
      await second.close();

      await expect.poll(async () => await page.getByTestId('save-draft').isEnabled()).toBe(true);
      await page.getByTestId('save-draft').click();
      await page.getByTestId('lost-words').waitFor();
      expect(await page.getByTestId('lost-words').textContent()).toContain(mine);
      expect(await sentences().nth(1).inputValue()).toBe('请各单位明早报送进展。');
      await picture('editing-conflict');
      // A reload keeps it.
      await page.reload();
      await page.getByTestId('lost-words').waitFor();
    }, 120_000);

    test('Word and back: looked through on the page, and a changed heading is refused', async () => {
      const { page, drill, picture } = on;
      await sentences().first().waitFor();
      const href = await page.getByRole('link', { name: /的 Word$/ }).getAttribute('href');
      const answer = await page.request.get(`${drill.url}${href}`);
      const zip = await JSZip.loadAsync(await answer.body());
      const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
      const upload = async (changed: string): Promise<void> => {
        zip.file('word/document.xml', changed);
        const buffer = await zip.generateAsync({ type: 'nodebuffer' });
        const mimeType = 'application/octet-stream';
        await page.getByTestId('word-file').setInputFiles({ name: '早报.docx', mimeType, buffer });
      };
      await upload(xml.replace('内部资料', '公开资料'));
      await page.getByTestId('word-refused').waitFor();
      expect(await page.getByTestId('word-refused').textContent()).toContain('报头“内部资料');
      await upload(xml.replace('请各单位明早报送进展。', '请各单位明早八点半报送。'));
      await expect.poll(says).toContain('已从 Word 读入1段的改动，还没有保存');
      await picture('editing-word');
    }, 120_000);

    test('what was sent wrong is corrected by the next issue, each naming the other', async () => {
      const { page, drill, picture } = on;
      await page.goto(`${drill.url}/reports`);
      await step('项云深', '审核', /舆情早报/);
      await step('顾明远', '签发', /舆情早报/);
      await step('陆柏舟', '报送', /舆情早报/);
      await row(/舆情早报/)
        .getByRole('button', { name: '更正' })
        .click();
      await page.getByTestId('correction-reason').fill('反映水压低的应为3户');
      await picture('correction-form');
      await page.getByRole('button', { name: '出更正件' }).click();
      await sentences().first().waitFor();
      const said = await sentences().first().inputValue();
      await sentences().first().fill(said.replace('37户', '3户'));
      await page.getByTestId('numbers').getByRole('checkbox').check();
      await expect.poll(async () => await page.getByTestId('save-draft').isEnabled()).toBe(true);
      await picture('correction-edit');
      await page.getByTestId('save-draft').click();
      await expect.poll(says).toContain('已保存');
      await step('项云深', '审核', /（更正）/);
      await step('顾明远', '签发', /（更正）/);
      await step('陆柏舟', '报送', /（更正）/);
      await picture('correction-list');
      const old = row(/有更正件/);
      const href = await old.getByRole('link', { name: '阅读' }).getAttribute('href');
      await page.goto(`${drill.url}${href}`);
      expect(await page.locator('.notice').textContent()).toContain('本期已由舆情早报');
      await picture('correction-old');
    }, 180_000);
  },
);
