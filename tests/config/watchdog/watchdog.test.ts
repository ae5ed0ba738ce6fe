import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { EXIT } from '../../../config/exit-codes.ts';
import { readStore } from '../../../config/watchdog/read-store.ts';
import { WatchdogSchema } from '../../../config/watchdog/watchdog-settings.ts';
import { json, startFarSide } from '../../support/far-side.ts';
import { addressOf, anOfficeFolder, runProduct, stop } from '../../support/product-process.ts';
import {
  freePort,
  mailThatSays,
  mailTo,
  openMailServer,
  setUpWatchdog,
  SHORT_LIMITS,
} from '../../support/watchdogs.ts';

/** A machine three times slower must still do it. */
const TRIAL_MS = 180_000;

/** An office whose product is ready: somebody can be called by its own mail server. */
async function aReadyOffice() {
  const ownMail = await openMailServer();
  const port = await freePort();
  const email = mailTo(ownMail.port, '回应 <huiying@office.test>');
  const folder = anOfficeFolder({ server: { port }, channels: { email } });
  const start = async () => {
    const product = runProduct(folder, []);
    // What is stopped does not hear that the test is over.
    onTestFinished(() => product.signal('SIGCONT'));
    await addressOf(product);
    return product;
  };
  const product = await start();
  const person = ['--name', '张三', '--email', 'zhang@office.test', '--duty', 'first'];
  const adding = runProduct(folder, ['user', 'add', 'zhang', ...person, '--role', 'dutyOfficer']);
  expect(await adding.ended()).toBe(EXIT.ok);
  return { folder, start, product, url: `http://127.0.0.1:${port}` };
}

/** Writes into the product's records behind its back, as a bug of its own would. */
function tamper(folder: string, sql: string, ...values: (string | number)[]): void {
  const database = new DatabaseSync(join(folder, 'data/records.db'), { timeout: 5_000 });
  database.prepare(sql).run(...values);
  database.close();
}

/** A folder in which a product died long ago. */
async function aDeadOffice() {
  const folder = anOfficeFolder();
  const product = runProduct(folder, []);
  await addressOf(product);
  const beats = (): number => {
    const store = readStore(join(folder, 'data'));
    return store.kind === 'read' ? store.heartbeats.length : 0;
  };
  await expect.poll(beats, { timeout: 30_000 }).toBeGreaterThan(0);
  await stop(product);
  tamper(folder, `UPDATE heartbeat SET at = at - 3600000`);
  return folder;
}

describe('beside the real product', () => {
  test(
    'no mail while it is well; one when it hangs, dies, is late, and one each time it is well again',
    { timeout: TRIAL_MS },
    async () => {
      const { folder, start, product, url } = await aReadyOffice();
      const mail = await openMailServer();
      setUpWatchdog(folder, mail.port, { product: { folder: './data', url } });
      const dog = runProduct(folder, ['watchdog']);
      await dog.says(
        /看门狗已启动：看临江市信访局的 \.\/data、http.*\n有事告诉：张三（邮件 zhang@elsewhere\.test）/,
      );

      // The known-bad control: longer than every limit, and nothing is told.
      await pause(SHORT_LIMITS.heartbeatMs + 3_000);
      expect(mail.mails()).toEqual([]);

      product.signal('SIGSTOP');
      const hung = await mailThatSays(mail, /已停止工作/);
      expect(hung.subject).toMatch(/^【回应故障】临江市信访局：系统停了（\d\d:\d\d 起）$/);
      expect(hung.text).toContain('信息科 王五 13800000000');
      product.signal('SIGCONT');
      await mailThatSays(mail, /【回应已恢复】临江市信访局/);

      const countsBefore = mail.mails().length;
      tamper(
        folder,
        `INSERT INTO notice (id, revision, effectsNo, body, channel, priority, createdAt, waitsUntil)
       VALUES ('left', 1, 0, '{}', 'sms', 0, ?, ?)`,
        Date.now() - 120_000,
        Date.now() + 3_600_000,
      );
      await mailThatSays(mail, /最急的通知没有发出：从 .*，已等 2分钟/);
      // A countdown that the product cannot read holds up its clock.
      tamper(
        folder,
        `INSERT INTO countdown (id, revision, effectsNo, body, milestoneAt) VALUES ('broken', 1, 0, '{}', ?)`,
        Date.now() - 180_000,
      );
      await mailThatSays(mail, /时限提醒该响没响：应在 .*，已晚 3分钟/);
      tamper(folder, `DELETE FROM notice WHERE id = 'left'`);
      tamper(folder, `DELETE FROM countdown WHERE id = 'broken'`);
      await mailThatSays(mail, /曾经：\n(?:.*\n)*?\d\. 急件没有发出/);
      expect(mail.mails().length).toBeGreaterThan(countsBefore);

      product.signal('SIGKILL');
      await product.ended();
      const killedAt = Date.now();
      const isAfter = ({ receivedAt }: { receivedAt: Date }): boolean =>
        receivedAt.getTime() > killedAt;
      await expect
        .poll(
          () =>
            mail
              .mails()
              .filter(isAfter)
              .map(({ subject }) => subject)
              .join(),
          {
            timeout: 60_000,
          },
        )
        .toMatch(/系统停了|网页没有回答/);
      await start();
      await expect
        .poll(() => mail.mails().filter(isAfter).at(0)?.subject, { timeout: 60_000 })
        .toMatch(/^【回应已恢复】/);
      expect(await stop(dog)).toBe(EXIT.ok);
    },
  );
});

