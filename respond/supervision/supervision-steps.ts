import { actorOf, amend, hasRole, Refused, type Person } from '#core';
import type { SupervisionStore } from '../ports.ts';
import { withNote } from '../with-note.ts';
import { rolesInWords, SUPERVISION_STATE_NAMES, SUPERVISION_STEP_NAMES } from '../words.ts';
import { isAbove, urged, type SupervisionOffice } from './open-supervision.ts';
import type { SupervisionLevel, SupervisionOrder, SupervisionState } from './supervision-order.ts';
import type { SupervisionPack } from './supervision-pack.ts';

export const SUPERVISION_STEPS = ['urge', 'reply', 'verify', 'close'] as const;
export type SupervisionStep = (typeof SUPERVISION_STEPS)[number];

const FROM: Readonly<Record<SupervisionStep, readonly SupervisionState[]>> = {
  // After a reply too: one that does not answer is urged again.
  urge: ['open', 'urged', 'replied'],
  reply: ['open', 'urged'],
  verify: ['replied'],
  close: ['verified'],
};

/** A step as a person takes it, with what it asks for. */
export type SupervisionStepTaken =
  | { readonly step: 'urge'; readonly level: SupervisionLevel; readonly text: string }
  | { readonly step: 'reply'; readonly cause: string; readonly measures: string }
  | { readonly step: 'verify' }
  | { readonly step: 'close' };

/** Steps that this person may take now. */
export function supervisionStepsOpenTo(
  order: SupervisionOrder,
  person: Person,
  pack: SupervisionPack,
): readonly SupervisionStep[] {
  return SUPERVISION_STEPS.filter((step) => !whyNotSupervise(order, step, person, pack));
}

/** The rule that forbids this person the step; undefined when none does. */
export function whyNotSupervise(
  order: SupervisionOrder,
  step: SupervisionStep,
  person: Person,
  pack: SupervisionPack,
): Refused | undefined {
  if (!FROM[step].includes(order.state)) {
    const rule = `督办单${SUPERVISION_STATE_NAMES[order.state]}，不能${SUPERVISION_STEP_NAMES[step]}`;
    return new Refused('SUPERVISION_STEP_REFUSED', rule);
  }
  if (step === 'reply') return whyNotReply(order, person, pack);
  if (!hasRole(person, ...pack.supervisors)) {
    const rule = `${SUPERVISION_STEP_NAMES[step]}须为${rolesInWords(pack.supervisors)}`;
    return new Refused('ROLE_NEEDED', rule, 'forbidden');
  }
  const isOwn = order.unit !== '' && person.unit === order.unit;
  if (isOwn || person.id === order.reply?.by.personId) {
    return new Refused('OWN_MATTER', '被督办单位的人和答复人不得督办自己', 'forbidden');
  }
  return undefined;
}

function whyNotReply(
  { unit }: SupervisionOrder,
  person: Person,
  { repliers, withoutUnit }: SupervisionPack,
): Refused | undefined {
  if (unit === '') {
    if (hasRole(person, ...withoutUnit, ...repliers)) return undefined;
    const rule = `答复须为${rolesInWords([...withoutUnit, ...repliers])}`;
    return new Refused('ROLE_NEEDED', rule, 'forbidden');
  }
  if (person.unit !== unit) {
    return new Refused('OTHER_UNIT', `这张督办单由${unit}答复`, 'forbidden');
  }
  if (hasRole(person, ...repliers)) return undefined;
  return new Refused('ROLE_NEEDED', `答复须为${rolesInWords(repliers)}`, 'forbidden');
}

/** @throws {Refused} when a rule forbids it */
export function withSupervisionStep(
  order: SupervisionOrder,
  taken: SupervisionStepTaken,
  { actor, at }: { readonly actor: Person; readonly at: Date },
  office: SupervisionOffice,
): SupervisionOrder {
  const refusal = whyNotSupervise(order, taken.step, actor, office.pack);
  if (refusal) throw refusal;
  const by = actorOf(actor);
  const noted = (after: SupervisionOrder, what: string): SupervisionOrder =>
    withNote(after, 'supervision', { actor: by, at, what });
  if (taken.step === 'urge') {
    if (taken.text.trim() === '') {
      throw new Refused('URGE_EMPTY', '没有写要催办什么', 'invalid');
    }
    if (isAbove(order.level, taken.level)) {
      throw new Refused('URGE_LOWER', '督办的梯次只升不降', 'invalid');
    }
    return urged(order, { level: taken.level, text: taken.text, by }, office, at);
  }
  if (taken.step === 'reply') {
    const { cause, measures } = taken;
    if (cause.trim() === '' || measures.trim() === '') {
      throw new Refused('REPLY_INCOMPLETE', '答复须写明原因和措施', 'invalid');
    }
    const reply = { at, by, unit: actor.unit, cause, measures };
    return noted(
      { ...order, state: 'replied', reply, nextUrgeAt: undefined },
      `答复督办：原因：${cause}；措施：${measures}`,
    );
  }
  return taken.step === 'verify'
    ? noted({ ...order, state: 'verified', verified: { at, by } }, '核实督办答复')
    : noted({ ...order, state: 'closed' }, '督办销号');
}

/** @throws {Refused | NotFound} */
export async function takeSupervisionStep(
  supervisions: SupervisionStore,
  office: SupervisionOffice,
  request: {
    readonly supervisionId: string;
    readonly taken: SupervisionStepTaken;
    readonly actor: Person;
    readonly at: Date;
  },
): Promise<SupervisionOrder> {
  const { supervisionId, taken, ...who } = request;
  return await amend(supervisions, supervisionId, (order) =>
    withSupervisionStep(order, taken, who, office),
  );
}
