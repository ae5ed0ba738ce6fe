import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noBrowser } from '../support/browser.ts';
import { openDrillPage, type DrillPage } from '../support/drill-page.ts';

const LONG = 300_000;
/** Two minutes in a drill that is played for days: `npm run soak -- drill`. */
const skipped =
  noBrowser ?? (process.env['HUIYING_LONG'] === 'drill' ? undefined : 'npm run soak -- drill');

describe.skipIf(skipped)(
  `the end of an event in a real browser${skipped ? `（跳过：${skipped}）` : ''}`,
  () => {
    let on: DrillPage;
    beforeAll(async () => {
      on = await openDrillPage([], true);
      // Here every step is a person's until the test says otherwise.
      on.drill.script.players.setActing(false);
    }, 120_000);
    afterAll(async () => await on?.close());
    const openTab = async (tab: string): Promise<void> => await on.openEvent(/坍塌|基坑|工地/, tab);

    test(
      'a person takes over the key message from the scenario, and the deputy leader approves it',
      async () => {
        const { page, play, picture, actTo } = on;
        await actTo('supervise-plan-reply');
        await play('项云深');
        await openTab('judging');
        await page.getByTestId('message-write').click();
        await page
          .getByTestId('message-facts')
          .fill('事故造成4人死亡、6人受伤｜高新区应急指挥部\n没有人员失联｜高新区应急指挥部');
        await page.getByTestId('message-stance').fill('查明原因，公开结果');
        await page.getByTestId('message-measures').fill('在建深基坑停工检查\n监测记录封存');
        await page.getByTestId('message-qa').fill('什么时候开发布会｜今日18时');
        await page.getByTestId('message-not').fill('原因是抢工期｜尚未查明');
        await picture('key-message-form');
        await page.getByTestId('message-save').click();
        await page.getByTestId('key-message').getByText('待批准').waitFor();
        expect(await page.getByTestId('message-approve').count()).toBe(0);
        await picture('key-message-waiting');

        await play('纪文澜');
        await openTab('judging');
        await page.getByTestId('message-approve').click();
        await page.getByTestId('key-message').getByText('纪文澜已批准').waitFor();
        await picture('key-message-approved');
      },
      LONG,
    );

    test(
      'the band says what the scenario skipped, and that it goes on',
      async () => {
        const { page, actTo, play, picture } = on;
        await actTo('message-approve');
        await play('陆柏舟');
        await page.getByTestId('drill-acting').click();
        await page.getByTestId('drill-said').waitFor();
        expect(await page.getByTestId('drill-said').textContent()).toMatch(
          /刚才：纪文澜 批准应对口径，跳过（纪文澜已经批准）/,
        );
        await picture('drill-band');
      },
      LONG,
    );

    test(
      'an event with a missed limit is not closed before somebody says why, on the limit itself',
      async () => {
        const { page, actTo, play, picture } = on;
        await actTo('tracking-end');
        await play('纪文澜');
        await openTab('after');
        await page.getByTestId('missed-limits').getByText('启动预案').waitFor();
        await page.getByTestId('close-event').click();
        await page.getByText(/不能结案：超时没有写明原因：启动预案（至迟/).waitFor();
        await picture('closing-refused');

        await play('陆柏舟');
        await openTab('after');
        await page.getByRole('link', { name: '到时限处写明' }).click();
        const causes = page.getByTestId('breach-causes').first();
        await causes.getByTestId('cause-write').click();
        expect(await causes.getByTestId('cause-save').isDisabled()).toBe(true);
        await causes.getByTestId('cause-reason').selectOption({ label: '人员或者值守不到位' });
        await causes.getByTestId('cause-words').fill('会商开完才登记启动，晚了约十分钟');
        await picture('cause-form');
        await causes.getByTestId('cause-save').click();
        await causes.getByText(/超时原因.*人员或者值守不到位/).waitFor();
        await picture('cause-recorded');
      },
      LONG,
    );

    test(
      'the evaluation is written in its form, and the event closed; its path is done to the end',
      async () => {
        const { page, play, picture } = on;
        await play('项云深');
        await openTab('after');
        await page.getByTestId('evaluation-category').selectOption({ label: '群众反映的重大问题' });
        for (const side of ['timeliness', 'targeting', 'effect', 'consistency', 'factsSolved']) {
          await page.getByTestId(`score-${side}`).selectOption('4');
          await page.getByTestId(`reason-${side}`).fill('发布、发布会都在时限以内');
        }
        await page.getByTestId('answered').getByLabel('政府什么时候开发布会').check();
        expect(await page.getByTestId('evaluate').isDisabled()).toBe(true);
        await page.getByTestId('lessons-worked').fill('退回的处置单当场改派');
        await page.getByTestId('lessons-failed').fill('启动预案登记晚');
        await page.getByTestId('lessons-causes').fill('会商和启动预案集中在一个人身上');
        await page.getByTestId('lessons-actions').fill('启动预案改由值班员先行登记｜市政府办公室');
        await picture('evaluation-form');
        await page.getByTestId('evaluate').click();
        const record = page.getByTestId('evaluation-record');
        await record.getByText('4.0分').waitFor();
        expect(await record.textContent()).toMatch(/答了50%：政府什么时候开发布会/);
        expect(await record.textContent()).toMatch(
          /改进措施.*启动预案改由值班员先行登记（市政府办公室）/s,
        );
        await picture('evaluated');

        await play('纪文澜');
        await openTab('after');
        await page.getByTestId('close-event').click();
        await page.getByTestId('closing').getByText('纪文澜于').waitFor();
        await picture('closed-after');
        const path = page.getByTestId('event-path');
        expect(await path.locator('li').allTextContents()).toEqual(
          expect.arrayContaining([expect.stringMatching(/结案.*已完成.*纪文澜结案/s)]),
        );
        expect(await path.textContent()).not.toMatch(/待办|未到/);
        for (const tab of ['assess', 'judging', 'response', 'timeline']) {
          await page.getByTestId(`event-tab-${tab}`).click();
          await picture(`closed-${tab}`);
        }
      },
      LONG,
    );

    test(
      'new facts open it again: what was evaluated stays, and the assessment is owed anew',
      async () => {
        const { page, picture } = on;
        await page.getByTestId('event-tab-after').click();
        await page.getByTestId('reopen-reason').fill('调查报告批复，责任认定与通报不同');
        await page.getByTestId('reopen-event').click();
        await page.getByTestId('closing').getByText('重启：调查报告批复').waitFor();
        await page.getByTestId('event-path').getByText('重启以后还没有研判').waitFor();
        expect(await page.getByTestId('closing').textContent()).toMatch(
          /第1轮.*评估4.0分.*纪文澜于/s,
        );
        await expect.poll(async () => await page.textContent('main')).toMatch(/重启/);
        await picture('reopened');
      },
      LONG,
    );
  },
);
