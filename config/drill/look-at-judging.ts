import { JudgingView } from '#contract';
import type { ActOf } from './act.ts';
import { done, ready, waits, type Look, type Standing } from './standing.ts';

type Step = ActOf<'judge'>['step'];
/** What a step adds to the body of its act. */
type Go = (more?: object) => Standing;

const LOOKS: Readonly<Record<Step, (judging: JudgingView, go: Go) => Standing>> = {
  writeAssessment({ assessments }, go) {
    const written = assessments.at(-1);
    return written ? done(`${written.writer}已经拟写`) : go();
  },
  confirmAssessment({ assessments }, go) {
    const last = assessments.at(-1);
    if (!last) return waits('还没有研判');
    return last.confirmed ? done(`${last.confirmed.by}已经确认`) : go({ assessmentId: last.id });
  },
  callConsultation({ consultations }, go) {
    const called = consultations.at(-1);
    return called ? done(`${called.calledBy}已经召集`) : go();
  },
  endConsultation({ consultations }, go) {
    const open = consultations.find(({ endedAt }) => !endedAt);
    if (open) return go({ consultationId: open.id });
    return consultations.length > 0 ? done('已经记录结论') : waits('还没有召集会商');
  },
  writeKeyMessage({ keyMessages }, go) {
    const written = keyMessages.at(-1);
    return written ? done(`${written.writer}已经拟写`) : go();
  },
  approveKeyMessage({ keyMessages }, go) {
    const last = keyMessages.at(-1);
    if (!last) return waits('还没有口径');
    if (last.approved) return done(`${last.approved.by}已经批准`);
    return go({ keyMessageId: last.id, contentDigest: last.contentDigest });
  },
  endTracking({ evaluation, trackingConditions }, go) {
    const ended = evaluation?.trackingEnded;
    return ended ? done(`${ended.by}已经结束`) : whenMet(trackingConditions, go);
  },
  evaluate({ evaluation }, go) {
    if (evaluation?.evaluated) return done(`${evaluation.evaluated.by}已经评估`);
    return evaluation?.trackingEnded ? go() : waits('事后监测没有结束');
  },
  closeEvent: ({ conditions }, go) => whenMet(conditions, go),
};

/** 研判、会商、口径、评估、结案 */
export async function lookAtJudging(look: Look<ActOf<'judge'>>): Promise<Standing> {
  const { act, desk, eventId, body } = look;
  const path = `events/${eventId}/judging`;
  const judging = await desk.get(path, JudgingView);
  const closed = judging.evaluation?.closed;
  if (closed) return done(`${closed.by}已经结案`);
  return LOOKS[act.step](judging, (more) => ready(path, { kind: act.step, ...body, ...more }));
}

/** In earnest a person may go on with a reason; the scenario waits. */
function whenMet(conditions: JudgingView['conditions'], go: Go): Standing {
  const missing = conditions.flatMap((one) => (one.isMet ? [] : one.missing));
  return missing.length > 0 ? waits(missing.join('；')) : go({ reason: '' });
}
