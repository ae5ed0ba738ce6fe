import { z } from 'zod';
import { GradeSchema } from '#core';
import { fillTimes, momentOf } from './moments.ts';

/** Fields of what is sent, as the desk takes them; texts may hold {day}, {at:95}, {moment:600}, {page:item-id}. */
const Body = z.record(z.string(), z.unknown()).default({});
const Common = {
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Not before so many minutes of the drill have passed. */
  minute: z.int().min(0),
  /** Sign-in name of the sample person who does it. */
  who: z.string(),
  /** What it is, in words. */
  what: z.string().min(1),
};
const act = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ ...Common, do: z.literal(kind), ...shape });

const ReleaseKind = z.enum(['firstRelease', 'followUp', 'final', 'clarification']);

/** One step that a person of the sample office takes, if nobody has taken it before. */
export const ActSchema = z.discriminatedUnion('do', [
  /** Once the alert stands at this grade. */
  act('acknowledge', { grade: GradeSchema }),
  /** 签收联合通知, by the body of this name. */
  act('signJoint', { name: z.string() }),
  /** 只在变坏时再叫, by whoever has taken it on. */
  act('rest', {}),
  act('confirmGrade', { grade: GradeSchema, reason: z.string() }),
  /** 办理记录, which meets the countdown of this name. */
  act('record', { meets: z.string(), body: Body }),
  /** 超时原因 of the countdown of this code. */
  act('explain', { code: z.string(), body: Body }),
  act('judge', {
    step: z.enum([
      'writeAssessment',
      'confirmAssessment',
      'callConsultation',
      'endConsultation',
      'writeKeyMessage',
      'approveKeyMessage',
      'endTracking',
      'evaluate',
      'closeEvent',
    ]),
    body: Body,
  }),
  /** `carriesOut`: the decisions of the consultation that its orders carry out, one for each. */
  act('issueOrders', { carriesOut: z.array(z.string()).default([]), body: Body }),
  act('orderStep', {
    track: z.enum(['fact', 'response']),
    step: z.enum(['accept', 'return', 'reassign', 'progress', 'submit', 'verify', 'finish']),
    body: Body,
  }),
  act('draftRelease', { release: ReleaseKind, body: Body }),
  act('signRelease', {
    release: ReleaseKind,
    step: z.enum(['unitHead', 'content', 'secrecy', 'legal', 'leader']),
    body: Body,
  }),
  act('publishRelease', { release: ReleaseKind, body: Body }),
  act('planConference', { body: Body }),
  act('conferenceStep', { step: z.enum(['approve', 'announce', 'hold']), body: Body }),
  act('superviseStep', {
    trigger: z.enum(['graveEvent', 'breach', 'person']),
    step: z.enum(['reply', 'verify', 'close']),
    body: Body,
  }),
]);
export type Act = Readonly<z.infer<typeof ActSchema>>;
export type ActOf<Kind extends Act['do']> = Extract<Act, { do: Kind }>;

/** What an act's texts are filled in with. */
export interface ActMoment {
  readonly startedAt: Date;
  /** Address of an item of the sample city. */
  readonly pageOf: (itemId: string) => string;
}

/** The body with its days, times and addresses filled in. */
export function fillBody(value: unknown, moment: ActMoment): unknown {
  if (typeof value === 'string') {
    const named = value
      .replaceAll(/\{moment:(\d+)\}/g, (_, minute: string) =>
        momentOf(Number(minute), moment.startedAt).toISOString(),
      )
      .replaceAll(/\{page:([a-z0-9-]+)\}/g, (_, itemId: string) => moment.pageOf(itemId));
    return fillTimes(named, moment.startedAt);
  }
  if (Array.isArray(value)) return value.map((one) => fillBody(one, moment));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, fillBody(one, moment)]),
  );
}
