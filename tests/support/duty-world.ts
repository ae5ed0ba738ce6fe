import { isAtLeast, Refused, type Grade, type Person } from '#core';
import type { GradedEvent } from '#analyze';
import {
  AlertSchema,
  answerTime,
  applyAct,
  armCountdowns,
  askForTime,
  BREACHES_TOPIC,
  CountdownSchema,
  isOpen,
  NOTICES_TOPIC,
  openAlert,
  raiseAlert,
  startByAct,
  waive,
  withAcknowledgement,
  type Alert,
  type AlertingDeps,
  type Countdown,
  type DutyAct,
  type Notice,
} from '#alert';
import { callPeople } from '../../alert/call-people.ts';
import { withBreachRecord } from '../../alert/countdown-breach.ts';
import { passed, type Reach } from '../../alert/pass-countdown.ts';
import type { CallResolver } from '../../alert/step-ladder.ts';
import { ruleKey } from '../../alert/rule-in-force.ts';
import {
  aGradedEvent,
  after,
  armingRules,
  calendar,
  confirmed,
  countdownPack,
  ladderPack,
  lowered,
  NIGHT,
  proposedChange,
} from './alerts.ts';

/** The decisions of the product that a countdown and a ladder go through; a mutant replaces one. */
export const DECISIONS = {
  arm: armCountdowns,
  start: startByAct,
  pass: passed,
  apply: applyAct,
  askForTime,
  answerTime,
  waive,
  acknowledge: withAcknowledgement,
  callPeople,
  breach: withBreachRecord,
  /** What a stop and a start make of a stored document. */
  reboot: {
    countdown: (one: Countdown): Countdown =>
      CountdownSchema.parse(JSON.parse(JSON.stringify(one))),
    alert: (one: Alert): Alert => AlertSchema.parse(JSON.parse(JSON.stringify(one))),
  },
};
export type Decisions = typeof DECISIONS;

const NOBODY: readonly Person[] = [];

/** One event with its duties and its alert, on which commands act and whose invariants are looked at. */
export class DutyWorld {
  readonly #does: Decisions;
  now = NIGHT;
  event: GradedEvent = aGradedEvent('L3');
  countdowns = new Map<string, Countdown>();
  alert: Alert | undefined;
  readonly rows = new Map<string, Notice>();
  /** How often each notice was decided. */
  readonly decided: string[] = [];
  readonly breaches = new Set<string>();
  /** Each countdown's acts that count, as the model sees them; independent of the product's states. */
  readonly #endedAt = new Map<string, number>();
  roster: ReadonlyMap<string, readonly Person[]>;
  isUnsure = false;

  constructor(does: Decisions, roster: ReadonlyMap<string, readonly Person[]>) {
    this.#does = does;
    this.roster = roster;
    this.news(this.event);
  }

  get deps(): AlertingDeps {
    return {
      channels: new Set(['email']),
      countdownPack,
      ladderPack,
      calendar,
      linkFor: ({ alertId, personId }: { alertId: string; personId: string }) =>
        `${alertId}.${personId}`,
    } as unknown as AlertingDeps;
  }

  readonly reach: Reach = (roles) => [
    ...new Map(
      roles.flatMap((role) => this.roster.get(role) ?? NOBODY).map((one) => [one.id, one]),
    ).values(),
  ];
  readonly #resolve: CallResolver = ({ role, seat }) =>
    (this.roster.get(role === 'dutyOfficer' ? `${role} ${seat}` : role) ?? NOBODY).slice();

  // What happens.

  pass(minutes: number): void {
    this.now = after(minutes, this.now);
    this.tick();
  }

  tick(): void {
    for (const one of this.countdowns.values()) {
      const next = this.#does.pass(one, this.deps, this.reach, this.now, !this.isUnsure);
      if (next) this.keep(one, next);
    }
    this.callLadder();
  }

  callLadder(): void {
    for (let n = 0; n < 3 && this.alert; n += 1) {
      const all = [...this.countdowns.values()];
      const next = this.#does.callPeople(this.alert, this.deps, this.#resolve, all, this.now);
      if (!next) return;
      this.keepAlert(next);
    }
  }

  news(event: GradedEvent): void {
    this.event = event;
    const rules = armingRules;
    for (const next of this.#does.arm(event, [...this.countdowns.values()], rules, this.now)) {
      const before = this.countdowns.get(next.id);
      const recorded = this.#does.breach(before, next, this.now);
      const told = this.#does.pass(recorded, this.deps, this.reach, this.now, !this.isUnsure);
      this.keep(before, told ?? recorded);
    }
    this.alert = this.alert
      ? (raiseAlert(this.alert, event, ladderPack, this.now) ?? this.alert)
      : openAlert(event, ladderPack, this.now);
    this.callLadder();
  }

  propose(grade: Grade, minutesAgo: number): void {
    const at = after(-minutesAgo, this.now);
    const start = { at, recordId: 'post-2', reason: '新记录' };
    const known = this.event.triggeredAt;
    const isEarlier = !known || at < known.at;
    this.news({
      ...this.event,
      revision: this.event.revision + 1,
      proposal: { ...this.event.proposal, grade },
      gradeHistory: [...this.event.gradeHistory, proposedChange(grade, this.now)],
      ...(isAtLeast(grade, 'L2') && isEarlier && { triggeredAt: start }),
    });
  }

