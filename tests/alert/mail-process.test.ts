import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { deliverNotices, deliverOn, type Channel } from '#alert';
import { EmailChannel } from '../../alert/adapters/channels/email.ts';
import { aNotice, FakeFarSide, openDelivery } from '../support/alerts.ts';

const SERVER = fileURLToPath(new URL('../support/smtp-process.ts', import.meta.url));
const running: ChildProcess[] = [];
const channels: EmailChannel[] = [];
afterEach(async () => {
  for (const channel of channels.splice(0)) await channel.close();
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

async function startServer(behaviour: string, port = 0) {
  const child = spawn(process.execPath, [SERVER, behaviour, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines = createInterface({ input: child.stdout });
  const [first] = (await once(lines, 'line')) as [string];
  const received: string[] = [];
  lines.on('line', (id) => received.push(id));
  return { child, port: Number(first), received };
}

async function delivery(port: number, ...others: Channel[]) {
  const channel = new EmailChannel({
    host: '127.0.0.1',
    port,
    security: 'none',
    from: '回应 <huiying@office.example>',
    timeoutMs: 400,
  });
  channels.push(channel);
  const opened = openDelivery([channel, ...others]);
  const receiver = {
    personId: 'first',
    name: '值班员',
    address: 'first@office.example',
    email: 'first@office.example',
    phone: '13800000000',
  };
  await opened.outbox.create(aNotice('n1', { receiver }));
  const look = async () => await opened.outbox.findById('n1');
  /** Lets the time of the next try come, and tries. */
  const tryAgain = async () => {
    opened.clock.ms = Math.max(opened.clock.ms, (await look())?.nextAt.getTime() ?? 0);
    await deliverOn('email', opened.deps);
    return await look();
  };
  return { ...opened, tryAgain };
}

test('greylisted, a mail is taken at a later try, once', async () => {
  const server = await startServer('greylist');
  const { tryAgain } = await delivery(server.port);
  expect(await tryAgain()).toMatchObject({ state: 'pending', attempts: [{ result: 'temporary' }] });
  expect(await tryAgain()).toMatchObject({ state: 'sent' });
  await expect.poll(() => server.received).toEqual(['n1']);
});

test('a mailbox that is full is tried again, an address that is refused is not', async () => {
  const full = await delivery((await startServer('full')).port);
  expect(await full.tryAgain()).toMatchObject({
    state: 'pending',
    attempts: [{ result: 'temporary' }],
  });
  const refused = await delivery((await startServer('refuse')).port);
  expect(await refused.tryAgain()).toMatchObject({
    state: 'dead',
    attempts: [{ result: 'content' }],
  });
});

test('killed after the body, the server may have the mail: it comes again under the same id', async () => {
  const server = await startServer('dies');
  const { tryAgain } = await delivery(server.port);
  expect(await tryAgain()).toMatchObject({ state: 'unknown' });
  expect(server.received).toEqual(['n1']);
  if (server.child.signalCode === null) await once(server.child, 'exit');
  // While it is gone nothing is lost.
  expect(await tryAgain()).toMatchObject({ attempts: [{}, { result: 'temporary' }] });
  const back = await startServer('takes', server.port);
  expect(await tryAgain()).toMatchObject({ state: 'sent' });
  await expect.poll(() => back.received).toEqual(['n1']);
});

test('a server that never says a word costs its time limit, and the mail is tried again', async () => {
  const server = await startServer('silent');
  const { tryAgain } = await delivery(server.port);
  const begun = performance.now();
  expect(await tryAgain()).toMatchObject({ state: 'pending', attempts: [{ result: 'temporary' }] });
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test('a server that takes the body and never answers may have the mail', async () => {
  const { tryAgain } = await delivery((await startServer('swallows')).port);
  expect(await tryAgain()).toMatchObject({ state: 'unknown', attempts: [{ result: 'unknown' }] });
});

test('where the address is refused for good, a text message goes out in its place', async () => {
  const sms = new FakeFarSide('sms');
  const { tryAgain, deps, outbox } = await delivery((await startServer('refuse')).port, sms);
  expect(await tryAgain()).toMatchObject({ state: 'dead' });
  await deliverNotices(deps);
  await deliverNotices(deps);
  expect(sms.taken.map(({ receiver }) => receiver.address)).toEqual(['13800000000']);
  expect(await outbox.findById('n1')).toMatchObject({ state: 'dead' });
});
