import { pino } from 'pino';
import { compose, type Product } from '../../config/compose.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { startMailServer } from '../../bench/support/mail-server.ts';
import { json, startFarSide, type FarSide } from './far-side.ts';

const PASSWORD = 'chuang-wai-yu-sheng-9';
const SECRET = 'gateway-secret-of-the-test';

export interface ComposedOffice {
  readonly url: string;
  readonly product: Product;
  readonly sms: FarSide;
  readonly robot: FarSide;
  readonly password: string;
  readonly secret: string;
  /** What carries a request as the system administrator, whose password is changed already. */
  readonly headers: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The whole product in this process, with mail, a text message gateway and a messenger on loopback. */
export async function composeOffice(folder: string): Promise<ComposedOffice> {
  const mail = await startMailServer();
  const sms = await startFarSide(json({ code: '0' }));
  const robot = await startFarSide(json({ errcode: 0, errmsg: 'ok' }));
  const smtp = new URL(mail.url);
  process.env['HUIYING_TEST_CHANNEL_SECRET'] = SECRET;
  const secret = 'env:HUIYING_TEST_CHANNEL_SECRET';
  const settings = SettingsSchema.parse({
    office: { name: '滨河市舆情工作办公室' },
    server: { port: 0 },
    storage: { folder },
    sources: { packs: [] },
    channels: {
      email: {
        host: smtp.hostname,
        port: Number(smtp.port),
        security: 'none',
        from: '回应 <huiying@office.test>',
      },
      sms: {
        url: `${sms.origin}/send`,
        body: '{"to":"{phone}","text":"{text}","key":"{secret}"}',
        secret,
        answer: { field: 'code', success: ['0'], rate: ['LIMIT'] },
        replies: { secret, phoneField: 'from', textField: 'content' },
        receipts: { secret, delivered: ['DELIVRD'], failed: ['UNDELIV'] },
      },
      govIm: { format: 'wecom', origin: robot.origin, key: secret },
    },
  });
  const realNow = (): Date => new Date();
  const log = pino({ level: 'silent' });
  const product = await compose(settings, { now: realNow, realNow, log });
  const { url } = product;
  const { signInName = '', oneTimePassword = '' } = product.firstAdministrator ?? {};
  const opened = await signIn(url, signInName, oneTimePassword);
  const changed = await fetch(`${url}/api/v1/password`, {
    method: 'POST',
    headers: { ...opened, 'content-type': 'application/json' },
    body: JSON.stringify({ oldPassword: oneTimePassword, newPassword: PASSWORD }),
  });
  if (!changed.ok) throw new Error(await changed.text());
  const headers = await signIn(url, signInName, PASSWORD);
  return {
    url,
    product,
    sms,
    robot,
    password: PASSWORD,
    secret: SECRET,
    headers,
    close: async () => {
      await product.close();
      await Promise.all([mail.close(), sms.close(), robot.close()]);
    },
  };
}

async function signIn(url: string, signInName: string, password: string) {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ signInName, password }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  return { cookie, 'x-csrf-token': csrfToken };
}