  confirm(): void {
    this.news(confirmed(this.event, this.now));
  }

  lower(): void {
    this.#end(
      (one) => one.state !== 'breached' && isLowerable(one) && this.now < one.statutoryDueAt,
    );
    this.news(lowered(this.event, this.now, 'L4'));
  }

  act(kind: DutyAct['kind'], id: string, at = this.now): DutyAct {
    const act = { id, eventId: this.event.id, kind, doneAt: at, ref: `record:${id}`, what: '办理' };
    this.take(act);
    return act;
  }

  take(act: DutyAct): void {
    this.#end((one) => isMetBy(one, act), act.doneAt.getTime());
    for (const one of this.countdowns.values()) {
      const met = this.#does.apply(one, act, countdownPack);
      if (met) this.keep(one, this.#does.breach(one, met, this.now));
    }
    for (const next of this.#does.start(
      act,
      [...this.countdowns.values()],
      armingRules,
      this.now,
    )) {
      const before = this.countdowns.get(next.id);
      const recorded = this.#does.breach(before, next, this.now);
      const told = this.#does.pass(recorded, this.deps, this.reach, this.now, !this.isUnsure);
      this.keep(before, told ?? recorded);
    }
  }

  /** One asks, another (or the same) agrees; what the product refuses changes nothing. */
  adjust(asker: Person, answerer: Person, moreMinutes: number): void {
    const [one] = [...this.countdowns.values()].filter(isOpen);
    if (!one) return;
    const until = after(moreMinutes, one.managedDueAt);
    const reason = '现场通信中断需要更多时间';
    const request = { actor: asker, reason, until, at: this.now };
    const asked = orRefused(() => this.#does.askForTime(one, request, countdownPack));
    if (!asked) return;
    this.keep(one, asked);
    const adjustmentId = asked.adjustments?.at(-1)?.id ?? '';
    const answer = {
      adjustmentId,
      isApproved: true,
      reason: '同意',
      actor: answerer,
      at: this.now,
    };
    const answered = orRefused(() => this.#does.answerTime(asked, answer, countdownPack));
    if (answered) this.keep(asked, answered);
  }

  waive(principal: Person): void {
    const [one] = [...this.countdowns.values()].filter(isOpen);
    if (!one) return;
    this.#endedAt.set(one.id, this.#endedAt.get(one.id) ?? this.now.getTime());
    const act = { actor: principal, reason: '上级机关统一发布本单位不再发布', at: this.now };
    this.keep(one, this.#does.waive(one, act, countdownPack));
  }

  acknowledge(personId: string): void {
    if (!this.alert) return;
    const act = { actor: { personId, name: personId }, at: this.now, via: 'desk' as const };
    const next = this.#does.acknowledge(this.alert, act, ladderPack);
    if (next) this.keepAlert(next);
  }

  /** A wall clock that is set; the product holds back breaches after a large jump forward. */
  jump(minutes: number): void {
    this.isUnsure = minutes > 5;
    this.pass(minutes);
    this.now = after(0, this.now);
    this.isUnsure = false;
    this.tick();
  }

  reboot(): void {
    for (const one of this.countdowns.values()) {
      this.countdowns.set(one.id, this.#does.reboot.countdown(one));
    }
    if (this.alert) this.alert = this.#does.reboot.alert(this.alert);
  }

  // How it is kept.

  keep(before: Countdown | undefined, changed: Countdown): void {
    this.#takeEffects(changed);
    const next = { ...changed, effects: [], revision: (before?.revision ?? 0) + 1 };
    if (before) this.#checkStep(before, next);
    this.countdowns.set(next.id, next);
  }

  keepAlert(changed: Alert): void {
    if (this.alert) this.#checkLadder(this.alert, changed);
    this.#takeEffects(changed);
    this.alert = { ...changed, effects: [], revision: changed.revision + 1 };
  }

  #takeEffects({ effects }: Countdown | Alert): void {
    for (const { topic, id, body } of effects) {
      if (topic === BREACHES_TOPIC)
        this.breaches.add((body as { countdownId: string }).countdownId);
      if (topic !== NOTICES_TOPIC) continue;
      this.decided.push(id);
      this.rows.set(id, body as Notice);
    }
  }

  #end(isEnded: (one: Countdown) => boolean, at = this.now.getTime()): void {
    for (const one of this.countdowns.values()) {
      if (this.#endedAt.has(one.id) || !isEnded(one)) continue;
      this.#endedAt.set(one.id, at);
    }
  }

  // What must hold.

  #checkStep(before: Countdown, next: Countdown): void {
    if (next.statutoryDueAt > before.statutoryDueAt)
      throw new Error('I2 statutory due time is later');
    const granted = next.adjustments?.some(
      ({ until, isApproved }) => isApproved && +until === +next.managedDueAt,
    );
    if (next.managedDueAt > before.managedDueAt && !granted) {
      throw new Error('I2 managed due time is later without an approval');
    }
    if (!isOpen(before) && next.state !== before.state) throw new Error(`I9 left ${before.state}`);
    const isEarly = !before.breachedAt && next.breachedAt && this.now < next.statutoryDueAt;
    if (isEarly && next.state === 'breached') throw new Error('I3 a breach before the due time');
    if (before.breachedAt && !next.breachedAt) throw new Error('I3 a breach was erased');
    for (const one of next.milestones) {
      if (one.firedAt && one.firedAt < one.at && !wasFired(before, one)) {
        throw new Error('I4 a milestone before its time');
      }
    }
  }

  #checkLadder(before: Alert, next: Alert): void {
    const steps = next.ladder?.steps.slice(before.ladder?.steps.length ?? 0) ?? [];
    if (steps.length > 0 && before.state === 'acknowledged' && next.state === 'acknowledged') {
      throw new Error('I7 a step while an acknowledgement stands');
    }
    for (const { calls, empty } of steps) {
      const isHeard = calls.some(({ channels }) =>
        channels.some(({ state }) => state === 'queued'),
      );
      const roles = calls.filter(({ role }) => role !== undefined);
      if (!isHeard && empty.length === 0 && roles.length > 0) throw new Error('I13 a silent step');
      if (!isHeard && calls.length === 0 && empty.length === 0)
        throw new Error('I13 a silent step');
    }
  }

  /** After a tick: everything that is due has happened, and nothing else. */
  check(): void {
    const all = [...this.countdowns.values()];
    const open = all.filter(isOpen).map(ruleKey);
    if (new Set(open).size < open.length) throw new Error('I1 two open countdowns of a kind');
    for (const one of all) this.#checkCountdown(one);
    for (const { adjustments = [] } of all) {
      const isOwn = adjustments.some(
        ({ requestedBy, decidedBy, isApproved }) =>
          isApproved && requestedBy.personId === decidedBy?.personId,
      );
      if (isOwn) throw new Error('I8 granted by whoever asked');
    }
    if (new Set(this.decided).size < this.decided.length) throw new Error('I6 decided twice');
  }

  #checkCountdown(one: Countdown): void {
    const isDue = one.statutoryDueAt <= this.now;
    const endedAt = this.#endedAt.get(one.id) ?? Number.POSITIVE_INFINITY;
    // Missed by the model's own account: past due, with nothing that met or ended it by then.
    const isMissed = isDue && endedAt > one.statutoryDueAt.getTime() && !isConfirmation(one);
    if (isMissed && !one.breachedAt) throw new Error(`I3 no breach of ${ruleKey(one)}`);
    if (one.breachedAt && !this.breaches.has(one.id))
      throw new Error('I3 a breach without a record');
    if (!isOpen(one)) return;
    const late = one.milestones.filter(({ at, firedAt }) => at <= this.now && !firedAt);
    if (late.length > 0) throw new Error('I5 a due milestone has not fired');
    const hasFired = one.milestones.some(({ firedAt }) => firedAt);
    const isTold = [...this.rows.values()].some(({ text }) => text.includes(one.basis));
    if (hasFired && this.reach(countdownPack.whenNobody).length > 0 && !isTold) {
      throw new Error('I5 a milestone told nobody');
    }
  }

  /** What two runs of the same story must agree in. */
  digest(): string {
    // As they would be read again: a stored document has its fields in the order of the schema.
    const bare = [...this.countdowns.values()].map((one) => DECISIONS.reboot.countdown(one));
    const alert = this.alert && DECISIONS.reboot.alert(this.alert);
    return JSON.stringify([bare, alert, [...this.rows.keys()].toSorted()]);
  }
}

