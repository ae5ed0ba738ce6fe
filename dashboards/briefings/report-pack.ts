import { z } from 'zod';
import { GradeSchema, RoleSchema } from '#core';
import { ChannelKindSchema } from '#alert';
import { OrderTrackSchema } from '#respond';

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时刻，如 17:00');
const Roles = z.array(RoleSchema).min(1);
const KindRule = {
  /** 舆情日报 */
  name: z.string().min(1),
  marking: z.string().min(1),
  mostCharacters: z.int().min(100),
  reviewers: Roles,
  /** One signature of each group, in this order. */
  signers: z.array(Roles).min(1),
  recipients: Roles,
  /** 催阅: who has not confirmed reading so long after it was sent is urged, once; ms. */
  urgeAfterMs: z.int().positive(),
};

const Closing = {
  /** 截稿: the report is made now, Beijing time; but for that of a month, its period ends here too. */
  closesAt: Clock,
  /** Due to be sent, Beijing time. */
  sentBy: Clock,
  /** What was missed while the product stood still is made by itself until then; later, a person asks for it. */
  madeUpUntil: Clock,
};

const Code = z.string().regex(/^[a-z][a-zA-Z0-9]*$/, '小写字母开头的代码');

/** 阅读与批示: how recipients read, confirm and instruct from their phones. */
const ReadingSchema = z.strictObject({
  /** How long a personal link opens its report. */
  linkMs: z.int().positive(),
  /** Ways of urging, and of telling who routes an instruction. */
  channels: z.array(ChannelKindSchema).min(1),
  /** Take links back, send them again, register instructions given on paper. */
  keepers: Roles,
  instructors: Roles,
  /** Choose matter and unit where the leader did not. */
  routers: Roles,
  /** 批示常用语 */
  phrases: z
    .array(z.strictObject({ code: Code, text: z.string().min(2), track: OrderTrackSchema }))
    .min(1),
  /** By when: so long from now, or at an hour of the day so many days ahead, Beijing time. The first is preset. */
  dueChoices: z
    .array(
      z.union([
        z.strictObject({ code: Code, name: z.string().min(1), withinMs: z.int().positive() }),
        z.strictObject({
          code: Code,
          name: z.string().min(1),
          daysAhead: z.int().min(0).max(30),
          clock: Clock,
        }),
      ]),
    )
    .min(1),
  /** A choice nearer than this is not offered: nobody can do anything by then; ms. */
  leastTimeMs: z.int().nonnegative(),
  /** Of an instruction on paper. */
  picture: z.strictObject({ mostBytes: z.int().min(1_000).max(20_000_000) }),
});
export type ReadingPack = Readonly<z.infer<typeof ReadingSchema>>;

/** 修改: what a Word file that is read back may hold; more is refused unread. */
const EditingSchema = z.strictObject({
  word: z.strictObject({
    mostBytes: z.int().min(10_000).max(50_000_000),
    /** Of each part that is read, unpacked. */
    mostUnpackedBytes: z.int().min(100_000).max(200_000_000),
    /** Files in the archive. */
    mostParts: z.int().min(10),
    /** Elements inside each other. */
    mostDepth: z.int().min(20),
  }),
});
export type WordLimits = Readonly<z.infer<typeof EditingSchema>>['word'];

/** 更正: who begins one, and how soon it is to be sent. */
const CorrectionsSchema = z.strictObject({
  makers: Roles,
  sentWithinMs: z.int().positive(),
});

/** 报告规则包: when each kind is made, how long it may be, who reviews, signs and gets it. */
export const ReportPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  morning: z.strictObject({
    ...KindRule,
    ...Closing,
    /** Of the day before: the night that it tells of begins here. */
    opensAt: Clock,
  }),
  daily: z.strictObject({ ...KindRule, ...Closing }),
  weekly: z.strictObject({
    ...KindRule,
    ...Closing,
    /** 1 Monday to 6 Saturday; where that is a day off, the working day before it in the week. */
    weekday: z.int().min(1).max(6),
  }),
  monthly: z.strictObject({
    ...KindRule,
    ...Closing,
    /** Made on this working day of the month that follows, at `closesAt`. */
    workingDay: z.int().min(1).max(15),
  }),
  flash: z.strictObject({
    ...KindRule,
    /** From the moment it is asked for; ms. */
    sentWithinMs: z.int().positive(),
    /** 首报 is made by itself at these grades, proposed or confirmed. */
    grades: z.array(GradeSchema),
    /** The countdown that it must name, and how long it waits for it to stand; ms. */
    awaits: z.string().min(1),
    awaitsMs: z.int().positive(),
    /** And not for events that reached them longer ago, ms: an old matter is no first news. */
    withinMs: z.int().positive(),
  }),
  special: z.strictObject({
    ...KindRule,
    /** 摘要: characters at most. */
    summaryCharacters: z.int().min(50),
    /** From the confirmation of the grade, or from the moment it is asked for; ms. */
    sentWithinMs: z.int().positive(),
    /** Made by itself when one of these grades is confirmed, so long after it: by then there is something to tell; ms. */
    grades: z.array(GradeSchema),
    afterMs: z.int().min(0),
    /** And not for grades confirmed longer ago, ms. */
    withinMs: z.int().positive(),
    /** How sentences are picked out of texts; see `SummaryRule`. */
    sentences: z.strictObject({
      shortest: z.int().min(1),
      longest: z.int().min(10),
      likeness: z.number().min(0).max(1),
      mostSentences: z.int().min(1),
      mostTexts: z.int().min(1),
      boilerplate: z.array(z.string().min(1)),
    }),
  }),
  reading: ReadingSchema,
  editing: EditingSchema,
  corrections: CorrectionsSchema,
});
export type ReportPack = Readonly<z.infer<typeof ReportPackSchema>>;
