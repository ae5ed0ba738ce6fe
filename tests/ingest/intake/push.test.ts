import { expect, test } from 'vitest';
import { Unreadable } from '#core';
import { parsePush, refusePush, signPush } from '../../../ingest/intake/push.ts';
import { NOON } from '../../support/posts.ts';

const body = Buffer.from(JSON.stringify({ items: [{ text: '澜北停水' }] }));
const timestamp = String(NOON.getTime() / 1_000);
const signed = { timestamp, body, signature: signPush('secret', timestamp, body) };

test('a message signed with the secret, at its time, is taken', () => {
  expect(refusePush(signed, 'secret', NOON)).toBeUndefined();
});

test.for([
  { what: 'another secret', push: signed, secret: 'other', why: '签名不对' },
  {
    what: 'one changed character',
    push: { ...signed, body: Buffer.from(body.toString().replace('停水', '停电')) },
    secret: 'secret',
    why: '签名不对',
  },
  {
    what: 'a cut signature',
    push: { ...signed, signature: 'ab' },
    secret: 'secret',
    why: '签名不对',
  },
  {
    what: 'a copy of last hour’s message',
    push: { timestamp: '1', body, signature: signPush('secret', '1', body) },
    secret: 'secret',
    why: '时间戳与本机相差超过五分钟',
  },
  {
    what: 'a time that is none',
    push: { ...signed, timestamp: 'soon' },
    secret: 'secret',
    why: '时间戳与本机相差超过五分钟',
  },
])('$what is refused', ({ push, secret, why }) => {
  expect(refusePush(push, secret, NOON)).toBe(why);
});

test('items are known by their key, else their address, else their words', () => {
  const { items } = parsePush(
    JSON.stringify({
      items: [
        { key: 'A1', text: '一' },
        { url: 'https://a.test/1', text: '二' },
        { text: '三' },
        { text: '三' },
      ],
    }),
  );
  expect(items.map(({ key }) => key).slice(0, 2)).toEqual(['A1', 'https://a.test/1']);
  expect(items[2]?.key).toBe(items[3]?.key);
});

test.for([
  '',
  '[]',
  '{"items":[]}',
  '{"items":[{"text":"a","autor":"b"}]}',
  '{"items":[{"text":""}]}',
])('%s is no push, and says so', (text) => {
  expect(() => parsePush(text)).toThrow(Unreadable);
});