describe('its own ways', () => {
  test(
    'each way by itself: a text message at once, the mail when its server is back, though the watchdog was killed meanwhile',
    { timeout: 60_000 },
    async () => {
      const folder = await aDeadOffice();
      const port = await freePort();
      const gateway = await startFarSide(json({ code: '0' }));
      onTestFinished(async () => await gateway.close());
      setUpWatchdog(folder, port, {
        product: { folder: './data', url: null },
        channels: {
          email: mailTo(port, '回应看门狗 <dog@elsewhere.test>'),
          sms: {
            url: `${gateway.origin}/send`,
            body: '{"mobile":"{phone}","content":"{text}"}',
            answer: { field: 'code', success: ['0'] },
          },
        },
        receivers: [{ name: '张三', email: 'zhang@elsewhere.test', phone: '13800000001' }],
      });
      const first = runProduct(folder, ['watchdog']);
      await first.says(/没有送到 张三（email）：连不上邮件服务器/);
      await expect.poll(() => gateway.received.length, { timeout: 15_000 }).toBe(1);
      const text = JSON.parse(gateway.received[0]?.body ?? '') as Record<string, string>;
      expect(text['mobile']).toBe('13800000001');
      expect(text['content']).toMatch(
        /^【回应故障】临江市信访局：系统停了（\d\d:\d\d 起） 舆情先靠人工看、打电话通知。.*王五 13800000000/,
      );
      // Killed before it wrote down that the gateway took it, it would rightly send it again.
      const state = join(folder, 'data-watchdog/watchdog-state.json');
      const waiting = (): string[] =>
        (JSON.parse(readFileSync(state, 'utf8')) as { unsent: { channel: string }[] }).unsent.map(
          ({ channel }) => channel,
        );
      await expect.poll(waiting, { timeout: 15_000 }).toEqual(['email']);
      first.signal('SIGKILL');
      await first.ended();

      const mail = await openMailServer(port);
      const second = runProduct(folder, ['watchdog']);
      const told = await mailThatSays(mail, /系统停了/);
      expect(told.text).toContain('最后一次心跳是');
      await pause(1_500);
      expect([mail.mails().length, gateway.received.length]).toEqual([1, 1]);
      expect(await stop(second)).toBe(EXIT.ok);
    },
  );

  test('a look from a timer says by its exit code what it found', { timeout: 60_000 }, async () => {
    const folder = await aDeadOffice();
    const port = await freePort();
    setUpWatchdog(folder, port, { product: { folder: './data', url: null } });
    const look = async (): Promise<number | null> =>
      await runProduct(folder, ['watchdog', '--once']).ended();
    expect(await look()).toBe(EXIT.untold);
    const mail = await openMailServer(port);
    expect(await look()).toBe(EXIT.troubled);
    expect(await look()).toBe(EXIT.troubled);
    expect(mail.mails()).toHaveLength(1);

    tamper(folder, 'UPDATE heartbeat SET at = ?', Date.now() + 8_000);
    expect(await look()).toBe(EXIT.ok);
  });

  test(
    'a test goes by each way to each receiver, one down or not',
    { timeout: 60_000 },
    async () => {
      const folder = anOfficeFolder();
      const mail = await openMailServer();
      const sms = { url: `http://127.0.0.1:${await freePort()}/send`, answer: { success: ['ok'] } };
      const email = mailTo(mail.port, '回应看门狗 <dog@elsewhere.test>');
      setUpWatchdog(folder, mail.port, {
        channels: { email, sms },
        receivers: [
          { name: '张三', email: 'zhang@elsewhere.test', phone: '13800000001' },
          { name: '李四', email: 'li@elsewhere.test' },
        ],
      });
      const run = runProduct(folder, ['watchdog', '--test']);
      expect(await run.ended()).toBe(EXIT.partly);
      expect(run.stderr()).toMatch(/✓ 张三（邮件 zhang@elsewhere\.test）：邮件服务器已收下/);
      expect(run.stderr()).toMatch(/✗ 张三（短信 13800000001）：连不上对方/);
      expect(
        mail
          .mails()
          .map(({ to }) => to.join())
          .toSorted(),
      ).toEqual(['li@elsewhere.test', 'zhang@elsewhere.test']);
      expect(mail.mails()[0]?.subject).toMatch(/^【测试】临江市信访局：回应看门狗/);
    },
  );
});

describe('its settings', () => {
  test('the file that ships shows every default', () => {
    expect(WatchdogSchema.parse(parse(readFileSync('config/watchdog.yaml', 'utf8')))).toEqual(
      WatchdogSchema.parse({}),
    );
  });

  test.for([
    ['nobody to tell', { channels: {} }, /channels：至少配置 email 或 sms 一种/],
    [
      'nobody with an address',
      { receivers: [{ name: '李四', phone: '13800000001' }] },
      /没有一个接收人有邮箱/,
    ],
    ['nothing to watch', { product: { folder: null, url: null } }, /没有可看的/],
    ['its state in the product’s folder', { state: { folder: './data/dog' } }, /只读不写/],
    ['a misspelt key', { limits: { heartbeat: 1 } }, /没有这个设置，是不是想写 heartbeatMs？/],
    [
      'a secret that is not there',
      { channels: { email: { host: 'a', from: 'a@b.test', password: 'env:HUIYING_TEST_GONE' } } },
      /env:HUIYING_TEST_GONE 是空的或不存在/,
    ],
  ] as const)('%s is refused in a sentence', async ([, more, words]) => {
    const folder = anOfficeFolder();
    setUpWatchdog(folder, 25, more);
    const run = runProduct(folder, ['watchdog']);
    expect(await run.ended()).toBe(EXIT.settings);
    expect(run.stderr()).toMatch(words);
  });
});
