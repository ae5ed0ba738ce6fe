import { z } from 'zod';
import { Moment } from './common.ts';

/** One notice as the channel page shows it: no text, for whoever keeps the channels handles no matter. */
export const ChannelNoticeView = z.object({
  id: z.string(),
  shortCode: z.string(),
  receiver: z.string(),
  isTest: z.boolean(),
  state: z.string(),
  /** 待发送, 已提交, 结果不明, 未送出, 已合并 … with the reason, in words. */
  stateName: z.string(),
  createdAt: Moment,
  /** Four facts, each only where it is proved. */
  submittedAt: Moment.optional(),
  deliveredAt: Moment.optional(),
  readAt: Moment.optional(),
  acknowledgedAt: Moment.optional(),
});
export type ChannelNoticeView = z.infer<typeof ChannelNoticeView>;

export const ChannelView = z.object({
  kind: z.string(),
  name: z.string(),
  reaches: z.enum(['person', 'group', 'program']),
  /** limited: too fast, by our rule or theirs; open: stopped after failures; trial: about to be tried again. */
  state: z.enum(['ok', 'limited', 'open', 'trial', 'notSetUp']),
  stateName: z.string(),
  /** Why it is not 正常, and until when. */
  why: z.string().optional(),
  /** `left` is absent where it differs from person to person. */
  quotas: z.array(z.object({ words: z.string(), most: z.int(), left: z.int().optional() })),
  lastOkAt: Moment.optional(),
  lastFailure: z.object({ at: Moment, detail: z.string() }).optional(),
  /** Notices still to be sent. */
  waiting: z.int(),
  /** Newest first. */
  recent: z.array(ChannelNoticeView),
});
export type ChannelView = z.infer<typeof ChannelView>;

export const ChannelParams = z.object({ kind: z.string().min(1).max(20) });

/** What became of a reply by text message; a gateway that does not care may ignore it. */
export const SmsReplyView = z.object({
  result: z.enum([
    'acknowledged',
    'takenBefore',
    'unknownNumber',
    'noCode',
    'noAlert',
    'ambiguous',
  ]),
  detail: z.string(),
});
export type SmsReplyView = z.infer<typeof SmsReplyView>;

/** Whether the message was one of ours; a gateway that does not care may ignore it. */
export const SmsReceiptView = z.object({ isKnown: z.boolean() });
