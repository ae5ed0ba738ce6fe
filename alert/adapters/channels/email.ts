import nodemailer, { type Transporter } from 'nodemailer';
import type { Notice } from '../../alert.ts';
import type { Channel, SendResult } from '../../ports.ts';

export interface EmailSettings {
  readonly host: string;
  readonly port: number;
  /** tls: from the first byte; startTls: required before anything else; none: this machine only. */
  readonly security: 'tls' | 'startTls' | 'none';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
  /** ms to wait for the connection, the greeting and each answer; below the lease of 30 s in sum. */
  readonly timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 8_000;

/** Mail by SMTP over a small pool of connections, as HTML with a plain text beside it. */
export class EmailChannel implements Channel {
  readonly kind = 'email';
  readonly #transport: Transporter;
  readonly #from: string;

  constructor(settings: EmailSettings) {
    const { host, port, security, user, password, from, timeoutMs = TIMEOUT_MS } = settings;
    this.#from = from;
    this.#transport = nodemailer.createTransport({
      pool: true,
      maxConnections: 3,
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'startTls',
      ignoreTLS: security === 'none',
      connectionTimeout: timeoutMs,
      // Sooner than the line's own limit: a server that never says a word cannot have taken a body.
      greetingTimeout: timeoutMs * 0.75,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(user && { auth: { user, pass: password ?? '' } }),
    });
  }

  async send(notice: Notice): Promise<SendResult> {
    try {
      await this.#transport.sendMail({
        from: this.#from,
        to: { name: notice.receiver.name, address: notice.receiver.address },
        subject: notice.subject,
        text: notice.text,
        html: notice.html,
        // One id per notice: a mail program that sees it twice shows it once.
        messageId: `<${notice.id}@huiying.local>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { result: 'ok', detail: '邮件服务器已收下' };
    } catch (error) {
      return resultOf(error);
    }
  }

  async close(): Promise<void> {
    this.#transport.close();
  }
}

/** What the SMTP client says of a failure; its message may quote credentials and is never shown. */
interface SmtpFailure {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly syscall?: string;
  readonly message?: string;
}

/** Failures at which no body can have been under way; the client tells these apart by message only. */
function isBeforeBody({ code, command, syscall, message = '' }: SmtpFailure): boolean {
  const isConnecting = /^(connection timeout|greeting never received)/i.test(message);
  return code === 'EDNS' || syscall === 'connect' || command === 'API' || isConnecting;
}

function resultOf(thrown: unknown): SendResult {
  const failure: SmtpFailure = thrown instanceof Error ? thrown : {};
  const { code = '', command = '', responseCode } = failure;
  if (code === 'EAUTH')
    return { result: 'config', detail: '邮件服务器拒绝登录，请检查用户名和密码' };
  if (code === 'ETLS') return { result: 'config', detail: '与邮件服务器的加密连接没有建立' };
  if (responseCode !== undefined && responseCode >= 500) {
    const isReceiver = code === 'EENVELOPE' && command.startsWith('RCPT');
    return isReceiver
      ? { result: 'content', detail: `收件地址被拒绝（${responseCode}）` }
      : { result: 'config', detail: `邮件服务器拒收（${responseCode}）` };
  }
  if (responseCode !== undefined && responseCode >= 400) {
    return { result: 'temporary', detail: `邮件服务器暂时不收（${responseCode}）` };
  }
  if (code === 'EENVELOPE') return { result: 'content', detail: '收件地址无法使用' };
  // Later the body may have been on its way: whether it arrived nobody can say.
  const isSure = isBeforeBody(failure);
  if (!isSure) return { result: 'unknown', detail: '邮件可能已发出，未收到邮件服务器的答复' };
  return { result: 'temporary', detail: '连不上邮件服务器，或它没有及时答复' };
}
