import {
  applyAct,
  armCountdowns,
  passMilestones,
  startByAct,
  waive,
  type Alert,
  type Countdown,
  type DutyAct,
} from '#alert';
import {
  decideGrade,
  decideLowering,
  type GradedEvent,
  type LeadPost,
  type OpinionEvent,
} from '#analyze';
import { MACHINE, type Grade, type Person } from '#core';
import type { MeasureRecords } from '#measures';
import type {
  Assessment,
  Evaluation,
  HandlingOrder,
  PressConference,
  Release,
  ReleaseRegisterEntry,
} from '#respond';
import { armingRules, countdownPack } from './alerts.ts';
import { aLead, anOpinionEvent } from './events.ts';
import { anOrder } from './orders.ts';
import { gradingPack } from './packs.ts';
import { aPerson, office } from './people.ts';
import { aRelease } from './releases.ts';
import { aTonedPost } from './reports.ts';

/** Beijing time in the year of the story: `02-03 10:00`. */
export const at = (text: string): Date => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`);
export const later = (from: Date, minutes: number): Date =>
  new Date(from.getTime() + minutes * 60_000);

const lead = aPerson('陆柏舟', ['opinionLead']);
const { deputy, principal } = office;
const deciderOf: Readonly<Partial<Record<Grade, Person>>> = { L1: principal, L2: deputy, L3: lead };

interface Beginning {
  readonly grade: Grade;
  /** K */
  readonly known: string;
  /** T; absent where nothing reached 重大. */
  readonly triggered?: string;
  /** O */
  readonly occurred?: string;
  /** When the rules first proposed the grade; T, or K where there is none. */
  readonly proposed?: string;
  readonly more?: Partial<OpinionEvent>;
}

/** One event as it goes through the product's own rules: armed, met, missed, waived, lowered. */
export class Story {
  event: OpinionEvent;
  readonly #countdowns = new Map<string, Countdown>();
  readonly releases: Release[] = [];
  readonly conferences: PressConference[] = [];
  readonly orders: HandlingOrder[] = [];
  readonly assessments: Assessment[] = [];
  readonly alerts: Alert[] = [];
  posts: LeadPost[];
  evaluation: Evaluation | undefined;
  #acts = 0;

  constructor(id: string, { grade, known, triggered, occurred, proposed, more }: Beginning) {
    const knownAt = at(known);
    const proposedAt = at(proposed ?? triggered ?? known);
    const proven = (moment: Date) => ({ at: moment, recordId: `post-${id}`, reason: '记录' });
    const base = anOpinionEvent();
    const { triggeredAt: _none, ...rest } = base;
    const publicAt = later(knownAt, -10);
    this.posts = [
      aTonedPost('neutral', { postId: `post-${id}`, publishedAt: publicAt, publishedFrom: 'feed' }),
    ];
    this.event = {
      ...rest,
      id,
      title: id,
      firstPublicAt: publicAt,
      firstPostId: `post-${id}`,
      lastPostAt: knownAt,
      knownAt: proven(knownAt),
      ...(triggered && { triggeredAt: proven(at(triggered)) }),
      ...(occurred && { occurredAt: proven(at(occurred)) }),
      proposal: { ...base.proposal, grade, at: proposedAt },
      gradeHistory: [
        { at: proposedAt, actor: MACHINE, kind: 'proposed', to: grade, reason: `建议${grade}` },
      ],
      responseValue: 'should',
      mustRespondReasons: [],
      ...more,
    };
    this.arm(proposedAt);
  }

  get countdowns(): Countdown[] {
    return [...this.#countdowns.values()];
  }

  #put(changed: readonly Countdown[]): void {
    for (const one of changed) this.#countdowns.set(one.id, one);
  }

  /** Time passes: what is due by then and not met is a breach. */
  pass(until: Date): this {
    this.#put(this.countdowns.flatMap((one) => passMilestones(one, until)?.countdown ?? []));
    return this;
  }

  arm(now: Date): this {
    this.pass(now);
    const { effects: _e, topTerms: _t, entities: _n, ...graded } = this.event;
    this.#put(armCountdowns(graded satisfies GradedEvent, this.countdowns, armingRules, now));
    return this;
  }

  act(kind: DutyAct['kind'], when: string, more: Partial<DutyAct> = {}): this {
    const doneAt = at(when);
    this.pass(doneAt);
    this.#acts += 1;
    const { id: eventId, title, isDrill } = this.event;
    const named = { id: `${eventId}-${this.#acts}`, eventId, kind, doneAt, ref: 'record' };
    const act: DutyAct = { ...named, what: kind, title, isDrill, ...more };
    this.#put(this.countdowns.flatMap((one) => applyAct(one, act, countdownPack) ?? []));
    this.#put(startByAct(act, this.countdowns, armingRules, doneAt));
    return this;
  }

  report(phone: string | undefined, written: string | undefined): this {
    if (phone) this.act('firstReportPhone', phone);
    if (written) this.act('firstReportWritten', written);
    return this;
  }

  publish(kind: Release['kind'], when: string, more: Partial<Release> = {}): this {
    const release = aRelease({ title: `${this.event.id}的通报` });
    const id = `${this.event.id}-release-${this.releases.length + 1}`;
    const by = { personId: 'p', name: '简若汀' };
    const published = { at: at(when), by, channel: 'govSite' as const, link: '' };
    const { isDrill } = this.event;
    const named = { id, eventId: this.event.id, kind, isDrill, published };
    this.releases.push({ ...release, ...named, state: 'published', ...more });
    if (kind === 'final') return this.act('finalRelease', when);
    return this.act(kind === 'followUp' ? 'followUp' : 'release', when);
  }

  hold(when: string, spokesperson = '周敏（市政府副秘书长）'): this {
    this.conferences.push({
      id: `${this.event.id}-conference`,
      revision: 1,
      effects: [],
      eventId: this.event.id,
      isDrill: false,
      mode: 'onSite',
      heldAt: at(when),
      place: '新闻发布厅',
      spokesperson,
      recordLink: 'https://www.linjiang.test/c',
      state: 'recorded',
      history: [],
      createdAt: at(when),
    });
    return this.act('pressConference', when);
  }

  decide(grade: Grade, when: string, citedFact?: string): this {
    const actor = deciderOf[grade] ?? lead;
    const decision = { grade, actor, reason: '属实', at: at(when), citedFact };
    this.event = decideGrade(this.event, decision, gradingPack);
    return this.arm(at(when));
  }

  /** Asked for by one person, approved by another. */
  lower(asked: string, approved: string): this {
    const wish = { grade: 'L4' as const, actor: deputy, reason: '误传', citedFact: '核实不实' };
    this.event = decideGrade(this.event, { ...wish, at: at(asked) }, gradingPack);
    const answer = { isApproved: true, reason: '同意', actor: principal, at: at(approved) };
    this.event = decideLowering(this.event, answer, gradingPack);
    return this.arm(at(approved));
  }

  waive(code: string, when: string, part?: string): this {
    this.pass(at(when));
    const found = this.countdowns.find((one) => one.code === code && one.part === part);
    if (!found) throw new Error(`no ${code} to waive`);
    const act = { actor: principal, reason: '已由上级统一发布，本级不另发', at: at(when) };
    this.#put([waive(found, act, countdownPack)]);
    return this;
  }

  /** Another event known earlier was merged into this one: the earliest K holds, T stays. */
  knownEarlier(known: string, when: string): this {
    const { knownAt, revision } = this.event;
    const firstPublicAt = later(at(known), -10);
    this.event = {
      ...this.event,
      revision: revision + 1,
      knownAt: { ...knownAt, at: at(known) },
      firstPublicAt,
    };
    return this.arm(at(when));
  }

  /** The rules have judged it anew; what people decided stands. */
  newsOf(judged: OpinionEvent, when: string): this {
    const { confirmedGrade, gradeHistory, revision } = this.event;
    const decided = gradeHistory.filter(({ kind }) => kind !== 'proposed');
    this.event = {
      ...judged,
      revision: revision + 1,
      ...(confirmedGrade && { confirmedGrade }),
      gradeHistory: [...judged.gradeHistory, ...decided].toSorted((a, b) => +a.at - +b.at),
    };
    return this.arm(at(when));
  }

  order(due: string, done?: string, returned?: string): this {
    const number = this.orders.length + 1;
    const target = `order:${this.event.id}-${number}`;
    const base = anOrder({ at: at('02-17 12:00') });
    const back = { at: at('02-17 13:00'), by: MACHINE, unit: '甲', reason: '不归我管' };
    this.orders.push({
      ...base,
      id: `${this.event.id}-${number}`,
      eventId: this.event.id,
      returns: returned ? [{ ...back, suggestedUnit: '乙' }] : [],
    });
    this.act('orderIssued', '02-17 12:00', { target, dueAt: at(due) });
    if (returned) this.act('orderReturned', returned, { target });
    if (done) this.act('orderDone', done, { target });
    return this;
  }

  get entries(): ReleaseRegisterEntry[] {
    return this.releases.flatMap(({ id, eventId, contentDigest, published, alsoPublished = [] }) =>
      [published, ...alsoPublished].flatMap((one, number) =>
        one
          ? [
              {
                id: `${id}-entry-${number}`,
                releaseId: id,
                eventId,
                originalContent: '正文',
                contentDigest,
                releasingUnit: '市水务局',
                reviewer: '陶知夏',
                publisher: one.by.name,
                releasedAt: one.at,
                channel: one.channel,
                link: '',
              },
            ]
          : [],
      ),
    );
  }

  get file(): MeasureRecords['events'][number] {
    const { event, posts, countdowns, alerts, releases, conferences, orders } = this;
    const leads = [aLead({ id: `lead-${event.id}`, eventId: event.id, posts })];
    const { assessments, evaluation } = this;
    const rest = { dutyRecords: [], releases, conferences, orders, assessments, evaluation };
    return { event, leads, countdowns, alerts, ...rest };
  }
}
