import { actorOf, hasRole, idOf, Refused, type Person } from '#core';
import { newNoted, notedAs, type ActOnEvent } from '../noted.ts';
import { rolesInWords } from '../words.ts';
import type { ClaimPost, RumorCase, RumorStore } from './rumor-case.ts';
import type { RumorPack } from './rumor-pack.ts';

export interface OpenRumorRequest extends ActOnEvent {
  readonly claimText: string;
  /** Posts of the event that carry it. */
  readonly posts: readonly ClaimPost[];
}

export const mayOpenRumor = (person: Person, { openers }: Pick<RumorPack, 'openers'>): boolean =>
  hasRole(person, ...openers);

export const notedRumor = notedAs('rumor');

/** Opens a case; the same claim of the same event twice is one. @throws {Refused} */
export async function openRumor(
  { rumors, pack }: { readonly rumors: RumorStore; readonly pack: RumorPack },
  request: OpenRumorRequest,
): Promise<RumorCase> {
  const rumor = newRumor(request, pack);
  if (await rumors.create(rumor)) return rumor;
  return (await rumors.findById(rumor.id)) ?? rumor;
}

/** @throws {Refused} when the role or the claim is missing */
export function newRumor(request: OpenRumorRequest, pack: RumorPack): RumorCase {
  const { event, actor, at, posts } = request;
  if (!mayOpenRumor(actor, pack)) {
    throw new Refused('ROLE_NEEDED', `立核查须为${rolesInWords(pack.openers)}`, 'forbidden');
  }
  const claimText = request.claimText.trim();
  if (claimText === '') {
    throw new Refused('CLAIM_NEEDED', '要核查的说法须照原话写明', 'invalid');
  }
  const rumor: RumorCase = {
    ...newNoted(request, idOf('rumor', event.id, claimText)),
    claimText,
    posts: [...posts],
    firstSeenAt: firstSeen(posts, at),
    opened: { at, by: actorOf(actor) },
    state: 'claimed',
    evidence: [],
    verdicts: [],
    clarifications: [],
  };
  const carried =
    posts.length > 0 ? `，见于 ${posts.length} 条公开信息` : '，没有公开信息佐证其出处';
  return notedRumor(rumor, request, `立核查：“${claimText}”${carried}`);
}

/** Of these posts and another moment the earliest; it is computed, never typed. */
export const firstSeen = (posts: readonly ClaimPost[], other: Date): Date =>
  new Date(Math.min(+other, ...posts.map(({ fetchedAt }) => +fetchedAt)));
