import { expect, onTestFinished, test, vi } from 'vitest';
import { createChangeFeed, type ChangeFeed } from '#server';
import { anOffice, START } from './support.ts';

/** Reads what a stream says until `enough` of it has come, over real HTTP on loopback. */
async function listen(
  office: Awaited<ReturnType<typeof anOffice>>,
  headers: Record<string, string>,
  enough: (text: string) => boolean,
  whenOpen: () => void = () => undefined,
): Promise<{ text: string; answer: Response }> {
  const address = office.app.server.listening
    ? `http://127.0.0.1:${(office.app.server.address() as { port: number }).port}`
    : await office.app.listen({ host: '127.0.0.1', port: 0 });
  const stop = new AbortController();
  const answer = await fetch(`${address}/api/v1/stream`, { headers, signal: stop.signal });
  whenOpen();
  let text = '';
  const decoder = new TextDecoder();
  for await (const piece of answer.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (enough(text)) break;
  }
  stop.abort();
  return { text, answer };
}

const idsIn = (text: string): number[] =>
  [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

test('a screen hears of a change at once, and after a break of all it missed, once each', async () => {
  const office = await anOffice();
  const headers = await office.signIn(await office.hire('张三', ['dutyOfficer']));
  const { changes } = office.deps;

  const first = await listen(
    office,
    headers,
    (text) => idsIn(text).length === 2,
    () => {
      changes.publish('event', 'event-1');
      changes.publish('alert', 'alert-1');
    },
  );
  expect(first.answer.headers.get('content-type')).toContain('text/event-stream');
  expect(first.answer.headers.get('x-accel-buffering')).toBe('no');
  expect(first.answer.headers.get('cache-control')).toContain('no-cache');
  const [id = 0] = idsIn(first.text);
  expect(first.text).toContain(`data: {"id":${id},"kind":"event","ref":"event-1"}`);

  changes.publish('countdown', 'countdown-1');
  const again = await listen(
    office,
    { ...headers, 'last-event-id': String(id) },
    (text) => idsIn(text).length === 2,
  );
  expect(idsIn(again.text)).toEqual([id + 1, id + 2]);
});

test('nobody listens without signing in', async () => {
  const { app } = await anOffice();
  expect((await app.inject({ url: '/api/v1/stream' })).statusCode).toBe(401);
});

test('open screens are counted, and no longer when they have gone', async () => {
  const office = await anOffice();
  const headers = await office.signIn(await office.hire('张三', ['dutyOfficer']));
  const clients = async (): Promise<string> => {
    const { body } = await office.app.inject({ url: '/metrics' });
    return /^huiying_sse_clients (\d+)$/m.exec(body)?.[1] ?? 'none';
  };
  let whileOpen: Promise<string> | undefined;
  await listen(
    office,
    headers,
    (text) => text.includes(': open'),
    () => (whileOpen = clients()),
  );
  expect(await whileOpen).toBe('1');
  await expect.poll(clients).toBe('0');
});

test('closing the server does not wait for open screens', async () => {
  const office = await anOffice();
  const headers = await office.signIn(await office.hire('张三', ['dutyOfficer']));
  const address = await office.app.listen({ host: '127.0.0.1', port: 0 });
  const answer = await fetch(`${address}/api/v1/stream`, { headers });
  await office.app.close();
  await expect(answer.text()).rejects.toThrow();
});

test('a quiet stream says every 15 seconds that it lives, and ends with the session', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const office = await anOffice();
  const headers = await office.signIn(await office.hire('张三', ['dutyOfficer']));
  const answer = await office.app.inject({ url: '/api/v1/stream', headers, payloadAsStream: true });
  let text = '';
  const stream = answer.stream().setEncoding('utf8');
  stream.on('data', (piece: string) => (text += piece));
  const ended = new Promise<void>((resolve) => stream.once('end', resolve));

  await vi.advanceTimersByTimeAsync(30_000);
  office.pass(12 * 60);
  await vi.advanceTimersByTimeAsync(15_000);
  await ended;
  expect(text.match(/^: alive$/gm)).toHaveLength(3);
});

test('asking for the head of the stream opens none', async () => {
  const office = await anOffice();
  const headers = await office.signIn(await office.hire('张三', ['dutyOfficer']));
  await office.app.inject({ method: 'HEAD', url: '/api/v1/stream', headers });
  const { body } = await office.app.inject({ url: '/metrics' });
  expect(body).toMatch(/^huiying_sse_clients 0$/m);
});

const refsSince = (feed: ChangeFeed, id: number): string[] =>
  feed.since(id).map(({ kind, ref }) => (kind === 'all' ? 'all' : ref));

test('a feed tells what came after an id, or that it no longer knows', () => {
  const feed = createChangeFeed(START);
  const before = START.getTime();
  expect(refsSince(feed, before)).toEqual([]);
  for (let n = 1; n <= 1_200; n += 1) feed.publish('event', `event-${n}`);

  expect(refsSince(feed, before + 1_200)).toEqual([]);
  expect(refsSince(feed, before + 1_198)).toEqual(['event-1199', 'event-1200']);
  expect(refsSince(feed, before + 200)).toHaveLength(1_000);
  // The 200 oldest are forgotten: a reader from there asks for everything again.
  expect(refsSince(feed, before + 199)).toEqual(['all']);
  expect(refsSince(feed, 5)).toEqual(['all']);
  expect(refsSince(feed, before + 99_999)).toEqual(['all']);
});

test('after a restart a screen learns that it missed something', () => {
  const before = createChangeFeed(START);
  before.publish('event', 'event-1');
  const after = createChangeFeed(new Date(START.getTime() + 60_000));
  expect(refsSince(after, before.since(START.getTime())[0]?.id ?? 0)).toEqual(['all']);
});
