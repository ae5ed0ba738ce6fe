import { type Person, type Role } from '#core';
import type { Alert, ChannelKind, LadderRun, LadderStep } from './alert.ts';
import { ladderStep, type LadderCallRule, type LadderPolicy } from './ladder-pack.ts';

/** Who answers a call now; looked up when the step fires, not when the alert began. */
export type CallResolver = (call: LadderCallRule) => readonly Person[];

/** One person to be told on one channel. */
export interface Telling {
  readonly person: Person;
  readonly channel: ChannelKind;
  readonly step: number;
  readonly round: number;
  /** 1 for the alert's first call, one more with each step fired; never the same again. */
  readonly number: number;
}

export interface Stepped {
  readonly ladder: LadderRun;
  readonly tellings: readonly Telling[];
  /** Of steps in which everyone must acknowledge. */
  readonly everyone: readonly { personId: string; name: string; role: Role }[];
}

/** The address of a person on a channel; undefined where there is none. */
export function addressOn(person: Person, channel: ChannelKind): string | undefined {
  if (channel === 'email') return person.email;
  return channel === 'sms' || channel === 'voice' ? person.phone : undefined;
}

/**
 * Fires the ladder's steps that are due. A step that reaches nobody is passed at once; the last step
 * starts a new round, in which everybody is called again.
 *
 * @param isSetUp the channels that exist here; the others are recorded as not set up
 */
export function stepLadder(
  run: LadderRun,
  policy: LadderPolicy,
  resolve: CallResolver,
  isSetUp: ReadonlySet<ChannelKind>,
  now: Date,
): Stepped {
  let ladder = run;
  const tellings: Telling[] = [];
  const everyone: { personId: string; name: string; role: Role }[] = [];
  let isEmpty = false;
  while (ladder.nextAt && ladder.nextAt <= now) {
    const rule = ladderStep(policy, ladder.nextStep, ladder.round);
    if (!rule)
      return { ladder: { ...ladder, nextAt: undefined, phase: 'ended' }, tellings, everyone };
    const { step, told } = fire(rule.calls, rule.groups, ladder, resolve, isSetUp, now);
    tellings.push(...told);
    if (rule.everyone) {
      everyone.push(
        ...step.calls.flatMap(({ personId, name, role }) => (role ? { personId, name, role } : [])),
      );
    }
    // A joint notice asks nobody to take it on: it neither holds up nor hurries who comes next.
    if (!rule.everyone) isEmpty = told.length === 0 && rule.calls.length > 0;
    ladder = advance({ ...ladder, steps: [...ladder.steps, step] }, policy, isEmpty, now);
  }
  return { ladder, tellings, everyone };
}

function advance(run: LadderRun, policy: LadderPolicy, isEmpty: boolean, now: Date): LadderRun {
  const next = run.round === 1 ? policy.steps[run.nextStep + 1] : undefined;
  if (next) {
    const plannedAt = new Date(run.startedAt.getTime() + next.afterMs);
    return { ...run, nextStep: run.nextStep + 1, nextAt: isEmpty ? now : plannedAt };
  }
  if (!policy.repeatEveryMs) return { ...run, nextAt: undefined, phase: 'ended' };
  // Never sooner than the gap from now, so that a ladder nobody answers cannot run in circles.
  const nextAt = new Date(now.getTime() + policy.repeatEveryMs);
  return { ...run, nextStep: 0, round: run.round + 1, nextAt };
}

function fire(
  calls: readonly LadderCallRule[],
  groups: readonly ChannelKind[],
  run: LadderRun,
  resolve: CallResolver,
  isSetUp: ReadonlySet<ChannelKind>,
  now: Date,
): { step: LadderStep; told: Telling[] } {
  const { nextStep, round } = run;
  const number = run.steps.length + 1;
  const told: Telling[] = [];
  const empty: Role[] = [];
  const called = calls.flatMap((call) => {
    const people = resolve(call);
    const before = told.length;
    const rows = people.map((person) => ({
      personId: person.id,
      name: person.name,
      role: call.role,
      ...(call.seat === 'leader' && { isLeader: true }),
      channels: call.channels.map((kind) => {
        const reaches = isSetUp.has(kind) && addressOn(person, kind) !== undefined;
        if (reaches) told.push({ person, channel: kind, step: nextStep, round, number });
        return { kind, state: reaches ? ('queued' as const) : ('notSetUp' as const) };
      }),
    }));
    const isNoneNamed = call.isIfNamed && people.length === 0;
    if (told.length === before && !isNoneNamed) empty.push(call.role);
    return rows;
  });
  const inGroups = groups.map((kind) => ({
    personId: '',
    name: kind === 'screen' ? '工作台' : '工作群机器人',
    channels: [{ kind, state: isSetUp.has(kind) ? ('queued' as const) : ('notSetUp' as const) }],
  }));
  const step = { step: nextStep, round, at: now, calls: [...called, ...inGroups], empty };
  return { step, told };
}

/** A ladder at its beginning; after a rise the steps of the run before stay on record. */
export function startLadder(
  grade: Alert['grade'],
  policyVersion: string,
  now: Date,
  earlier: LadderRun['steps'] = [],
): LadderRun {
  return {
    policyVersion,
    grade,
    startedAt: now,
    nextStep: 0,
    round: 1,
    phase: 'calling',
    nextAt: now,
    steps: earlier,
  };
}
