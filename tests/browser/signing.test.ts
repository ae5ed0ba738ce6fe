import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReviewPage } from '../../dashboards/server/phone/review-page.ts';
import { totpCode, totpStepAt } from '../../dashboards/server/totp.ts';
import { reviewOf } from '../../respond/releases/review-of.ts';
import { withSignature } from '../../respond/releases/sign-release.ts';
import { noBrowser } from '../support/browser.ts';
import { composeOffice, type ComposedOffice } from '../support/composed-office.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';
import { office as people } from '../support/people.ts';
import { minutesAfter, NOON } from '../support/posts.ts';
import { aRelease, reviewPack, signing } from '../support/releases.ts';
import { fromBase32 } from '../support/second-factor.ts';

/** By then the accident stands at 重大. */
const MINUTE = 178;
const PHONE = { width: 390, height: 844 };
const TITLE = '关于高新区一工地坍塌事故的情况通报';
const TEXT = [
  '今天10时许，高新区一在建工地发生坍塌，3人死亡、5人受伤，伤者已送医救治。',
  '市政府已启动应急响应，住建、应急、消防部门在现场搜救。',
  '事故原因由市应急管理局牵头调查，进展情况将及时公布。',
].join('\n');

describe.skipIf(noBrowser)(
  `approval by phone, in a real browser${noBrowser ? `（跳过：${noBrowser}）` : ''}`,
  () => {
    let on: DrillPage;
    let office: ComposedOffice;
    const folder = mkdtempSync(join(tmpdir(), 'huiying-signing-'));
    beforeAll(async () => {
      office = await composeOffice(folder);
      on = await openDrillPage();
    }, 180_000);
    afterAll(async () => {
      await on?.close();
      await office?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const openPhone = async (url: string, javaScriptEnabled = true): Promise<Page> => {
      const context = await on.browser.newContext({ viewport: PHONE, javaScriptEnabled });
      const phone = await context.newPage();
      if (url) await phone.goto(url);
      return phone;
    };
    /** Of the newest mail about the text to this person. */
    const linkTo = (who: string): string => {
      const mail = on.drill.mail
        .mails()
        .findLast(({ text, subject }) => text.includes(`${who}：`) && subject.includes(TITLE));
      return /http:\/\/\S+\/v\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    };
    const openResponse = async (): Promise<void> => await on.openEvent(/坍塌/, 'response');

    test('送审 reaches the reviewer by mail; open, 同意: two taps, without scripts', async () => {
      const { page, drill, runTo, play, picture } = on;
      await runTo(MINUTE);
      await play('丁维安');
      const row = page.getByTestId('desk-events').locator('tr', { hasText: '坍塌' }).first();
      drill.clock.setSpeed(30);
      await expect.poll(async () => await row.textContent(), { timeout: 60_000 }).toMatch(/重大/);
      drill.clock.setSpeed(1);
      await openResponse();
      await page.getByTestId('release-draft').click();
      await page.getByTestId('release-unit').fill('霖江市住房和城乡建设局');
      await page.getByTestId('release-title').fill(TITLE);
      await page.getByTestId('release-text').fill(TEXT);
      await page.getByTestId('release-facts').fill('3人死亡、5人受伤');
      await page.getByTestId('release-measures').fill('启动应急响应，伤者送医，搜救进行中');
      const next = new Date(drill.clock.now().getTime() + 19 * 3_600_000);
      await page.getByTestId('release-next').fill(next.toISOString().slice(0, 16));
      await page.getByTestId('release-save').click();
      await picture('release-before-review');
      await page.getByTestId('release-submit').click();
      await page.getByText('前签').first().waitFor();
      await picture('release-sent');

      await expect.poll(() => linkTo('陶知夏'), { timeout: 20_000 }).not.toBe('');
      const shown = await openPhone(linkTo('陶知夏'));
      await picture('review-open', shown);
      expect(Buffer.byteLength(await shown.content())).toBeLessThan(30_000);
      const bar = await shown.locator('.bar').boundingBox();
      expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(PHONE.height);
      const agree = await shown.locator('#agree').boundingBox();
      expect(Math.min(agree?.height ?? 0, agree?.width ?? 0)).toBeGreaterThanOrEqual(44);
      await shown.context().close();

      const phone = await openPhone(linkTo('陶知夏'), false);
      await phone.locator('#agree').click();
      await phone.getByText('已同意', { exact: true }).waitFor();
      await phone.getByText('您已同意（内容审核）').waitFor();
      await phone.context().close();
    }, 240_000);

    test('退回 asks for a comment; the next version shows what changed; the leader signs last', async () => {
      const { page, picture } = on;
      const phone = await openPhone(linkTo('衡亦轩'));
      await phone.locator('#to-reject').click();
      await phone.locator('#comment').fill('受伤人数须与医院核对');
      await picture('review-reject', phone);
      await phone.locator('#send-back').click();
      await phone.getByText('已退回修改').waitFor();

      await openResponse();
      await page.getByTestId('release-edit').click();
      await page.getByTestId('release-text').fill(TEXT.replace('5人受伤', '6人受伤'));
      await page.getByTestId('release-save').click();
      await page.getByTestId('release-submit').click();
      await page.getByText('前签').first().waitFor();
      // The link of before leads to the newest version.
      await phone.reload();
      await phone.getByText('看过的那一版相比').waitFor();
      expect(await phone.locator('ins').last().textContent()).toBe('6');
      await picture('review-changed', phone);
      await phone.locator('#agree').click();
      await phone.getByText('已同意', { exact: true }).waitFor();
      await phone.context().close();

      const content = await openPhone(linkTo('陶知夏'));
      await content.locator('#agree').click();
      await content.getByText('已同意', { exact: true }).waitFor();
      await content.context().close();
      await expect.poll(() => linkTo('纪文澜'), { timeout: 20_000 }).not.toBe('');
      const leader = await openPhone(linkTo('纪文澜'));
      await picture('review-leader', leader);
      await leader.locator('#agree').click();
      await leader.getByText('您已同意（领导签发）').waitFor();
      await leader.context().close();
      await openResponse();
      await page.getByText('已批准').first().waitFor();
    }, 180_000);

    test('a silent reviewer: two reminders, then the stand-in signs, all of it on the screen', async () => {
      const { page, drill, play, picture } = on;
      const second = '关于坍塌事故伤员救治情况的通报';
      await play('骆书桥');
      await openResponse();
      await page.getByTestId('release-draft').click();
      await page.getByTestId('release-unit').fill('霖江市住房和城乡建设局');
      await page.getByTestId('release-title').fill(second);
      await page.getByTestId('release-text').fill('伤员均在市第一医院救治，生命体征平稳。');
      await page.getByTestId('release-facts').fill('伤员在市第一医院');
      await page.getByTestId('release-measures').fill('救治');
      await page.getByTestId('release-result').fill('生命体征平稳');
      await page.getByTestId('release-save').click();
      await page.getByTestId('release-submit').click();
      await page.getByText('前签').first().waitFor();
      const mailsTo = (who: string) =>
        drill.mail
          .mails()
          .filter(({ text, subject }) => text.includes(`${who}：`) && subject.includes(second));
      drill.clock.setSpeed(60);
      await expect.poll(() => mailsTo('陆柏舟').length, { timeout: 90_000 }).toBeGreaterThan(0);
      drill.clock.setSpeed(1);
      const subjects = mailsTo('陶知夏').map(({ subject }) => subject);
      expect(subjects.filter((one) => one.includes('内容审核还没有签'))).toHaveLength(3);

      await page.reload();
      await page.getByText('已过，可以代签').first().waitFor();
      await picture('release-passed-on');
      const mail = mailsTo('陆柏舟').at(-1);
      const phone = await openPhone(/http:\/\/\S+\/v\/\S+/.exec(mail?.text ?? '')?.[0] ?? '');
      await picture('review-stand-in', phone);
      await phone.locator('#agree').click();
      await phone.getByText('您已同意（内容审核）').waitFor();
      await phone.context().close();
      await page.getByText('陆柏舟 代签同意').waitFor();
    }, 180_000);

    test('with 动态口令 the code stands in the same form as 同意, in reach of the thumb', async () => {
      const at = minutesAfter(12);
      const reviewed = [
        ['content', people.reviewer],
        ['secrecy', people.secrecy],
      ] as const;
      const signed = reviewed.reduce(
        (one, [step, who]) =>
          withSignature(one, signing(one, step, who, { grade: 'L2' }), reviewPack),
        aRelease(),
      );
      const waits = [
        { step: 'leader' as const, since: NOON, dueAt: minutesAfter(30), reminded: 0 },
      ];
      const release = { ...signed, waits };
      const show = async (name: string, hasFactor: boolean) => {
        const person = {
          ...people.deputy,
          ...(hasFactor && { secondFactor: { sealed: '', since: NOON, usedStep: 0 } }),
        };
        const review = reviewOf(release, person, 'L2', reviewPack, { at });
        const phone = await openPhone('');
        await phone.setContent(
          renderReviewPage({
            release,
            review,
            person,
            at,
            grade: 'L2',
            eventTitle: '北环路供水主管爆管',
            isSignedIn: false,
          }),
        );
        await on.picture(name, phone);
        return phone;
      };
      const phone = await show('review-code', true);
      expect(await phone.locator('form:has(#agree) #code').count()).toBe(1);
      const agree = await phone.locator('#agree').boundingBox();
      expect((agree?.y ?? PHONE.height) + (agree?.height ?? 0)).toBeLessThanOrEqual(PHONE.height);
      await phone.context().close();
      const without = await show('review-no-code', false);
      expect(await without.locator('#agree').count()).toBe(0);
      await without.context().close();
    }, 60_000);

    test('a leader sets up 动态口令 in a minute, an administrator takes it away', async () => {
      const { url, headers } = office;
      const added = await fetch(`${url}/api/v1/people`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ name: '纪文澜', signInName: 'ji', roles: ['deputyLeader'] }),
      });
      const { oneTimePassword } = (await added.json()) as { oneTimePassword: string };
      const context = await on.browser.newContext({ viewport: { width: 1366, height: 768 } });
      const page = await context.newPage();
      await page.goto(`${url}/sign-in`);
      await page.locator('input').nth(0).fill('ji');
      await page.locator('input[type=password]').fill(oneTimePassword);
      await page.locator('button[type=submit]').click();
      await page.getByTestId('password-old').fill(oneTimePassword);
      await page.getByTestId('password-new').fill('shan-gao-yue-xiao-5');
      await page.getByTestId('password-again').fill('shan-gao-yue-xiao-5');
      await page.getByTestId('password-submit').click();
      await page.getByRole('link', { name: '动态口令' }).click();
      await page.getByTestId('factor-password').fill('shan-gao-yue-xiao-5');
      await page.getByTestId('factor-offer').click();
      const secret = (await page.getByTestId('factor-secret').textContent()) ?? '';
      await on.picture('factor-offered', page);
      await page.setViewportSize(PHONE);
      await on.picture('factor-offered-phone', page);
      await page.setViewportSize({ width: 1366, height: 768 });
      await page
        .getByTestId('factor-code')
        .fill(totpCode(fromBase32(secret), totpStepAt(new Date())));
      await page.getByTestId('factor-confirm').click();
      await page.getByTestId('factor-set').waitFor();
      await page.reload();
      await page.getByTestId('factor-set').waitFor();
      expect(await page.content()).not.toContain(secret);
      await context.close();

      const admin = await on.browser.newContext({ viewport: { width: 1366, height: 768 } });
      const [name = '', value = ''] = (headers['cookie'] ?? '').split('=');
      await admin.addCookies([{ name, value, url }]);
      const list = await admin.newPage();
      await list.goto(`${url}/people`);
      await list.getByRole('button', { name: '重置动态口令' }).click();
      await on.picture('factor-reset', list);
      await list.getByRole('button', { name: '重置纪文澜的动态口令' }).click();
      await expect
        .poll(async () => await list.getByRole('button', { name: '重置动态口令' }).count())
        .toBe(0);
      await admin.close();
    }, 120_000);
  },
);
