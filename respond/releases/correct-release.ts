import { actorOf, amend, auditEffect, hasRole, idOf, NotFound, Refused, type Person } from '#core';
import type { RespondDeps } from '../ports.ts';
import type { ReviewPack } from '../review-pack.ts';
import { RELEASE_CHANNEL_NAMES, RELEASE_STATE_NAMES, rolesInWords } from '../words.ts';
import { newRelease, whyNotDraft, type EditRequest } from './edit-release.ts';
import { publicationsOf, registerIdOf } from './publish-release.ts';
import {
  RELEASE_REGISTER_TOPIC,
  type Publication,
  type Release,
  type ReleaseRegisterEntry,
} from './release.ts';

export interface CorrectionRequest extends EditRequest {
  readonly releaseId: string;
  /** What was wrong with the published text. */
  readonly reason: string;
}

export interface WithdrawalRequest {
  readonly releaseId: string;
  readonly reason: string;
  /** Who decided it, by name and post. */
  readonly decidedBy: string;
  readonly actor: Person;
  readonly at: Date;
}

/** The rule by which nothing is to be put right or withdrawn here; undefined when there is. */
function whyNotStanding({ state }: Release): Refused | undefined {
  if (state === 'published') return undefined;
  const rule = `稿件${RELEASE_STATE_NAMES[state]}，只有已发布的稿件才能更正或者撤回`;
  return new Refused('RELEASE_NOT_STANDING', rule);
}

const whyNotCorrect = (release: Release, person: Person, pack: ReviewPack): Refused | undefined =>
  whyNotStanding(release) ?? whyNotDraft(person, pack);

export function whyNotWithdraw(
  release: Release,
  person: Person,
  { withdrawers }: ReviewPack,
): Refused | undefined {
  const standing = whyNotStanding(release);
  if (standing || hasRole(person, ...withdrawers)) return standing;
  return new Refused('ROLE_NEEDED', `登记撤回须为${rolesInWords(withdrawers)}`, 'forbidden');
}

export const mayCorrect = (release: Release, person: Person, pack: ReviewPack): boolean =>
  !whyNotCorrect(release, person, pack);
export const mayWithdraw = (release: Release, person: Person, pack: ReviewPack): boolean =>
  !whyNotWithdraw(release, person, pack);

/**
 * A new text to put a published one right: it passes the same review as any, and the published one stands until the
 * new one is published.
 *
 * @throws {Refused | NotFound}
 */
export async function draftCorrection(
  { releases, pack }: RespondDeps,
  { releaseId, reason, ...request }: CorrectionRequest,
): Promise<Release> {
  const wrong = await releases.findById(releaseId);
  if (!wrong) throw new NotFound(releases.kind, releaseId);
  const refusal = whyNotCorrect(wrong, request.actor, pack);
  if (refusal) throw refusal;
  if (reason.trim() === '') {
    throw new Refused('CORRECTION_REASON_NEEDED', '更正须写明原因', 'invalid');
  }
  const event = { id: wrong.eventId, isDrill: wrong.isDrill };
  const release = newRelease({ ...request, event, corrects: { releaseId, reason } }, pack);
  await releases.create(release);
  return release;
}

/** The text once another put it right; undefined where that is known, or it does not stand any more. */
export function corrected(release: Release, byId: string, at: Date): Release | undefined {
  if (release.state !== 'published') return undefined;
  return { ...release, state: 'corrected', correctedBy: { releaseId: byId, at } };
}

/**
 * Records that a published text was withdrawn: an entry for each place where it had been published. The entries
 * before stay; nothing is taken down from here.
 *
 * @throws {Refused}
 */
export function withWithdrawal(
  release: Release,
  { reason, decidedBy, actor, at }: Omit<WithdrawalRequest, 'releaseId'>,
  pack: ReviewPack,
): Release {
  const refusal = whyNotWithdraw(release, actor, pack);
  if (refusal) throw refusal;
  if (reason.trim() === '' || decidedBy.trim() === '') {
    throw new Refused('WITHDRAWAL_INCOMPLETE', '撤回须写明原因和由谁决定', 'invalid');
  }
  const by = actorOf(actor);
  const withdrawn = { at, by, decidedBy, reason };
  const all = publicationsOf(release);
  const where = all.map(({ channel }) => RELEASE_CHANNEL_NAMES[channel]).join('、');
  const what = `登记撤回（${where}）：${reason}；${decidedBy}决定`;
  const target = `release:${release.id}`;
  return {
    ...release,
    state: 'withdrawn',
    withdrawn,
    history: [...release.history, { at, actor: by, what }],
    effects: [
      ...release.effects,
      ...all.map((one) => withdrawalEffect(release, one, withdrawn)),
      auditEffect({ at, actor: by, act: what, target, eventId: release.eventId }),
    ],
  };
}

/** @throws {Refused | NotFound} */
export async function withdrawRelease(
  { releases, pack }: RespondDeps,
  { releaseId, ...request }: WithdrawalRequest,
): Promise<Release> {
  return amend(releases, releaseId, (release) => withWithdrawal(release, request, pack));
}

function withdrawalEffect(
  release: Release,
  { channel, link }: Publication,
  { at, by, decidedBy, reason }: NonNullable<Release['withdrawn']>,
) {
  const entryId = registerIdOf(release, channel);
  const entry: ReleaseRegisterEntry = {
    id: idOf('withdrawal', entryId),
    kind: 'withdrawal',
    about: { entryId, releaseId: release.id, reason },
    releaseId: release.id,
    eventId: release.eventId,
    originalContent: `${release.title}\n\n${release.text}`,
    contentDigest: release.contentDigest,
    releasingUnit: release.releasingUnit,
    reviewer: `${decidedBy}（决定撤回）`,
    publisher: by.name,
    releasedAt: at,
    channel,
    link,
  };
  return { topic: RELEASE_REGISTER_TOPIC, id: entry.id, key: release.eventId, body: entry };
}
