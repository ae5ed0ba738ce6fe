import {
  actorOf,
  amend,
  auditEffect,
  beijingMinute,
  hasRole,
  idOf,
  MINUTE_MS,
  Refused,
} from '#core';
import type { Effect, Grade, Person } from '#core';
import { ACTS_TOPIC, type DutyAct, type DutyActKind } from '#alert';
import { missingForPublication, missingFromChecklist } from './missing-for-publication.ts';
import type { RespondDeps } from '../ports.ts';
import {
  RELEASE_REGISTER_TOPIC,
  type Publication,
  type Release,
  type ReleaseChannel,
  type ReleaseRegisterEntry,
} from './release.ts';
import { validSignatures } from './required-steps.ts';
import type { ReviewPack } from '../review-pack.ts';
import { textChanged } from './text-changed.ts';
import {
  RELEASE_CHANNEL_NAMES,
  RELEASE_KIND_NAMES,
  RELEASE_STATE_NAMES,
  REVIEW_STEP_NAMES,
  rolesInWords,
} from '../words.ts';
import { whyNotLink } from '../web-link.ts';

export interface PublishRequest {
  readonly channel: ReleaseChannel;
  /** Where it can be read; empty where the channel has no address. */
  readonly link: string;
  readonly contentDigest: string;
  readonly actor: Person;
  /** The event's grade in force. */
  readonly grade: Grade;
  /** When it was published, as a person says; now where they say nothing. It is the time that counts. */
  readonly publishedAt?: Date | undefined;
  /** Why it is entered late (补录). */
  readonly lateReason?: string | undefined;
  /** Server time. */
  readonly at: Date;
  /** The text that this one puts right, where it does. */
  readonly corrected?: Release | undefined;
}

/** The rule that forbids this person to record a publication at all; undefined when none does. */
export function whyNotPublisher(
  release: Release,
  person: Person,
  pack: ReviewPack,
): Refused | undefined {
  if (!hasRole(person, ...pack.publishers)) {
    const who = rolesInWords(pack.publishers);
    return new Refused('ROLE_NEEDED', `登记发布须为${who}`, 'forbidden');
  }
  if (isReviewer(release, person) && !pack.mayReviewerPublish) {
    const rule = '审查人不得登记发布自己审查的稿件';
    return new Refused('REVIEWER_MAY_NOT_PUBLISH', rule, 'forbidden');
  }
  return undefined;
}

/** The rule that forbids this publication; undefined when none does. */
function whyNotPublish(
  release: Release,
  request: PublishRequest,
  pack: ReviewPack,
): Refused | undefined {
  const { state } = release;
  const { channel, link, actor, grade, at } = request;
  if (state === 'corrected' || state === 'withdrawn') {
    return new Refused(
      'RELEASE_NOT_PUBLISHABLE',
      `稿件${RELEASE_STATE_NAMES[state]}，不能登记发布`,
    );
  }
  const refusal = whyNotPublisher(release, actor, pack) ?? whyNotCorrection(release, request);
  if (refusal) return refusal;
  if (request.contentDigest !== release.contentDigest) return textChanged();
  const missing = missingForPublication(release, grade, pack, at);
  if (missing.length > 0) {
    return new Refused('RELEASE_INCOMPLETE', `还不能登记发布：${missing.join('；')}`);
  }
  if (publicationsOf(release).some((publication) => publication.channel === channel)) {
    const name = RELEASE_CHANNEL_NAMES[channel];
    return new Refused('RELEASE_ALREADY_PUBLISHED', `已登记在${name}发布`);
  }
  return whyNotAt(channel, link, pack) ?? whyNotThen(release, request, pack);
}

/** What a correction was drafted for may have been withdrawn, or put right by another, meanwhile. */
function whyNotCorrection(
  { id, corrects }: Release,
  { corrected }: PublishRequest,
): Refused | undefined {
  if (!corrects) return undefined;
  const isOpen = corrected?.state === 'published' || corrected?.correctedBy?.releaseId === id;
  if (corrected && isOpen) return undefined;
  const state = corrected ? RELEASE_STATE_NAMES[corrected.state] : '找不到';
  return new Refused('CORRECTED_NOT_STANDING', `要更正的稿件${state}，不能再登记它的更正`);
}

/** A time that cannot be, or that is told late without a reason. */
function whyNotThen(
  release: Release,
  { publishedAt, lateReason, at }: PublishRequest,
  pack: ReviewPack,
): Refused | undefined {
  if (!publishedAt) return undefined;
  if (publishedAt > at) {
    return new Refused('PUBLISHED_IN_FUTURE', '发布时间不能晚于现在', 'invalid');
  }
  const approvedAt = new Date(Math.max(...validSignatures(release).map((one) => +one.at)));
  // People tell minutes.
  if (publishedAt.getTime() < approvedAt.getTime() - (approvedAt.getTime() % MINUTE_MS)) {
    const when = beijingMinute(approvedAt);
    const rule = `这一稿 ${when} 才审查完毕，在此之前的发布不能按它登记`;
    return new Refused('PUBLISHED_BEFORE_APPROVAL', rule);
  }
  const isLate = at.getTime() - publishedAt.getTime() > pack.publicationLateAfterMs;
  if (!isLate || lateReason?.trim()) return undefined;
  return new Refused('LATE_REASON_NEEDED', '补录发布须写明未及时登记的原因', 'invalid');
}

/**
 * Records where a person has published the text; nothing is posted anywhere. The register entry, the act
 * that satisfies a countdown and the audit record leave with it in one write. The same text may be
 * recorded on further channels; the first time is the one that counts.
 *
 * @throws {Refused} when a rule forbids it
 */
