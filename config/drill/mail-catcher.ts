import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Server as NetServer } from 'node:net';
import mailparser, { type AddressObject } from 'mailparser';
import smtpServer from 'smtp-server';
import { newId, type Now } from '#core';
import {
  framedHtml,
  MAIL_STYLE,
  mailListPage,
  mailPage,
  missingMailPage,
  type CaughtMail,
} from './mail-pages.ts';

export type { CaughtMail } from './mail-pages.ts';

export interface MailCatcherSettings {
  /** Any free port where absent. */
  readonly smtpPort?: number;
  readonly webPort?: number;
  /** Stamps what comes in; the drill's time in a drill. */
  readonly now?: Now;
}

export interface MailCatcher {
  /** For the mail channel's settings: smtp://127.0.0.1:port */
  readonly smtpUrl: string;
  /** For people: a page that lists what came in. */
  readonly webUrl: string;
  /** Newest first. */
  mails(): readonly CaughtMail[];
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MOST_MAILS = 1_000;
const MOST_MAIL_BYTES = 1024 * 1024;

/** Takes every mail of a drill and lets no one further have it; a page shows what came in. */
export async function startMailCatcher(settings: MailCatcherSettings = {}): Promise<MailCatcher> {
  const { smtpPort = 0, webPort = 0, now = () => new Date() } = settings;
  const caught: CaughtMail[] = [];
  const smtp = new smtpServer.SMTPServer({
    // No TLS and no sign-in: it listens on this machine only and keeps nothing.
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MOST_MAIL_BYTES,
    logger: false,
    // A pooled sender keeps its connection open; closing does not wait half a minute for it.
    closeTimeout: 500,
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      mailparser.simpleParser(stream, {}).then(
        (mail) => {
          if (stream.sizeExceeded) {
            const error = Object.assign(new Error('邮件超过 1 MB'), { responseCode: 552 });
            done(error);
            return;
          }
          caught.unshift({
            id: newId(),
            from: addressText(mail.from),
            to,
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            html: mail.html === false ? undefined : mail.html,
            receivedAt: now(),
          });
          caught.splice(MOST_MAILS);
          done();
        },
        (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause))),
      );
    },
  });
  // A client that breaks off is its own concern; without a listener it would end the process.
  smtp.on('error', () => undefined);
  const web = createServer((request, response) => answer(caught, request, response));
  const close = async (): Promise<void> => {
    await Promise.all([stopSmtp(smtp), stopWeb(web)]);
  };
  try {
    const smtpAddress = await listen(smtp.server, () => smtp.listen(smtpPort, HOST));
    const webAddress = await listen(web, () => web.listen(webPort, HOST));
    return {
      smtpUrl: `smtp://${HOST}:${smtpAddress}`,
      webUrl: `http://${HOST}:${webAddress}/`,
      mails: () => [...caught],
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A mail brings its own style; it brings no script, no picture from outside, no form. */
const FRAME_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

function answer(
  caught: readonly CaughtMail[],
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const path = new URL(request.url ?? '/', `http://${HOST}`).pathname;
  const send = (status: number, body: string, type = 'text/html', policy = PAGE_POLICY): void => {
    response.writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  if (path === '/') return send(200, mailListPage(caught));
  if (path === '/style.css') return send(200, MAIL_STYLE, 'text/css');
  const [, id, part] = /^\/mails\/([0-9a-f]+)(\/html)?$/.exec(path) ?? [];
  const mail = caught.find((one) => one.id === id);
  if (!mail) return send(404, missingMailPage());
  if (part === undefined) return send(200, mailPage(mail));
  return send(200, framedHtml(mail.html ?? ''), 'text/html', FRAME_POLICY);
}

function addressText(address: AddressObject | undefined): string {
  return address?.text ?? '';
}

/** Starts listening and says on which port. */
async function listen(server: NetServer, start: () => void): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      resolve();
    });
    start();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

async function stopSmtp(server: InstanceType<typeof smtpServer.SMTPServer>): Promise<void> {
  if (!server.server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}

async function stopWeb(server: Server): Promise<void> {
  server.closeAllConnections();
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
