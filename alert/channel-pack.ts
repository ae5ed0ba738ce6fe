import { z } from 'zod';
import { Unreadable } from '#core';
import { ChannelKindSchema, type ChannelKind } from './alert.ts';

const Ms = z.int().positive();

/** What a far side's own code means. With `says` only where its words hold this one. */
const AnswerCodeSchema = z.strictObject({
  code: z.int(),
  says: z.string().optional(),
  result: z.enum(['ok', 'rate', 'temporary', 'config', 'content']),
  why: z.string().min(1),
});
export type AnswerCode = Readonly<z.infer<typeof AnswerCodeSchema>>;

const LimitSchema = z
  .strictObject({
    /** Counted over everything the route sends, or for each person it sends to. */
    each: z.enum(['route', 'person']),
    most: z.int().positive(),
    perMs: Ms,
    /** Of `most`, so many are for priority 0 only. */
    reserved: z.int().min(0).default(0),
  })
  .refine(({ most, reserved }) => reserved < most, { error: 'reserved 必须小于 most' });
export type Limit = Readonly<z.infer<typeof LimitSchema>>;

const RouteRuleSchema = z.strictObject({
  limits: z.array(LimitSchema),
  /** So long nothing is sent after the far side said it was too fast. */
  closeOnRateMs: Ms,
  /** Longest text in UTF-8 bytes; absent where there is no limit. */
  mostBytes: z.int().min(300).optional(),
  codes: z.array(AnswerCodeSchema),
});
export type RouteRule = Readonly<z.infer<typeof RouteRuleSchema>>;

/** 通道规则包: how fast and how often each way is used, and what its answers mean. */
export const ChannelPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  retry: z.strictObject({
    /** Waits before the next try, the last one for ever after. */
    backOffMs: z.array(Ms).min(1),
    fallbackAfterFailures: z.int().positive(),
    fallbackAfterMs: Ms,
  }),
  /** In which order a receiver's other ways are taken. */
  order: z.array(ChannelKindSchema).min(1),
  /** Ways of one family fail together. */
  families: z.partialRecord(ChannelKindSchema, z.string()),
  breaker: z.strictObject({ openAfterFailures: z.int().positive(), openForMs: Ms }),
  storm: z.strictObject({
    /** So many in a window go out one by one; the next one begins the digests. */
    most: z.int().positive(),
    windowMs: Ms,
    digestEveryMs: Ms,
    quietMs: Ms,
  }),
  routes: z.partialRecord(ChannelKindSchema, RouteRuleSchema),
});
export type ChannelPack = Readonly<z.infer<typeof ChannelPackSchema>>;

const NO_RULE: RouteRule = { limits: [], closeOnRateMs: 60_000, codes: [] };

/** A channel the pack does not speak of has no limits. */
export const routeRuleOf = (pack: ChannelPack, kind: ChannelKind): RouteRule =>
  pack.routes[kind] ?? NO_RULE;

/** @throws {Unreadable} when the value does not keep the schema */
export function parseChannelPack(value: unknown): ChannelPack {
  const parsed = ChannelPackSchema.safeParse(value);
  if (!parsed.success) throw new Unreadable('通道规则包', parsed.error);
  return parsed.data;
}
