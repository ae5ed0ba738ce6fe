import { DAY_MS, HOUR_MS, MINUTE_MS } from '#core';
import type { MediaTier } from '#ingest';
import { findingWords, type Finding } from './finding.ts';
import type { Evidence } from './grade-proposal.ts';
import { CONTENT_CLASSES, type GradingPack } from './grading-pack.ts';
import { interactionsAt, type LeadPost } from '../events/lead.ts';
import { higherTier, isTierAtLeast, type GradeMeasures } from './propose-grade.ts';
import { spreadOf } from '../facts/region.ts';

/** One post of an event with the lead it belongs to: copies share a lead. */
export interface EventRecord {
  readonly leadId: string;
  readonly post: LeadPost;
}

/** What the office has set and the posts do not say. */
export interface GradingContext {
  readonly pack: GradingPack;
  /** strict: either grade starts the countdowns; literal: only the incident's. */
  readonly countdownProfile: 'strict' | 'literal';
  readonly sensitivePeriods: readonly {
    readonly name: string;
    readonly from: Date;
    readonly to: Date;
  }[];
}

const UNTRUE_ORDER = ['none', 'suspected', 'verified', 'panic'] as const;

/**
 * Everything the points model looks at, added up record by record in order of arrival: a long event
 * costs one look at each record, not one at all of them for each.
 */
export class EventMeter {
  readonly #context: GradingContext;
  readonly #records: { readonly post: LeadPost; readonly key: number }[] = [];
  readonly #keys = new Map<string, number>();
  readonly #regionCodes = new Set<string>();
  readonly #carriers = new Map<string, LeadPost>();
  #content: LeadPost[] = [];
  #contentRank = 0;
  #tier: MediaTier = 'M0';
  #firstPublishedAt = Number.POSITIVE_INFINITY;
  #hotList: 'local' | 'national' | undefined;
  #place: LeadPost | undefined;
  #untrue: LeadPost | undefined;
  #deadliest: LeadPost | undefined;
  #deadliestCredible: LeadPost | undefined;
  /** When individuals published the newest copies of a lead's text. */
  readonly #copiesAt = new Map<string, number[]>();
  #sameText = 0;
  /** The newest finding of each kind. */
  readonly #findings: { [Kind in Finding['kind']]?: Extract<Finding, { kind: Kind }> } = {};

  constructor(context: GradingContext) {
    this.#context = context;
  }

