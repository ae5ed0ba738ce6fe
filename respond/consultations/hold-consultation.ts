import { actorOf, amend, idOf, Refused, type Grade } from '#core';
import { demandRole, type JudgingPack } from '../judging-pack.ts';
import { newNoted, notedAs, type ActOf, type ActOnEvent } from '../noted.ts';
import type {
  Consultation,
  ConsultationCall,
  ConsultationResult,
  ConsultationStore,
} from './consultation.ts';

const noted = notedAs('consultation');

export interface ConsultationDeps {
  readonly consultations: ConsultationStore;
  readonly pack: JudgingPack;
}

/** @throws {Refused} when the role is missing */
export function calledConsultation(
  request: ActOnEvent & { readonly call: ConsultationCall },
  pack: JudgingPack,
): Consultation {
  const { call, actor, at, event } = request;
  demandRole(actor, pack.consultations.callers, '召集会商');
  const first = newNoted(request, idOf('consultation', event.id, at.toISOString(), actor.id));
  const called = { ...first, ...call, calledBy: actorOf(actor), calledAt: at };
  return noted(called, request, `召集会商：${call.questions.join('、')}`);
}

/** @throws {Refused} when a rule forbids it */
export function endedConsultation(
  consultation: Consultation,
  request: ActOf & { readonly result: ConsultationResult },
  pack: JudgingPack,
): Consultation {
  const { actor, at, result } = request;
  demandRole(actor, pack.consultations.callers, '记录会商结论');
  if (consultation.endedAt) throw new Refused('CONSULTATION_ENDED', '这次会商已经记录结论');
  const units = new Set(
    result.participants.filter(({ isPresent }) => isPresent).map(({ unit }) => unit),
  );
  const { leastUnits } = pack.consultations;
  if (units.size < leastUnits) {
    const rule = `会商须有至少${leastUnits}个单位到会，写明单位和姓名`;
    throw new Refused('TOO_FEW_UNITS', rule, 'invalid');
  }
  const decisions = result.decisions.map((decision, index) => ({
    ...decision,
    id: idOf('decision', consultation.id, String(index)),
  }));
  const ended = { ...consultation, endedAt: at, result: { ...result, decisions } };
  const what = `会商结束：${units.size}个单位到会，决定${decisions.length}项`;
  return noted(ended, request, what);
}

/** Why a consultation is owed on an event, in words; undefined when none is. */
export function owedConsultation(
  event: { readonly grade: Grade; readonly isLeadUnitDisputed: boolean },
  consultations: readonly Consultation[],
  pack: JudgingPack,
): string | undefined {
  if (consultations.some(({ endedAt }) => endedAt)) return undefined;
  if (pack.consultations.owedAt.includes(event.grade)) return '特别重大、重大舆情必须会商';
  return event.isLeadUnitDisputed ? '牵头单位有争议，必须会商' : undefined;
}

/** @throws {Refused} */
export async function callConsultation(
  { consultations, pack }: ConsultationDeps,
  request: ActOnEvent & { readonly call: ConsultationCall },
): Promise<void> {
  await consultations.create(calledConsultation(request, pack));
}

/** @throws {Refused | NotFound} */
export async function endConsultation(
  { consultations, pack }: ConsultationDeps,
  {
    consultationId,
    ...request
  }: ActOf & { readonly consultationId: string; readonly result: ConsultationResult },
): Promise<void> {
  await amend(consultations, consultationId, (found) => endedConsultation(found, request, pack));
}
