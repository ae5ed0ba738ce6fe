import {
  CONFERENCE_MODE_NAMES,
  CONFERENCE_STATE_NAMES,
  missingFrom,
  type PressConference,
} from '#respond';
import type { ConferenceView } from '#contract';
import { iso } from './iso.ts';

/** @param may steps that the person who asks may take now */
export function toConferenceView(
  conference: PressConference,
  may: readonly string[],
): ConferenceView {
  const { id, eventId, mode, state, place, spokesperson, host = '', recordLink } = conference;
  const { heldAt, lateReason, plan, approval, announced, cancelReason } = conference;
  return {
    id,
    eventId,
    mode,
    modeName: CONFERENCE_MODE_NAMES[mode],
    state,
    stateName: CONFERENCE_STATE_NAMES[state],
    ...(heldAt && { heldAt: iso(heldAt) }),
    place,
    spokesperson,
    host,
    recordLink,
    lateReason,
    openQuestions: [...(conference.openQuestions ?? [])],
    ...(plan && {
      plan: {
        ...plan,
        questions: plan.questions.map((one) => ({ ...one })),
        plannedAt: iso(plan.plannedAt),
        mode,
        place,
        host,
        spokesperson,
      },
    }),
    ...(approval && {
      approval: { at: iso(approval.at), by: approval.by.name, opinion: approval.opinion },
    }),
    ...(announced && {
      announced: { at: iso(announced.at), by: announced.by.name, link: announced.link },
    }),
    cancelReason,
    missing: missingFrom(conference),
    may: [...may],
  };
}
