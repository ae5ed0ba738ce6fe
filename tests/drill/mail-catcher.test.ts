import nodemailer from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMailCatcher, type MailCatcher } from '../../config/drill/mail-catcher.ts';

let catcher: MailCatcher;
beforeEach(async () => {
  catcher = await startMailCatcher({ now: () => new Date('2026-11-24T02:00:00Z') });
});
afterEach(() => catcher.close());

async function deliver(mail: { subject: string; text?: string; html?: string }): Promise<void> {
  const sender = nodemailer.createTransport(catcher.smtpUrl);
  await sender.sendMail({ from: 'huiying@drill.invalid', to: 'duty@drill.invalid', ...mail });
  sender.close();
}

test('a real mail is caught and can be read, escaped', async () => {
  const text = '请确认 http://127.0.0.1:8080/a?x=1&y=2 <script>alert(1)</script>';
  await deliver({ subject: '【演练】橙·重大 <b>坍塌</b>', text, html: '<p>请<b>确认</b></p>' });
  const [mail] = catcher.mails();
  expect(mail).toMatchObject({
    subject: '【演练】橙·重大 <b>坍塌</b>',
    to: ['duty@drill.invalid'],
  });

  const list = await fetch(catcher.webUrl);
  const listPage = await list.text();
  expect(listPage).toContain('橙·重大 &lt;b&gt;坍塌&lt;/b&gt;');
  expect(listPage).toContain('http-equiv="refresh"');
  expect(listPage).toContain('演练');
  expect(list.headers.get('content-security-policy')).not.toContain('unsafe');

  const page = await (await fetch(new URL(`/mails/${mail?.id}`, catcher.webUrl))).text();
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('<script>');
  expect(page).toContain('href="http://127.0.0.1:8080/a?x=1&amp;y=2" target="_blank"');
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
});

test('the HTML part runs nothing: its own headers forbid scripts, pictures and forms', async () => {
  await deliver({ subject: '一', html: '<p>正文</p><script>alert(1)</script>' });
  const url = new URL(`/mails/${catcher.mails()[0]?.id}/html`, catcher.webUrl);
  const response = await fetch(url);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("form-action 'none'");
  expect(policy).toContain('sandbox allow-popups');
  expect(policy).not.toMatch(/allow-scripts|script-src/);
  expect(await response.text()).toContain('<base target="_blank"><p>正文</p>');
});

test('the newest mail stands first', async () => {
  await deliver({ subject: '先', text: '一' });
  await deliver({ subject: '后', text: '二' });
  expect(catcher.mails().map(({ subject }) => subject)).toEqual(['后', '先']);
});

test('a mail over the size limit is refused and not kept', async () => {
  await expect(deliver({ subject: '大', text: '大'.repeat(1_500_000) })).rejects.toThrow();
  expect(catcher.mails()).toEqual([]);
});

test('an unknown mail is a page that says so', async () => {
  const response = await fetch(new URL('/mails/abc', catcher.webUrl));
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('没有这封邮件');
});
