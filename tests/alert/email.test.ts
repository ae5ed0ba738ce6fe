import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import smtpServer from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { EmailChannel } from '../../alert/adapters/channels/email.ts';
import { deliverOn } from '#alert';
import { describeChannel, type Behaviour } from '../contracts/channel.contract.ts';
import { aNotice, openDelivery } from '../support/alerts.ts';

type Options = ConstructorParameters<typeof smtpServer.SMTPServer>[0];
/** Lines to the servers of this file, to be cut. */
const openSockets = new Set<Socket>();
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
  server.server.on('connection', (socket: Socket) => openSockets.add(socket));
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

const absent = (): EmailChannel =>
  new EmailChannel({
    host: '127.0.0.1',
    port: 1,
    security: 'none',
    from: 'a@b.example',
    timeoutMs: 300,
  });

describe('a mail server that', () => {
  test('greylists takes the mail at the second try', async () => {
    const tried = new Set<string>();
    const { channel, received } = await openMail({
      onRcptTo: ({ address }, _session, done) => {
        const isKnown = tried.has(address);
        tried.add(address);
        done(isKnown ? null : refuse(451));
      },
    });
    const { deps, clock, outbox } = openDelivery([channel]);
    await outbox.create(aNotice('n1'));
    await deliverOn('email', deps);
    const waiting = await outbox.findById('n1');
    expect(waiting).toMatchObject({ state: 'pending', attempts: [{ result: 'temporary' }] });
    clock.ms = waiting?.nextAt.getTime() ?? 0;
    await deliverOn('email', deps);
    expect(await outbox.findById('n1')).toMatchObject({ state: 'sent' });
    expect(received).toHaveLength(1);
  });

  test('drops the line after the body may have the mail: the next one says so', async () => {
    const bodies: string[] = [];
    let drops = 1;
    const { channel } = await openMail({
      onData: (stream, _session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          bodies.push(Buffer.concat(parts).toString());
          drops -= 1;
          if (drops < 0) return done();
          for (const one of openSockets) one.destroy();
        });
      },
    });
    const { deps, clock, outbox } = openDelivery([channel]);
    await outbox.create(aNotice('n1'));
    await deliverOn('email', deps);
    expect((await outbox.findById('n1'))?.state).toBe('unknown');
    clock.ms += 5_000;
    await deliverOn('email', deps);
    expect((await outbox.findById('n1'))?.state).toBe('sent');
    expect(bodies).toHaveLength(2);
  });

  test('refuses everything for a while is asked again, and refuses for good is not', async () => {
    const answers = [421, 452, 552];
    const { channel } = await openMail({
      onMailFrom: (_address, _session, done) => done(refuse(answers.shift() ?? 250)),
    });
    const results: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      results.push((await channel.send(aNotice(`n${index}`))).result);
    }
    expect(results).toEqual(['temporary', 'temporary', 'config']);
  });
});

const REFUSALS: Partial<Record<Behaviour, number>> = { tooFast: 450, broken: 451, refuses: 554 };
describeChannel(
  'mail',
  async (behaviour) => {
    if (behaviour === 'absent') return absent();
    const code = REFUSALS[behaviour];
    const { channel } = await openMail({
      ...(code && { onMailFrom: (_address, _session, done) => done(refuse(code)) }),
      ...(behaviour === 'silent' && { onData: (stream) => void stream.resume() }),
      ...(behaviour === 'hangsUp' && {
        onData: (stream) => {
          stream.resume();
          stream.on('end', () => openSockets.forEach((one) => one.destroy()));
        },
      }),
    });
    return channel;
  },
  ['top-secret'],
  // Mail has no word for too fast that differs from not now.
  { tooFast: 'temporary' },
);
