import { z } from 'zod';
import type { PostPlace } from '../text/post-text.ts';

const Words = z.array(z.string().trim().min(1)).default([]);

/** 监测方案: places × subjects × matters − exclusions. Words of a group are alternatives; groups must all meet. */
export const WatchSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .describe('方案编号，小写字母、数字和连字符'),
  name: z.string().min(1).describe('方案名称'),
  places: Words.describe('地点词，任一出现即可；空则不限地点；出现在更长的别处地名里的不算'),
  subjects: Words.describe('主体词，任一出现即可；空则不限主体'),
  matters: Words.describe('事项词，任一出现即可；空则不限事项'),
  exclude: Words.describe('排除词，任一出现即不算'),
  withinCharacters: z
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .describe('各组的词须在多少个字以内同时出现；不写则不限远近'),
  isSameSentence: z.boolean().optional().describe('各组的词须出现在同一句话里'),
  isTitleOnly: z.boolean().optional().describe('只看标题；排除词仍看全文'),
  leastMatters: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('事项词合计至少出现几次；不写则一次即可'),
  sources: Words.optional().describe(
    '只听这些信息源：编号、种类（如 forum）或区划代码；不写则全听',
  ),
});
export type Watch = Readonly<z.infer<typeof WatchSchema>>;

export const GROUPS = ['places', 'subjects', 'matters'] as const;
export type WatchGroup = (typeof GROUPS)[number];

/** A word of a watch that was found, and where it stands in the post as it was written. */
export interface FoundTerm extends PostPlace {
  /** In its normal form. */
  readonly term: string;
}

/** Evidence that a post meets a watch. */
export interface WatchMatch {
  readonly watchId: string;
  readonly found: readonly FoundTerm[];
}
