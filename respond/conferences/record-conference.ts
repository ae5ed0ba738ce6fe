import { actorOf, amend, beijingMinute, hasRole, idOf, Refused } from '#core';
import type { Effect, Person } from '#core';
import { ACTS_TOPIC, type DutyAct } from '#alert';
import type { PressConference } from './conference.ts';
import type { ConferenceDeps } from '../ports.ts';
import type { ReviewPack } from '../review-pack.ts';
import { withEffects, withNote } from '../with-note.ts';
import { whyNotLink } from '../web-link.ts';
import { CONFERENCE_MODE_NAMES, rolesInWords } from '../words.ts';

/** A conference as a person tells of it. */
export type ConferenceDraft = Pick<
  PressConference,
  'mode' | 'place' | 'spokesperson' | 'recordLink' | 'lateReason' | 'host' | 'openQuestions'
> & { readonly heldAt: Date };

export interface ConferenceRequest {
  readonly event: { readonly id: string; readonly isDrill: boolean };
  readonly conference: ConferenceDraft;
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

export const mayRecordConference = (person: Person, { conferences }: ReviewPack): boolean =>
  hasRole(person, ...conferences.recorders);

/** What keeps a conference from satisfying the countdown, in words. */
export function missingFrom({ mode, recordLink, heldAt, state }: PressConference): string[] {
  if (state === 'cancelled') return ['已取消'];
  if (!heldAt) return ['还没有举行'];
  if (mode === 'written') return ['书面发布不算举行新闻发布会'];
  return recordLink === '' ? ['缺少文字实录、视频或报道的链接'] : [];
}

/** The rule that forbids this record; undefined when none does. */
function whyNotRecord(
  { conference, actor, at }: ConferenceRequest,
  pack: ReviewPack,
): Refused | undefined {
  const { heldAt, place, spokesperson, recordLink } = conference;
  if (!mayRecordConference(actor, pack)) {
    const rule = `登记新闻发布会须为${rolesInWords(pack.conferences.recorders)}`;
    return new Refused('ROLE_NEEDED', rule, 'forbidden');
  }
  if (place.trim() === '' || spokesperson.trim() === '') {
    return new Refused('CONFERENCE_INCOMPLETE', '地点、新闻发言人都要写', 'invalid');
  }
  if (heldAt > at) return new Refused('CONFERENCE_NOT_HELD', '发布会还没有举行', 'invalid');
  return recordLink === '' ? undefined : whyNotLink(recordLink);
}

/**
 * A conference that was held. With a link to its record it satisfies the countdown, by the time it was
 * held; a written one (书面发布) never does.
 *
 * @throws {Refused} when a rule forbids it
 */
export function newConference(request: ConferenceRequest, pack: ReviewPack): PressConference {
  const { event, conference, at } = request;
  const empty = {
    id: idOfConference(request),
    revision: 1,
    effects: [],
    eventId: event.id,
    isDrill: event.isDrill,
    history: [],
    createdAt: at,
  };
  return held({ ...empty, ...conference, state: 'held' }, request, pack);
}

/**
 * A conference, planned or not, as it was held.
 *
 * @throws {Refused} when a rule forbids it
 */
export function held(
  before: PressConference,
  request: ConferenceRequest,
  pack: ReviewPack,
): PressConference {
  const refusal = whyNotRecord(request, pack);
  if (refusal) throw refusal;
  const { conference, at } = request;
  const lateMs = at.getTime() - conference.heldAt.getTime();
  if (lateMs > pack.conferences.lateAfterMs && !conference.lateReason?.trim()) {
    throw new Refused('LATE_REASON_NEEDED', '补录发布会须写明未及时登记的原因', 'invalid');
  }
  const asHeld: PressConference = { ...before, ...conference, recordLink: '', state: 'held' };
  const late = conference.lateReason ? `（补录：${conference.lateReason}）` : '';
  const told = noted(asHeld, request, `登记新闻发布会：${summaryOf(asHeld)}${late}`);
  return withLink(told, request) ?? told;
}

/** Adds the link to a record that had none; anything else leaves it as it is. */
function withLink(held: PressConference, request: ConferenceRequest): PressConference | undefined {
  const { recordLink } = request.conference;
  if (held.recordLink !== '' || recordLink === '') return undefined;
  const recorded: PressConference = { ...held, recordLink, state: 'recorded' };
  const told = noted(recorded, request, `附发布会记录：${recordLink}`);
  return withEffects(told, actEffects(recorded));
}

/** @throws {Refused} */
export async function recordConference(
  { conferences, pack }: ConferenceDeps,
  request: ConferenceRequest,
): Promise<PressConference> {
  const refusal = whyNotRecord(request, pack);
  if (refusal) throw refusal;
  // One that was planned keeps its plan; one that was held before may get its record days later, which is
  // no late record.
  const { event, conference } = request;
  const all = await conferences.listByEvent(event.id);
  const same = all.find(({ heldAt }) => heldAt?.getTime() === conference.heldAt.getTime());
  const id = same?.id ?? idOfConference(request);
  if (!same) {
    const fresh = newConference(request, pack);
    if (await conferences.create(fresh)) return fresh;
  }
  return amend(conferences, id, (found) => withLink(found, request));
}

const idOfConference = ({ event, conference }: ConferenceRequest): string =>
  idOf('conference', event.id, conference.heldAt.toISOString());

const summaryOf = ({ mode, heldAt, place, spokesperson }: PressConference): string =>
  `${heldAt ? beijingMinute(heldAt) : ''} ${place}（${CONFERENCE_MODE_NAMES[mode]}），发言人${spokesperson}`;

const noted = (
  conference: PressConference,
  { actor, at }: ConferenceRequest,
  what: string,
): PressConference => withNote(conference, 'conference', { actor: actorOf(actor), at, what });

function actEffects(conference: PressConference): Effect[] {
  const { id, eventId, heldAt } = conference;
  if (conference.mode === 'written' || !heldAt) return [];
  const act: DutyAct = {
    id: idOf('act', 'conference', id),
    eventId,
    kind: 'pressConference',
    doneAt: heldAt,
    ref: `conference:${id}`,
    what: `举行新闻发布会：${summaryOf(conference)}`,
  };
  return [{ topic: ACTS_TOPIC, id: act.id, key: eventId, body: act }];
}