/** What the product refuses changes nothing; any other failure is one. */
function orRefused<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

const isLowerable = ({ code }: Countdown): boolean =>
  code === 'AUTH_RELEASE_5H' || code === 'PRESS_24H';
const isConfirmation = ({ code }: Countdown): boolean => code === 'GRADE_CONFIRM';

/** By the words of the domain, not by the pack: what ends which duty. */
const MET_BY: Readonly<Record<string, readonly DutyAct['kind'][]>> = {
  'FIRST_REPORT/phone': ['firstReportPhone'],
  'FIRST_REPORT/written': ['firstReportWritten'],
  PLAN_START: ['planStarted'],
  AUTH_RELEASE_5H: ['release', 'finalRelease'],
  PRESS_24H: ['pressConference'],
  CONTINUOUS: ['followUp', 'finalRelease'],
};
const isMetBy = (one: Countdown, act: DutyAct): boolean =>
  (MET_BY[ruleKey(one)]?.includes(act.kind) ?? false) &&
  act.doneAt >= one.start.at &&
  act.id !== one.startActId;

const wasFired = (
  before: Countdown,
  { ratio, beforeMs }: Countdown['milestones'][number],
): boolean =>
  before.milestones.some(
    (one) => one.ratio === ratio && one.beforeMs === beforeMs && one.firedAt !== undefined,
  );
