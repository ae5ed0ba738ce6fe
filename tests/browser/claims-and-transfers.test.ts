import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser } from '../support/browser.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';

/** By then the city talks of the accident, and some have heard of more dead than there are. */
const MINUTE = 150;

describe.skipIf(noBrowser)(
  `claims and transfers, in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let on: DrillPage;
    beforeAll(async () => {
      on = await openDrillPage();
    }, 120_000);
    afterAll(async () => {
      await on?.close();
    });
    const openResponse = async (): Promise<void> => await on.openEvent(/坍塌/, 'response');
    const rumor = () => on.page.getByTestId('rumors').locator('article');

    test('the machine points at what people have heard; a person makes a case of it', async () => {
      const { page, runTo, play, picture } = on;
      await runTo(MINUTE);
      await play('顾明远');
      await openResponse();
      const claims = page.getByTestId('claims');
      await claims.waitFor();
      expect(await rumor().count()).toBe(0);
      await picture('rumor-proposed');
      // Which one comes first depends on when the sources were read.
      const claim = claims.locator('.claim').first();
      const pointedAt = await claim.textContent();
      await claim.getByTestId('claim-open').click();
      const written = await page.getByTestId('rumor-claim').inputValue();
      expect(pointedAt).toContain(`“${written}”`);
      expect(await page.getByTestId('claim-post').first().isVisible()).toBe(true);
      await picture('rumor-form');
      await page.getByTestId('rumor-open').click();
      await rumor().getByText('待核查').waitFor();
      expect(await rumor().textContent()).toMatch(/首次发现，已过 .*，还没有澄清/);
      // 02:17: whoever opens the event on any tab sees that something waits.
      await page.getByTestId('event-tab-assess').click();
      await page.getByTestId('rumor-band-open').waitFor();
      await picture('rumor-band');
    }, 180_000);

    test('evidence with its source, then the verdict with its reason', async () => {
      const { page, play, picture } = on;
      await play('丁维安');
      await openResponse();
      await rumor().getByTestId('rumor-step-addEvidence').click();
      await page.getByTestId('rumor-words').fill('现场指挥部逐人核对：没有“死了好几个”的情况');
      expect(await page.getByTestId('rumor-step-send').isDisabled()).toBe(true);
      await page.getByTestId('rumor-source').fill('现场指挥部值班电话记录');
      await page.getByTestId('rumor-step-send').click();
      await rumor().getByText('核查中').waitFor();
      // Who handles gathers evidence and does not judge.
      expect(await rumor().getByTestId('rumor-step-judge').count()).toBe(0);
      await play('陆柏舟');
      await openResponse();
      await rumor().getByTestId('rumor-step-judge').click();
      await page.getByTestId('rumor-words').fill('与现场指挥部逐人核对的情况不符');
      await page.getByTestId('rumor-verdict-false').check();
      await picture('rumor-verdict');
      await page.getByTestId('rumor-step-send').click();
      await rumor().getByText('不实，待澄清').waitFor();
      await picture('rumor-judged');
    }, 120_000);

    test('the clarification is drafted from it, reviewed like any text, and its time is counted', async () => {
      const { page, play, picture } = on;
      await rumor().getByTestId('rumor-clarify').click();
      expect(await page.getByTestId('release-kind').isDisabled()).toBe(true);
      expect(await page.getByTestId('release-text').inputValue()).toContain('该说法不实');
      await picture('rumor-clarification-form');
      await page
        .getByTestId('release-text')
        .fill('针对网上有关工地坍塌伤亡的说法，经现场指挥部逐人核对，该说法不实。');
      await page.getByTestId('release-facts').fill('逐人核对完毕，与网传不符');
      await page.getByTestId('release-measures').fill('搜救继续，伤者已送医救治');
      await page.getByTestId('release-result').fill('核对完毕');
      await page.getByTestId('release-save').click();
      await rumor().getByText('澄清稿审查中').waitFor();
      await page.getByText('据核查认定').waitFor();
      for (const [who, step] of [
        ['陶知夏', 'content'],
        ['衡亦轩', 'secrecy'],
        ['纪文澜', 'leader'],
      ] as const) {
        await play(who);
        await openResponse();
        await page.getByText('据核查认定').waitFor();
        const sign = page.getByTestId(`release-sign-${step}`);
        if (step === 'leader' && (await sign.count()) === 0) continue;
        await sign.click();
        await page.getByText(`${who} 同意`).first().waitFor();
      }
      await play('阮青池');
      await openResponse();
      await page.getByTestId('release-link').fill('https://www.linjiang.test/cq/1.html');
      await page.getByTestId('release-publish').click();
      await rumor().getByText('已澄清').waitFor();
      expect(await rumor().textContent()).toMatch(/首次发现，.*后发布澄清/);
      await picture('rumor-clarified');
      await page.getByRole('link', { name: '不实信息核查' }).click();
      await page.getByTestId('rumor-list').getByText('已澄清').waitFor();
      await picture('rumor-list');
      await page.goto(`${on.drill.url}/measures`);
      await expect
        .poll(async () => {
          await page.reload();
          await page.getByTestId('measures-table').waitFor();
          return await page.getByTestId('measure-rumourClarification').textContent();
        })
        .toMatch(/不实信息澄清用时.*1项：中位数/s);
    }, 240_000);

    test('a claim found to be true is no rumour: the event says so, and nothing is to be clarified', async () => {
      const { page, play, picture } = on;
      await play('陆柏舟');
      await openResponse();
      await page.getByTestId('rumor-write').click();
      await page.getByTestId('rumor-claim').fill('工地上周就有人反映基坑渗水');
      await page.getByTestId('rumor-open').click();
      const own = rumor().filter({ hasText: '基坑渗水' });
      await own.getByTestId('rumor-step-addEvidence').click();
      await own.getByTestId('rumor-words').fill('市住建局上周三的巡查记录写有渗水');
      await own.getByTestId('rumor-source').fill('市住房和城乡建设局巡查记录');
      await own.getByTestId('rumor-step-send').click();
      await own.getByTestId('rumor-step-judge').click();
      await own.getByTestId('rumor-verdict-true').check();
      await own.getByTestId('rumor-words').fill('巡查记录与说法相符');
      await own.getByTestId('rumor-step-send').click();
      await own.getByTestId('rumor-true').waitFor();
      expect(await own.getByTestId('rumor-clarify').count()).toBe(0);
      await page.getByTestId('rumor-band-true').waitFor();
      await picture('rumor-true');
    }, 120_000);

    test('a matter handed down is entered, its reply comes due, and it goes to a unit', async () => {
      const { page, drill, picture } = on;
      await page.getByRole('link', { name: '转办登记' }).click();
      await page.getByTestId('transfer-write').click();
      await page.getByTestId('transfer-from').fill('省政府办公厅');
      await page.getByTestId('transfer-no').fill('省转办〔2026〕31号');
      await page
        .getByTestId('transfer-requirement')
        .fill('核实工地坍塌伤亡情况，两小时内报处置进展');
      const due = new Date(drill.clock.now().getTime() + 10 * 3_600_000).toISOString();
      await page.getByTestId('transfer-due').fill(due.slice(0, 16));
      const option = page.locator('[data-testid=transfer-event] option', { hasText: '坍塌' });
      const value = await option.first().getAttribute('value');
      await page.getByTestId('transfer-event').selectOption(value ?? '');
      await picture('transfer-form');
      await page.getByTestId('transfer-save').click();
      const row = page.getByTestId('transfers-table').locator('tbody tr').first();
      await expect.poll(async () => await row.textContent()).toMatch(/还有 \d小时|还有 1\d+分钟/);
      await row.getByTestId('transfer-step-assign').click();
      await page.getByTestId('transfer-unit').fill('市住房和城乡建设局');
      await page.getByTestId('transfer-send').click();
      await row.getByText('已通知 丁维安').waitFor();
      await picture('transfers-open');
      // The limit passes with nobody having answered.
      drill.clock.setSpeed(600);
      await page.getByTestId('transfers-overdue').waitFor({ timeout: 60_000 });
      drill.clock.setSpeed(1);
      await picture('transfers-overdue');
      await page.goto(`${drill.url}/countdowns`);
      await page
        .getByText(/省政府办公厅转办（省转办〔2026〕31号）/)
        .first()
        .waitFor();
      await picture('transfers-countdown');
      await page.goto(`${drill.url}/transfers`);
    }, 180_000);

    test('the reply counts from when it was given; the ledger goes to a spreadsheet and on paper', async () => {
      const { page, picture } = on;
      const row = page.getByTestId('transfers-table').locator('tbody tr').first();
      await row.getByTestId('transfer-step-reply').click();
      await page.getByTestId('transfer-words').fill('已报伤亡核对情况和搜救进展');
      await page.getByTestId('transfer-ref').fill('霖办〔2026〕12号');
      await picture('transfer-reply');
      await page.getByTestId('transfer-send').click();
      await page.getByText('没有这样的转办').waitFor();
      await page.getByTestId('transfers-shows').selectOption('replied');
      await row.getByText(/用时 .*，超时反馈/).waitFor();
      await row.locator('summary').click();
      await picture('transfers-replied');
      await page.emulateMedia({ media: 'print' });
      await picture('transfers-print');
      await page.emulateMedia({ media: 'screen' });
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByTestId('transfers-csv').click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^转办登记-.*\.csv$/);
      const text = readFileSync(await download.path(), 'utf8');
      expect(text).toContain('"省政府办公厅","省转办〔2026〕31号"');
      expect(text).toContain('超时反馈');
      await openResponse();
      await page
        .getByTestId('transfers-table')
        .getByText('省转办〔2026〕31号', { exact: true })
        .waitFor();
      await picture('transfers-on-event');
    }, 120_000);
  },
);
