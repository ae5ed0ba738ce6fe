import { actorOf, amend, auditEffect, hasRole, newId, Refused, type Person } from '#core';
import { contentDigestOf, textOf } from './content-digest.ts';
import type { RespondDeps } from '../ports.ts';
import type { Release, ReleaseText } from './release.ts';
import type { ReviewPack } from '../review-pack.ts';
import { isAuthor } from './required-steps.ts';
import { RELEASE_KIND_NAMES, rolesInWords } from '../words.ts';

/** A text as its author wrote it; what is not said is meant for everybody (主动公开). */
export type ReleaseDraft = Omit<ReleaseText, 'disclosureType'> &
  Partial<Pick<ReleaseText, 'disclosureType'>>;

export interface EditRequest {
  readonly draft: ReleaseDraft;
  readonly actor: Person;
  readonly at: Date;
}

const WRITABLE: readonly Release['state'][] = ['draft', 'inReview', 'rejected', 'approved'];

/** The rule that forbids this person to write; undefined when none does. */
export function whyNotDraft(person: Person, pack: ReviewPack): Refused | undefined {
  if (hasRole(person, ...pack.drafters)) return undefined;
  return new Refused('ROLE_NEEDED', `拟稿、改稿须为${rolesInWords(pack.drafters)}`, 'forbidden');
}

/** The rule that forbids this person to change this text; undefined when none does. */
export function whyNotEdit(
  release: Release,
  person: Person,
  pack: ReviewPack,
): Refused | undefined {
  if (WRITABLE.includes(release.state)) return whyNotDraft(person, pack);
  return new Refused('RELEASE_ALREADY_PUBLISHED', '已发布的稿件不得改动；如需更正，请另拟新稿');
}

export interface NewRelease extends EditRequest {
  readonly event: { readonly id: string; readonly isDrill: boolean };
  readonly corrects?: Release['corrects'];
  readonly clarifies?: Release['clarifies'];
}

/**
 * A text nobody has reviewed yet.
 *
 * @throws {Refused} when this person may not draft, or the draft contradicts itself
 */
export function newRelease(
  { draft, actor, at, event, corrects, clarifies }: NewRelease,
  pack: ReviewPack,
): Release {
  const refusal = whyNotDraft(actor, pack);
  if (refusal) throw refusal;
  const text = readDraft(draft, at);
  const id = newId();
  const by = actorOf(actor);
  const why = corrects ? `，更正：${corrects.reason}` : '';
  const what = `拟稿（${RELEASE_KIND_NAMES[text.kind]}${why}）`;
  const contentDigest = contentDigestOf(text);
  return {
    ...text,
    id,
    revision: 1,
    eventId: event.id,
    isDrill: event.isDrill,
    state: 'draft',
    contentDigest,
    drafter: by,
    signatures: [],
    ...(corrects && { corrects }),
    ...(clarifies && { clarifies }),
    history: [{ at, actor: by, what }],
    createdAt: at,
    effects: [noteOf({ id, eventId: event.id }, by, what, contentDigest, at)],
  };
}

/**
 * Writes the text anew. Any change makes it a draft again and its signatures void; they stay on record
 * under the digest they were given to. The same text once more changes nothing.
 *
 * @throws {Refused} when a rule forbids it
 */
export function withText(
  release: Release,
  { draft, actor, at }: EditRequest,
  pack: ReviewPack,
): Release | undefined {
  const refusal = whyNotEdit(release, actor, pack);
  if (refusal) throw refusal;
  // An unchanged text may hold a promise of the next update that has meanwhile passed.
  const unchanged = contentDigestOf({ ...textOf(release), ...draft }) === release.contentDigest;
  if (unchanged) return undefined;

  if (release.clarifies && draft.kind !== release.kind) {
    throw new Refused('CLARIFICATION_KIND', '据核查认定拟的澄清稿不能改作别的种类', 'invalid');
  }
  const text = readDraft({ disclosureType: release.disclosureType, ...draft }, at);
  const contentDigest = contentDigestOf(text);
  const by = actorOf(actor);
  const editors = release.editors ?? [];
  const voids = release.signatures.some(({ voidedAt }) => !voidedAt);
  const wasSent = (release.waits ?? []).length > 0;
  const what = voids ? '改稿，原有签署作废' : wasSent ? '改稿，须重新送审' : '改稿';
  return {
    ...release,
    ...text,
    contentDigest,
    state: 'draft',
    // Who was waited for read another text; the new one is sent to them anew.
    ...(release.waits && { waits: [] }),
    ...(voids && {
      reviewedVersions: [
        ...(release.reviewedVersions ?? []),
        { ...textOf(release), contentDigest: release.contentDigest, replacedAt: at },
      ],
    }),
    editors: isAuthor(release, actor.id) ? editors : [...editors, by],
    signatures: release.signatures.map((signature) =>
      signature.voidedAt ? signature : { ...signature, voidedAt: at },
    ),
    history: [...release.history, { at, actor: by, what }],
    effects: [...release.effects, noteOf(release, by, what, contentDigest, at)],
  };
}

/** @throws {Refused} */
export async function draftRelease(
  { releases, pack }: RespondDeps,
  request: Omit<NewRelease, 'corrects' | 'clarifies'>,
): Promise<Release> {
  const release = newRelease(request, pack);
  await releases.create(release);
  return release;
}

/** @throws {Refused | NotFound} */
export async function editRelease(
  { releases, pack }: RespondDeps,
  { releaseId, ...request }: EditRequest & { readonly releaseId: string },
): Promise<Release> {
  return amend(releases, releaseId, (release) => withText(release, request, pack));
}

function readDraft(draft: ReleaseDraft, at: Date): ReleaseText {
  const { kind, title, text, releasingUnit, checklist, disclosureType = 'proactive' } = draft;
  if ([title, text, releasingUnit].some((field) => field.trim() === '')) {
    throw new Refused('RELEASE_TEXT_NEEDED', '标题、正文、发布单位都要写', 'invalid');
  }
  if (checklist.nextUpdateAt && checklist.nextUpdateAt <= at) {
    throw new Refused('NEXT_UPDATE_PASSED', '下次更新时间须晚于现在', 'invalid');
  }
  return { kind, title, text, releasingUnit, checklist, disclosureType };
}

function noteOf(
  { id, eventId }: Pick<Release, 'id' | 'eventId'>,
  actor: Release['drafter'],
  act: string,
  contentDigest: string,
  at: Date,
) {
  const detail = `文本摘要 ${contentDigest}`;
  return auditEffect({ at, actor, act, target: `release:${id}`, eventId, detail });
}
