import { z } from 'zod';
import { Moment } from './common.ts';
import { BreachCauseView } from './events.ts';

const Line = z.string().trim().min(1).max(500);
const Lines = z.array(Line).max(50);
const Scored = z.object({ score: z.int().min(0).max(5), reason: Line });

const AssessmentText = z.object({
  known: Lines,
  unknown: Lines,
  disputed: Lines,
  focusQuestions: Lines,
  camps: z
    .array(
      z.object({
        name: Line,
        isCritical: z.boolean(),
        quotes: z.array(z.object({ text: Line, postId: z.string() })).min(1),
      }),
    )
    .max(20),
  risks: Lines,
  responseValue: z.enum(['must', 'should', 'observe', 'none']),
  responseReason: z.string().trim().max(500),
  advice: Lines,
});
const ConsultationText = z.object({
  participants: z.array(z.object({ unit: Line, person: Line, isPresent: z.boolean() })).max(50),
  conclusions: z.object({ nature: Line, trend: Line, risks: Line }),
  controlAdvice: z.string().trim().max(2000),
  dissent: z.string().trim().max(2000),
  decisions: z.array(z.object({ text: Line, unit: Line })).max(50),
});
const KeyMessageText = z.object({
  facts: z.array(z.object({ text: Line, source: Line })).min(1),
  stance: Line,
  measures: Lines,
  qa: z.array(z.object({ question: Line, answer: Line })),
  doNotSay: z.array(z.object({ text: Line, why: Line })),
});
const EvaluationText = z.object({
  dispositionCategory: z.enum([
    'suggestion',
    'hardship',
    'majorProblem',
    'misunderstanding',
    'wrongView',
    'falseInfo',
  ]),
  timeliness: Scored,
  targeting: Scored,
  effect: Scored,
  consistency: Scored,
  factsSolved: Scored,
  answered: Lines,
  retrospective: z
    .object({
      whatWorked: Lines,
      whatFailed: Lines,
      rootCauses: Lines,
      actions: z.array(z.object({ text: Line, owner: Line })),
    })
    .optional(),
});

/** POST /api/v1/events/:eventId/judging: one act on the way from judgement to closing. */
export const JudgingBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('writeAssessment'), draft: AssessmentText }),
  z.object({ kind: z.literal('confirmAssessment'), assessmentId: z.string() }),
  z.object({
    kind: z.literal('callConsultation'),
    call: z.object({
      mode: z.enum(['meeting', 'video', 'online']),
      questions: z.array(Line).min(1).max(20),
    }),
  }),
  z.object({
    kind: z.literal('endConsultation'),
    consultationId: z.string(),
    result: ConsultationText,
  }),
  z.object({ kind: z.literal('writeKeyMessage'), draft: KeyMessageText }),
  z.object({
    kind: z.literal('approveKeyMessage'),
    keyMessageId: z.string(),
    contentDigest: z.string(),
  }),
  z.object({ kind: z.literal('endTracking'), reason: z.string().trim().max(1000).default('') }),
  z.object({ kind: z.literal('evaluate'), draft: EvaluationText }),
  z.object({ kind: z.literal('closeEvent'), reason: z.string().trim().max(1000) }),
  z.object({
    kind: z.literal('reopenEvent'),
    reason: z.string().trim().min(1, '重启须写明理由').max(1000),
  }),
]);
export type JudgingBody = z.infer<typeof JudgingBody>;

const Condition = z.object({
  name: z.string(),
  isMet: z.boolean(),
  missing: z.string(),
  /** No reason can stand in for it. */
  isIndispensable: z.boolean().default(false),
});
const Signed = z.object({ by: z.string(), at: Moment });
const RoundView = {
  trackingEnded: Signed.extend({ unmet: z.array(z.string()), reason: z.string() }).optional(),
  evaluated: Signed.extend({
    draft: EvaluationText,
    score: z.number(),
    answeredShare: z.number().optional(),
  }).optional(),
  closed: Signed.extend({ unmet: z.array(z.string()), reason: z.string() }).optional(),
};
const ChangeView = z.object({ value: z.number(), low: z.number(), high: z.number() });
const WindowView = z.object({
  posts: z.int(),
  toned: z.int(),
  negative: z.int(),
  questions: z.array(z.string()),
});