export function withPublication(
  release: Release,
  request: PublishRequest,
  pack: ReviewPack,
): Release {
  const refusal = whyNotPublish(release, request, pack);
  if (refusal) throw refusal;

  const { channel, link, actor, at } = request;
  const by = actorOf(actor);
  const publication: Publication = {
    at: request.publishedAt ?? at,
    by,
    channel,
    link,
    ...(request.publishedAt && { enteredAt: at }),
    ...(request.lateReason && { lateReason: request.lateReason }),
  };
  const { published, alsoPublished = [] } = release;
  const both = isReviewer(release, actor) ? '（审查人兼发布人，按设置允许）' : '';
  const late = publication.lateReason ? `（补录：${publication.lateReason}）` : '';
  const when = request.publishedAt ? ` ${beijingMinute(request.publishedAt)}` : '';
  const what = `登记发布：${RELEASE_CHANNEL_NAMES[channel]}${when}${both}${late}`;
  return {
    ...release,
    state: 'published',
    published: published ?? publication,
    ...(published && { alsoPublished: [...alsoPublished, publication] }),
    history: [...release.history, { at, actor: by, what }],
    effects: [
      ...release.effects,
      registerEffect(release, publication, request.corrected),
      ...actEffects(release, publication, pack),
      auditEffect({
        at,
        actor: by,
        act: what,
        target: `release:${release.id}`,
        eventId: release.eventId,
        detail: `文本摘要 ${release.contentDigest}${link && `；${link}`}`,
      }),
    ],
  };
}

/** @throws {Refused | NotFound} */
export async function publishRelease(
  { releases, pack }: RespondDeps,
  { releaseId, ...request }: Omit<PublishRequest, 'corrected'> & { readonly releaseId: string },
): Promise<Release> {
  const corrects = (await releases.findById(releaseId))?.corrects;
  const corrected = corrects && (await releases.findById(corrects.releaseId));
  return amend(releases, releaseId, (release) =>
    withPublication(release, { ...request, corrected }, pack),
  );
}

/** Where a text was published, the first time first. */
export function publicationsOf({ published, alsoPublished = [] }: Release): readonly Publication[] {
  return published ? [published, ...alsoPublished] : alsoPublished;
}

function isReviewer(release: Release, person: Person): boolean {
  return validSignatures(release).some(({ actor }) => actor.personId === person.id);
}

function whyNotAt(channel: ReleaseChannel, link: string, pack: ReviewPack): Refused | undefined {
  if (link !== '') return whyNotLink(link);
  if (!pack.linkedChannels.includes(channel)) return undefined;
  const rule = `在${RELEASE_CHANNEL_NAMES[channel]}发布须登记链接`;
  return new Refused('RELEASE_LINK_NEEDED', rule, 'invalid');
}

/** The register's id of one publication of a text. */
export const registerIdOf = (
  release: Pick<Release, 'id' | 'contentDigest'>,
  channel: ReleaseChannel,
): string => idOf('register', release.id, release.contentDigest, channel);

/** What a correction points to: the entry on the same channel, else the first. */
function aboutOf(
  { corrects }: Release,
  channel: ReleaseChannel,
  corrected: Release | undefined,
): Pick<ReleaseRegisterEntry, 'kind' | 'about'> {
  const all = corrected ? publicationsOf(corrected) : [];
  const there = all.find((one) => one.channel === channel) ?? all[0];
  if (!corrects || !corrected || !there) return {};
  const entryId = registerIdOf(corrected, there.channel);
  return { kind: 'correction', about: { entryId, ...corrects } };
}

function registerEffect(
  release: Release,
  { at, by, channel, link, enteredAt, lateReason }: Publication,
  corrected: Release | undefined,
): Effect {
  const reviewers = validSignatures(release).map(
    ({ actor, step, inPlaceOf }) =>
      `${actor.name}（${REVIEW_STEP_NAMES[step]}${inPlaceOf ? '，代签' : ''}）`,
  );
  const entry: ReleaseRegisterEntry = {
    id: registerIdOf(release, channel),
    ...aboutOf(release, channel, corrected),
    releaseId: release.id,
    eventId: release.eventId,
    originalContent: `${release.title}\n\n${release.text}`,
    contentDigest: release.contentDigest,
    releasingUnit: release.releasingUnit,
    reviewer: reviewers.join('、'),
    publisher: by.name,
    releasedAt: at,
    channel,
    link,
    ...(enteredAt && { enteredAt }),
    ...(lateReason && { lateReason }),
  };
  return { topic: RELEASE_REGISTER_TOPIC, id: entry.id, key: release.eventId, body: entry };
}

/** What a publication is in the eyes of the countdowns; any other kind is a release. */
const ACT_KINDS: Partial<Record<Release['kind'], DutyActKind>> = {
  followUp: 'followUp',
  final: 'finalRelease',
};

/** What counts for a countdown: a kind that satisfies, an official channel, and a text that says enough. */
function actEffects(release: Release, { at, channel }: Publication, pack: ReviewPack): Effect[] {
  const counts =
    pack.satisfyingKinds.includes(release.kind) &&
    pack.officialChannels.includes(channel) &&
    missingFromChecklist(release, pack).length === 0;
  if (!counts) return [];
  const act: DutyAct = {
    id: idOf('act', release.id, release.contentDigest, channel),
    eventId: release.eventId,
    kind: ACT_KINDS[release.kind] ?? 'release',
    doneAt: at,
    ref: `release:${release.id}`,
    what: `${RELEASE_CHANNEL_NAMES[channel]}发布《${release.title}》（${RELEASE_KIND_NAMES[release.kind]}）`,
  };
  return [{ topic: ACTS_TOPIC, id: act.id, key: release.eventId, body: act }];
}
