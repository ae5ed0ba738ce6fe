import { z } from 'zod';
import {
  ActorSchema,
  actorOf,
  auditEffect,
  beijingMinute,
  EffectSchema,
  hasRole,
  newId,
  Refused,
  ROLE_WORDS,
  type Effect,
  type Person,
} from '#core';
import { ACTS_TOPIC, DutyActKindSchema, type DutyAct, type DutyActKind } from './countdown.ts';
import type { CountdownPack } from './countdown-pack.ts';
import type { DutyRecordStore } from './ports.ts';

/** 办理记录 of a person: what was done, for whom, when, with what evidence. Never changed. */
export const DutyRecordSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  eventId: z.string(),
  isDrill: z.boolean(),
  kind: DutyActKindSchema,
  doneAt: z.coerce.date(),
  /** To whom it was reported; empty where it is no report. */
  receiver: z.string(),
  what: z.string(),
  /** Why it is recorded so long after (补录). */
  lateReason: z.string().optional(),
  actor: ActorSchema,
  recordedAt: z.coerce.date(),
});
export type DutyRecord = Readonly<z.infer<typeof DutyRecordSchema>>;

export type DutyRecordDraft = Pick<
  DutyRecord,
  'kind' | 'doneAt' | 'receiver' | 'what' | 'lateReason'
>;

export interface DutyRecordAct {
  readonly event: { readonly id: string; readonly isDrill: boolean };
  readonly draft: DutyRecordDraft;
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

export const DUTY_ACT_WORDS: Partial<Readonly<Record<DutyActKind, string>>> = {
  firstReportPhone: '电话首报',
  firstReportWritten: '书面首报',
  planStarted: '启动预案',
  progressLogged: '记录进展',
  transferReplied: '反馈转办',
};

/** Reports say to whom. */
const REPORTS: readonly DutyActKind[] = [
  'firstReportPhone',
  'firstReportWritten',
  'transferReplied',
];

/** Kinds of act this person may put on record. */
export function mayRecordActs(
  person: Person,
  { recorders }: Pick<CountdownPack, 'recorders'>,
): DutyActKind[] {
  return DutyActKindSchema.options.filter((kind) => hasRole(person, ...(recorders[kind] ?? [])));
}

/**
 * Puts an act on record; it reaches the countdowns in the same write.
 *
 * @throws {Refused} when the role, the receiver or the reason for a late record is missing
 */
export async function recordDutyAct(
  { records, pack }: { readonly records: DutyRecordStore; readonly pack: CountdownPack },
  act: DutyRecordAct,
): Promise<DutyRecord> {
  const record = newDutyRecord(act, pack);
  await records.create(record);
  return record;
}

/** @throws {Refused} */
export function newDutyRecord(
  { event, draft, actor, at }: DutyRecordAct,
  pack: Pick<CountdownPack, 'recorders' | 'lateAfterMs'>,
): DutyRecord {
  const refusal = whyNot(draft, actor, at, pack);
  if (refusal) throw refusal;
  const id = newId();
  const name = DUTY_ACT_WORDS[draft.kind] ?? draft.kind;
  const to = draft.receiver ? `，报${draft.receiver}` : '';
  const late = draft.lateReason ? `（补录：${draft.lateReason}）` : '';
  const words = `${name}：${draft.what}${to}${late}`;
  const dutyAct: DutyAct = {
    id,
    eventId: event.id,
    kind: draft.kind,
    doneAt: draft.doneAt,
    ref: `record:${id}`,
    what: `${actor.name}${words}`,
  };
  const effect: Effect = { topic: ACTS_TOPIC, id, key: event.id, body: dutyAct };
  const audit = auditEffect({
    at,
    actor: actorOf(actor),
    act: `登记${name}`,
    target: `record:${id}`,
    eventId: event.id,
    detail: `${beijingMinute(draft.doneAt)} ${words}`,
  });
  return {
    ...draft,
    id,
    revision: 1,
    effects: [effect, audit],
    eventId: event.id,
    isDrill: event.isDrill,
    actor: actorOf(actor),
    recordedAt: at,
  };
}

function whyNot(
  { kind, doneAt, receiver, lateReason }: DutyRecordDraft,
  actor: Person,
  at: Date,
  pack: Pick<CountdownPack, 'recorders' | 'lateAfterMs'>,
): Refused | undefined {
  if (!mayRecordActs(actor, pack).includes(kind)) {
    const words = (pack.recorders[kind] ?? []).map((role) => ROLE_WORDS[role]).join('、');
    return new Refused('ROLE_NEEDED', `登记这类办理须是：${words || '（没有人）'}`, 'forbidden');
  }
  if (REPORTS.includes(kind) && receiver.trim() === '') {
    return new Refused('RECEIVER_NEEDED', '写明报给了谁', 'invalid');
  }
  if (doneAt > at) return new Refused('NOT_DONE_YET', '办理时间不能晚于现在', 'invalid');
  if (at.getTime() - doneAt.getTime() > pack.lateAfterMs && !lateReason?.trim()) {
    return new Refused('LATE_REASON_NEEDED', '补录须写明未及时登记的原因', 'invalid');
  }
  return undefined;
}
