import { actorOf, amend, beijingMinute, durationInWords, hasRole, Refused } from '#core';
import type { Person, Role } from '#core';
import type { CountdownPack } from '#alert';
import { reachedBy, tellPeople, type Matter, type Reach } from '../tell-people.ts';
import { withEffects, withNote } from '../with-note.ts';
import { rolesInWords, TRANSFER_STATE_NAMES, TRANSFER_STEP_NAMES } from '../words.ts';
import { repliedEffect, transferTitle } from './transfer-acts.ts';
import type { TransferPack } from './transfer-pack.ts';
import type { TransferRecord, TransferState, TransferStore } from './transfer-record.ts';

export const TRANSFER_STEPS = ['assign', 'reply', 'close', 'note'] as const;
export type TransferStep = (typeof TRANSFER_STEPS)[number];

/** A step as a person takes it, with what it asks for. */
export type TransferStepTaken =
  | { readonly step: 'assign'; readonly unit: string }
  | {
      readonly step: 'reply';
      /** When the sender had it. */
      readonly repliedAt: Date;
      readonly text: string;
      readonly ref: string;
      readonly lateReason?: string | undefined;
    }
  | { readonly step: 'close' }
  | { readonly step: 'note'; readonly text: string };

/** By which rules a step is open to a person. */
export interface TransferRules {
  readonly pack: TransferPack;
  readonly countdowns: Pick<CountdownPack, 'recorders' | 'lateAfterMs'>;
}

/** What a step leans on, as it stands at the moment. */
export interface TransferOffice extends TransferRules, Reach {
  readonly linkFor: Matter['linkFor'];
}

const ANY: readonly TransferState[] = ['received', 'inHand', 'replied', 'closed'];
const FROM: Readonly<Record<TransferStep, readonly TransferState[]>> = {
  assign: ['received', 'inHand'],
  reply: ['received', 'inHand'],
  close: ['replied'],
  note: ANY,
};

const rolesFor = (step: TransferStep, { pack, countdowns }: TransferRules): readonly Role[] =>
  step === 'reply' ? (countdowns.recorders.transferReplied ?? []) : pack.steps[step];

/** The rule that forbids this person this step now; undefined when none does. */
export function whyNotTransferStep(
  { state }: Pick<TransferRecord, 'state'>,
  step: TransferStep,
  person: Person,
  rules: TransferRules,
): Refused | undefined {
  const name = TRANSFER_STEP_NAMES[step];
  if (!FROM[step].includes(state)) {
    const rule = `转办${TRANSFER_STATE_NAMES[state]}，不能${name}`;
    return new Refused('TRANSFER_STEP_REFUSED', rule);
  }
  const roles = rolesFor(step, rules);
  if (hasRole(person, ...roles)) return undefined;
  return new Refused('ROLE_NEEDED', `${name}须为${rolesInWords(roles)}`, 'forbidden');
}

/** Steps that this person may take now. */
export const transferStepsOpenTo = (
  transfer: Pick<TransferRecord, 'state'>,
  person: Person,
  rules: TransferRules,
): readonly TransferStep[] =>
  TRANSFER_STEPS.filter((step) => !whyNotTransferStep(transfer, step, person, rules));

interface StepRequest {
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
  /** The event under which the matter goes on now. */
  readonly eventId?: string | undefined;
}

/** @throws {Refused} when a rule forbids it or something is not said */
export function withTransferStep(
  transfer: TransferRecord,
  taken: TransferStepTaken,
  { actor, at, eventId }: StepRequest,
  office: TransferOffice,
): TransferRecord {
  const refusal = whyNotTransferStep(transfer, taken.step, actor, office);
  if (refusal) throw refusal;
  const by = actorOf(actor);
  const noted = (after: TransferRecord, what: string): TransferRecord =>
    withNote(after, 'transfer', { actor: by, at, what });
  switch (taken.step) {
    case 'assign':
      return assigned(transfer, taken.unit, { actor, at }, office);
    case 'reply': {
      const reply = replyOf(transfer, taken, { actor, at }, office);
      const next: TransferRecord = { ...transfer, state: 'replied', reply };
      const tookMs = reply.at.getTime() - transfer.receivedAt.getTime();
      const late = reply.lateReason ? `（补录：${reply.lateReason}）` : '';
      const ref = reply.ref === '' ? '' : `（${reply.ref}）`;
      const what = `${beijingMinute(reply.at)} 向${transfer.fromBody}反馈${ref}：${reply.text}；用时${durationInWords(tookMs)}${late}`;
      return withEffects(noted(next, what), [repliedEffect(next, eventId ?? transfer.eventId)]);
    }
    case 'close':
      return noted({ ...transfer, state: 'closed', closed: { at, by } }, '转办办结');
    case 'note':
      break;
  }
  return noted(transfer, `补充说明：${said(taken.text, '没有写补充什么')}`);
}

