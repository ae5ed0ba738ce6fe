import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import {
  startMailCatcher,
  type CaughtMail,
  type MailCatcher,
} from '../../config/drill/mail-catcher.ts';

/** Limits short enough for a test; the intervals of the product's own heartbeats fit in. */
export const SHORT_LIMITS = {
  heartbeatMs: 12_000,
  countdownOverdueMs: 3_000,
  graveNoticeMs: 3_000,
  notReadyMs: 3_000,
  answerWithinMs: 1_000,
  startMs: 3_000,
  leastFreeBytes: 0,
};

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A mail server of its own. */
export async function openMailServer(smtpPort = 0): Promise<MailCatcher & { port: number }> {
  const server = await startMailCatcher({ smtpPort });
  onTestFinished(async () => await server.close());
  return { ...server, port: Number(new URL(server.smtpUrl).port) };
}

export const mailTo = (port: number, from: string) => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  from,
});

/** Writes watchdog.yaml into the folder of an office. */
export function setUpWatchdog(folder: string, smtpPort: number, more: object = {}): void {
  const settings = {
    office: { name: '临江市信访局', contact: '信息科 王五 13800000000' },
    everyMs: 300,
    calmMs: 1_000,
    limits: SHORT_LIMITS,
    channels: { email: mailTo(smtpPort, '回应看门狗 <dog@elsewhere.test>') },
    receivers: [{ name: '张三', email: 'zhang@elsewhere.test' }],
    ...more,
  };
  writeFileSync(join(folder, 'watchdog.yaml'), stringify(settings));
}

/** Waits for a mail whose subject and text hold this. @throws after `withinMs` ms, with what came instead */
export async function mailThatSays(
  server: MailCatcher,
  pattern: RegExp,
  withinMs = 60_000,
): Promise<CaughtMail> {
  const endsAt = Date.now() + withinMs;
  for (;;) {
    const mail = server.mails().find(({ subject, text }) => pattern.test(`${subject}\n${text}`));
    if (mail) return mail;
    if (Date.now() > endsAt) {
      const subjects = server.mails().map(({ subject }) => subject);
      throw new Error(`no mail says ${pattern}; came: ${subjects.join(' | ')}`);
    }
    await pause(50);
  }
}