/** GET /api/v1/events/:eventId/judging */
export const JudgingView = z.object({
  /** 研判 → 会商 → 处置 → 回应 → 评估 → 结案 */
  path: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['done', 'owed', 'open', 'notNeeded']),
      says: z.string(),
      awaited: z.string(),
      dueAt: Moment.optional(),
    }),
  ),
  /** What people ask, found by the machine, in the words of the first who asked. */
  questions: z.array(z.object({ text: z.string(), postIds: z.array(z.string()) })),
  assessments: z.array(
    AssessmentText.extend({
      id: z.string(),
      round: z.int(),
      focusQuestions: z.array(
        z.object({
          text: z.string(),
          postIds: z.array(z.string()),
          foundBy: z.enum(['machine', 'person']),
        }),
      ),
      writer: z.string(),
      confirmed: Signed.optional(),
      /** What keeps it from being confirmed, in words. */
      missing: z.array(z.string()),
    }),
  ),
  consultations: z.array(
    z.object({
      id: z.string(),
      mode: z.string(),
      questions: z.array(z.string()),
      calledBy: z.string(),
      calledAt: Moment,
      endedAt: Moment.optional(),
      result: ConsultationText.extend({
        decisions: z.array(z.object({ id: z.string(), text: z.string(), unit: z.string() })),
      }).optional(),
    }),
  ),
  keyMessages: z.array(
    KeyMessageText.extend({
      id: z.string(),
      version: z.int(),
      contentDigest: z.string(),
      writer: z.string(),
      approved: Signed.optional(),
    }),
  ),
  /** Figures that differ between key message, releases and the newest facts. */
  differences: z.array(z.object({ where: z.string(), words: z.string(), says: z.string() })),
  /** Per published release: what was before and after it. */
  changes: z.array(
    z.object({
      releaseId: z.string(),
      title: z.string(),
      publishedAt: Moment,
      windows: z.array(
        z.object({
          hours: z.int(),
          before: WindowView,
          after: WindowView,
          volume: ChangeView.optional(),
          tone: ChangeView.optional(),
          withheld: z.array(z.string()),
        }),
      ),
      secondPeak: z.object({ at: Moment, posts: z.int(), firstPosts: z.int() }).optional(),
    }),
  ),
  /** Focus questions of whose matter no published release speaks. */
  openQuestions: z.array(z.string()),
  conditions: z.array(Condition),
  /** Due times that passed unmet, with what people said of it. */
  missed: z.array(
    z.object({
      countdownId: z.string(),
      /** Where it stands: this event, or one that was merged into it. */
      eventId: z.string().optional(),
      eventTitle: z.string(),
      name: z.string(),
      dueAt: Moment,
      satisfiedAt: Moment.optional(),
      causes: z.array(BreachCauseView),
      owesCause: z.boolean(),
    }),
  ),
  /** What the end of the tracking asks for. */
  trackingConditions: z.array(Condition),
  evaluation: z
    .object({
      ...RoundView,
      /** Rounds that were closed before, oldest first, with who opened the event again. */
      reopened: z.array(Signed.extend({ reason: z.string(), ...RoundView })),
    })
    .optional(),
  /** Posts that came in after the closing. */
  sinceClosing: z.object({ posts: z.int(), newestAt: Moment }).optional(),
  needsRetrospective: z.boolean(),
  /** What the person who asks may do, by the kinds of JudgingBody. */
  may: z.array(z.string()),
});
export type JudgingView = z.infer<typeof JudgingView>;