/** @throws {Refused} when nothing is said */
function said(words: string, rule: string): string {
  const text = words.trim();
  if (text === '') throw new Refused('TRANSFER_INCOMPLETE', rule, 'invalid');
  return text;
}

/** The unit has it in hand, and is told; who was told stands on record, nobody too. */
function assigned(
  transfer: TransferRecord,
  toUnit: string,
  { actor, at }: StepRequest,
  office: TransferOffice,
): TransferRecord {
  const unit = said(toUnit, '没有写交给哪个单位');
  const by = actorOf(actor);
  const people = reachedBy(office.pack.told, office, unit);
  const told = people.map(({ name }) => name);
  const all = [...transfer.assigned, { at, by, unit, told }];
  const next: TransferRecord = { ...transfer, state: 'inHand', assigned: all };
  const whom = told.length > 0 ? `，已通知${told.join('、')}` : '，该单位没有可通知的人';
  const noted = withNote(next, 'transfer', { actor: by, at, what: `交${unit}承办${whom}` });
  const { dueAt, fromBody, requirement } = transfer;
  const telling = {
    key: `assign ${all.length}`,
    people,
    subject: '转办承办',
    ask: '请办理，并把结果报给交办的人，由其向来文单位反馈。',
    lines: [
      `来文单位：${fromBody}`,
      `要求：${requirement}`,
      ...(dueAt ? [`来文要求 ${beijingMinute(dueAt)} 前反馈`] : []),
      `交办：${by.name} ${beijingMinute(at)}`,
    ],
    button: '查看',
    at,
  };
  const matter: Matter = {
    ...transfer,
    title: transferTitle(transfer),
    shortCode: `转办#${transfer.id.slice(0, 4)}`,
    linkFor: office.linkFor,
  };
  return withEffects(noted, tellPeople(matter, telling, office));
}

function replyOf(
  { receivedAt }: TransferRecord,
  taken: Extract<TransferStepTaken, { step: 'reply' }>,
  { actor, at }: StepRequest,
  { countdowns }: TransferRules,
): NonNullable<TransferRecord['reply']> {
  const { repliedAt, lateReason } = taken;
  const text = said(taken.text, '没有写反馈了什么');
  if (repliedAt > at) {
    throw new Refused('REPLY_AHEAD', '反馈的时间不能晚于现在', 'invalid');
  }
  if (repliedAt < receivedAt) {
    throw new Refused('REPLY_BEFORE_RECEIPT', '反馈的时间不能早于收到的时间', 'invalid');
  }
  const isLate = at.getTime() - repliedAt.getTime() > countdowns.lateAfterMs;
  if (isLate && !lateReason?.trim()) {
    throw new Refused('LATE_REASON_NEEDED', '补录反馈须写明未及时登记的原因', 'invalid');
  }
  return {
    at: repliedAt,
    by: actorOf(actor),
    enteredAt: at,
    text,
    ref: taken.ref.trim(),
    ...(lateReason?.trim() && { lateReason: lateReason.trim() }),
  };
}

/** @throws {Refused | NotFound} */
export async function takeTransferStep(
  transfers: TransferStore,
  office: TransferOffice,
  request: StepRequest & { readonly transferId: string; readonly taken: TransferStepTaken },
): Promise<TransferRecord> {
  const { transferId, taken, ...act } = request;
  return await amend(transfers, transferId, (one) => withTransferStep(one, taken, act, office));
}
