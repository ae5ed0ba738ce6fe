import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import smtpServer from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { EmailChannel } from '../../alert/adapters/channels/email.ts';
import { aNotice } from '../support/alerts.ts';

type Options = ConstructorParameters<typeof smtpServer.SMTPServer>[0];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function openMail(options: Options, user?: string) {
  const received: string[] = [];
  const server = new smtpServer.SMTPServer({
    disabledCommands: user ? ['STARTTLS'] : ['AUTH', 'STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    closeTimeout: 100,
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        received.push(Buffer.concat(parts).toString());
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const channel = new EmailChannel({
    host: '127.0.0.1',
    port,
    security: 'none',
    from: '回应 <huiying@office.example>',
    timeoutMs: 300,
    ...(user && { user, password: 'top-secret' }),
  });
  closing.push(async () => {
    await channel.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { channel, received };
}

const refuse = (responseCode: number): Error => Object.assign(new Error('no'), { responseCode });

test('a mail arrives as text and as HTML', async () => {
  const { channel, received } = await openMail({});
  expect(await channel.send(aNotice('n1'))).toMatchObject({ result: 'ok' });
  expect(received[0]).toContain('first@office.example');
  expect(received[0]).toMatch(/text\/plain[\s\S]*text\/html/);
});

test.each([
  [450, 'temporary'],
  [550, 'content'],
] as const)('a receiver refused with %i is %s', async (code, result) => {
  const { channel } = await openMail({
    onRcptTo: (_address, _session, done) => done(refuse(code)),
  });
  expect((await channel.send(aNotice('n1'))).result).toBe(result);
});

test('a body refused for good is a matter of settings', async () => {
  const { channel } = await openMail({
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done(refuse(554)));
    },
  });
  expect((await channel.send(aNotice('n1'))).result).toBe('config');
});

test('a refused sign-in is a matter of settings, and no password shows', async () => {
  const { channel } = await openMail(
    { onAuth: (_auth, _session, done) => done(refuse(535)) },
    'huiying',
  );
  const sent = await channel.send(aNotice('n1'));
  expect(sent.result).toBe('config');
  expect(sent.detail).not.toContain('top-secret');
});

test('no answer after the body leaves open whether it arrived', async () => {
  const { channel } = await openMail({ onData: (stream) => void stream.resume() });
  expect((await channel.send(aNotice('n1'))).result).toBe('unknown');
});

test('nobody listening is tried again', async () => {
  const channel = new EmailChannel({
    host: '127.0.0.1',
    port: 1,
    security: 'none',
    from: 'a@b.example',
    timeoutMs: 300,
  });
  expect((await channel.send(aNotice('n1'))).result).toBe('temporary');
  await channel.close();
});
