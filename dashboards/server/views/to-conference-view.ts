import { CONFERENCE_MODE_NAMES, missingFrom, type PressConference } from '#respond';
import type { ConferenceView } from '#contract';
import { iso } from './iso.ts';

export function toConferenceView(conference: PressConference): ConferenceView {
  const { id, eventId, mode, place, spokesperson, recordLink, lateReason } = conference;
  return {
    id,
    eventId,
    mode,
    modeName: CONFERENCE_MODE_NAMES[mode],
    heldAt: iso(conference.heldAt),
    place,
    spokesperson,
    recordLink,
    lateReason,
    missing: missingFrom(conference),
  };
}
