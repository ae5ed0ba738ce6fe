import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { digestOf, MINUTE_MS, Unreadable } from '#core';
import type { ReadItem } from '../read-item.ts';

const MOST_ITEMS = 500;
const MOST_CHARACTERS = 100_000;
/** Older or further ahead than this a signed message is not taken: it may be somebody's copy. */
const MOST_SKEW_MS = 5 * MINUTE_MS;

const PushItemSchema = z.strictObject({
  /** What the sender knows it by; the same key with the same text is one item. */
  key: z.string().min(1).max(500).optional(),
  title: z.string().max(500).default(''),
  text: z.string().min(1).max(MOST_CHARACTERS),
  url: z.url({ protocol: /^https?$/ }).optional(),
  publishedAt: z.string().max(100).default(''),
  author: z.string().max(200).optional(),
  interactions: z.int().min(0).optional(),
});

/** What is pushed to us: items as the sender has them. */
export const PushBodySchema = z.strictObject({
  items: z.array(PushItemSchema).min(1).max(MOST_ITEMS),
});

/** @param body as received @throws {Unreadable} when it is not what the schema says */
export function parsePush(body: string): { readonly items: readonly ReadItem[] } {
  const parsed = PushBodySchema.safeParse(readJson(body));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Unreadable(
      `推送内容（${issue?.path.join('.') ?? ''}：${issue?.message ?? ''}）`,
      parsed.error,
    );
  }
  return { items: parsed.data.items.map(toReadItem) };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new Unreadable('推送内容（不是 JSON）', cause);
  }
}

function toReadItem(item: z.infer<typeof PushItemSchema>): ReadItem {
  const { key, title, text, url = '', publishedAt, author, interactions } = item;
  return {
    key: key ?? (url || digestOf(`${title}\n${text}`)),
    url,
    title: title || text.slice(0, 40),
    text,
    published: publishedAt,
    publishedFrom: 'feed',
    ...(author && { author }),
    ...(interactions !== undefined && { interactions }),
    needsArticle: false,
  };
}

/** What a sender puts beside the body: `hex(HMAC-SHA256(secret, timestamp + "." + body))`. */
export function signPush(secret: string, timestamp: string, body: Uint8Array): string {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
}

/**
 * Why a push is not taken; undefined when it is.
 *
 * @param timestamp seconds since the epoch, as sent
 */
export function refusePush(
  push: { readonly timestamp: string; readonly signature: string; readonly body: Uint8Array },
  secret: string,
  now: Date,
): string | undefined {
  const sentMs = Number(push.timestamp) * 1_000;
  if (!Number.isFinite(sentMs) || Math.abs(sentMs - now.getTime()) > MOST_SKEW_MS) {
    return '时间戳与本机相差超过五分钟';
  }
  const expected = Buffer.from(signPush(secret, push.timestamp, push.body));
  const given = Buffer.from(push.signature);
  const isSame = expected.length === given.length && timingSafeEqual(expected, given);
  return isSame ? undefined : '签名不对';
}