  add({ leadId, post }: EventRecord): void {
    this.#records.push({ post, key: this.#countedAs(leadId, post) });
    this.#firstPublishedAt = Math.min(this.#firstPublishedAt, post.publishedAt.getTime());
    for (const code of post.regionCodes) this.#regionCodes.add(code);
    this.#addContent(post);
    this.#addCarrier(post);
    if (post.outletKind === 'individual') this.#addCopy(leadId, post);
    if (post.hotListScope && this.#hotList !== 'national') this.#hotList = post.hotListScope;
    if (post.sensitiveWords !== '') this.#place ??= post;
    if (isGraver(post.untrue, this.#untrue?.untrue)) this.#untrue = post;
    if (isDeadlier(post, this.#deadliest)) this.#deadliest = post;
    const { credibleTier } = this.#context.pack.floors;
    const isClaim = post.claimedFigures?.includes('dead') ?? false;
    const isCredible = !isClaim && isTierAtLeast(post.mediaTier, credibleTier);
    if (isCredible && isDeadlier(post, this.#deadliestCredible)) this.#deadliestCredible = post;
  }

  /** A person's finding outweighs what posts say; of two, the later one counts. */
  addFinding(finding: Finding): void {
    Object.assign(this.#findings, { [finding.kind]: finding });
  }

  /** @param at no earlier than the arrival of the last record added */
  measuresAt(at: Date): GradeMeasures {
    const { posts24h, interactions24h, speedRatio } = this.#windowsAt(at);
    const period = this.#context.sensitivePeriods.find(({ from, to }) => at >= from && at <= to);
    const deaths = this.#deaths();
    const suspicion = this.#suspicion(posts24h, interactions24h);
    const { incidentGrade, namedCriticism, upperOrder } = this.#findings;
    const place = this.#place;
    const untrue = this.#untrue;
    const hotList = this.#hotList;
    return {
      content: {
        class: CONTENT_CLASSES[this.#contentRank] ?? 'A0',
        evidence: this.#content.map((post) => evidenceOf(post, post.contentWords)),
      },
      posts24h,
      interactions24h,
      ...(suspicion && { suspicion }),
      ...(speedRatio !== undefined && { speedRatio }),
      ...(hotList && { hotList }),
      ...this.#media(),
      sensitive: {
        ...(period && { period: period.name }),
        ...(place && { place: evidenceOf(place, place.sensitiveWords) }),
      },
      spread: hotList === 'national' ? 'nationwide' : spreadOf([...this.#regionCodes]),
      untrue: untrue?.untrue ?? 'none',
      untrueEvidence: untrue ? [evidenceOf(untrue, untrue.untrueWords)] : [],
      ...(deaths && { deaths }),
      ...(incidentGrade && {
        confirmedIncidentGrade: incidentGrade.grade,
        incidentEvidence: toEvidence(incidentGrade),
      }),
      ...(namedCriticism && { namedCriticism: toEvidence(namedCriticism) }),
      ...(upperOrder && { upperOrder: toEvidence(upperOrder) }),
    };
  }

  /** One text counts once per outlet; an individual's posts count each. */
  #countedAs(leadId: string, post: LeadPost): number {
    const key = post.outletKind === 'institution' ? `${leadId} ${post.outlet}` : post.postId;
    const known = this.#keys.get(key) ?? this.#keys.size;
    this.#keys.set(key, known);
    return known;
  }

  #addContent(post: LeadPost): void {
    const rank = CONTENT_CLASSES.indexOf(post.contentClass);
    if (rank > this.#contentRank) {
      this.#contentRank = rank;
      this.#content = [];
    }
    const isBehind = rank === this.#contentRank && post.contentWords !== '';
    if (isBehind && this.#content.length < EVIDENCE_SHOWN) this.#content.push(post);
  }

  #addCopy(leadId: string, { publishedAt }: LeadPost): void {
    const at = publishedAt.getTime();
    const near = (this.#copiesAt.get(leadId) ?? []).filter(
      (other) => Math.abs(other - at) <= this.#context.pack.suspicious.sameTextMs,
    );
    near.push(at);
    this.#copiesAt.set(leadId, near);
    this.#sameText = Math.max(this.#sameText, near.length);
  }

  /** Why the interactions look bought; undefined when they do not, or a person found them real. */
  #suspicion(posts24h: number, interactions24h: number): string | undefined {
    const rule = this.#context.pack.suspicious;
    const looked = this.#findings.interactions;
    if (looked) return looked.isGenuine ? undefined : findingWords(looked);
    if (this.#sameText >= rule.sameTextPosts) {
      return `${rule.sameTextMs / MINUTE_MS}分钟内同文${this.#sameText}条，待核看`;
    }
    const isHollow = interactions24h >= rule.interactions && posts24h <= rule.mostPosts;
    return isHollow && !this.#hotList
      ? `互动${interactions24h}而信息仅${posts24h}条，待核看`
      : undefined;
  }

  #addCarrier(post: LeadPost): void {
    const tier = higherTier(this.#tier, post.mediaTier);
    if (tier !== this.#tier) this.#carriers.clear();
    this.#tier = tier;
    if (post.mediaTier === tier) this.#carriers.set(post.outlet, post);
  }

  #media(): Pick<GradeMeasures, 'mediaTier' | 'mediaEvidence'> {
    // Two central media are a tier of their own.
    const mediaTier = this.#tier === 'M6' && this.#carriers.size > 1 ? 'M7' : this.#tier;
    const shown = [...this.#carriers.values()].slice(0, EVIDENCE_SHOWN);
    return { mediaTier, mediaEvidence: shown.map((post) => evidenceOf(post, post.outlet)) };
  }

  /** A credible report outweighs a higher figure that nobody has checked; what a person checked, both. */
  #deaths(): GradeMeasures['deaths'] {
    const checked = this.#findings.figures;
    if (checked) return { dead: checked.dead, isCredible: true, evidence: toEvidence(checked) };
    const post = this.#deadliestCredible ?? this.#deadliest;
    if (!post) return undefined;
    const isCredible = post === this.#deadliestCredible;
    return { dead: post.dead ?? 0, isCredible, evidence: evidenceOf(post, post.figureWords) };
  }

  /** What depends on how long ago posts were published. */
  #windowsAt(at: Date): Pick<GradeMeasures, 'posts24h' | 'interactions24h' | 'speedRatio'> {
    const counted = new Set<number>();
    let interactions24h = 0;
    let lastHour = 0;
    let before = 0;
    for (const { post, key } of this.#records) {
      const ageMs = at.getTime() - post.publishedAt.getTime();
      if (ageMs < HOUR_MS) lastHour += 1;
      else if (ageMs < 7 * HOUR_MS) before += 1;
      if (ageMs >= DAY_MS) continue;
      counted.add(key);
      interactions24h += interactionsAt(post, at);
    }
    const { leastPosts, leastAgeMs } = this.#context.pack.speed;
    const isCounted = lastHour >= leastPosts && at.getTime() - this.#firstPublishedAt >= leastAgeMs;
    return {
      posts24h: counted.size,
      interactions24h,
      ...(isCounted && { speedRatio: lastHour / Math.max(1, before / 6) }),
    };
  }
}

const EVIDENCE_SHOWN = 3;

export function evidenceOf(post: LeadPost, words: string): Evidence {
  return { postId: post.postId, url: post.url, outlet: post.outlet, at: post.fetchedAt, words };
}

function toEvidence(finding: Finding): Evidence {
  const { actor, at, url } = finding;
  return { outlet: actor.name, at, words: findingWords(finding), ...(url && { url }) };
}

const isGraver = (a: LeadPost['untrue'], b: LeadPost['untrue'] = 'none'): boolean =>
  UNTRUE_ORDER.indexOf(a) > UNTRUE_ORDER.indexOf(b);

const isDeadlier = (post: LeadPost, than: LeadPost | undefined): boolean =>
  (post.dead ?? 0) > (than?.dead ?? 0);
