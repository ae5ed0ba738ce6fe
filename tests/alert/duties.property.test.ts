import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId, ROLES, type Grade, type Person } from '#core';
import type { DutyActKind } from '#alert';
import { aPerson, after } from '../support/alerts.ts';
import { DECISIONS, DutyWorld, type Decisions } from '../support/duty-world.ts';

/**
 * Whatever happens to an event in whatever order, the promises about its duties hold. Each promise has a
 * mutant that breaks it, and the same runs must catch it by its name: a check that finds nothing proves
 * nothing. The runs of the product are made in shares that keep each test short. I10, I11 and I15 stand in
 * sending.property.test.ts, I14 in tests/limits.test.ts.
 */
const RUNS = 20_000;
const RUNS_OF_A_MUTANT = 3_000;
const MOST_COMMANDS = 14;

const lead = aPerson('opinionLead');
const deputy = aPerson('deputyLeader');
const principal = aPerson('principal');

type Model = Record<string, never>;
type Step = (world: DutyWorld) => void;
const command = (name: string, step: Step): fc.Command<Model, DutyWorld> => ({
  check: () => true,
  run: (_model, world) => {
    step(world);
    world.check();
  },
  toString: () => name,
});

const GRADES: readonly Grade[] = ['L1', 'L2', 'L3', 'L4'];
const ACTS: readonly DutyActKind[] = [
  'release',
  'followUp',
  'finalRelease',
  'pressConference',
  'firstReportPhone',
  'firstReportWritten',
  'planStarted',
  'progressLogged',
];
const minutes = (max: number) => fc.oneof(fc.nat(5), fc.nat(60), fc.nat(max));
const people = fc.constantFrom(deputy, principal, lead);

const commands = fc.commands(
  [
    minutes(40 * 60).map((by) => command(`pass ${by}`, (world) => world.pass(by))),
    fc
      .tuple(fc.constantFrom(...GRADES), minutes(400))
      .map(([grade, ago]) =>
        command(`propose ${grade} of ${ago}`, (world) => world.propose(grade, ago)),
      ),
    fc.constant(command('confirm', (world) => world.confirm())),
    fc.constant(command('lower', (world) => world.lower())),
    fc.tuple(fc.constantFrom(...ACTS), fc.nat(3), fc.nat(40)).map(([kind, id, ago]) =>
      command(`${kind} ${id} ${ago}`, (world) => {
        const act = world.act(kind, `${kind} ${id} ${+world.now}`, after(-ago, world.now));
        // The log may hand the same act over again.
        if (id === 0) world.take(act);
      }),
    ),
    fc
      .tuple(people, people, fc.integer({ min: 1, max: 600 }))
      .map(([asker, answerer, more]) =>
        command(`${asker.id} asks, ${answerer.id} answers ${more}`, (world) =>
          world.adjust(asker, answerer, more),
        ),
      ),
    fc.constant(command('waive', (world) => world.waive(principal))),
    fc
      .constantFrom('first', 'second', 'p-publicityOffice', 'p-deputyLeader')
      .map((id) => command(`${id} acknowledges`, (world) => world.acknowledge(id))),
    fc
      .integer({ min: -60, max: 400 })
      .map((by) => command(`jump ${by}`, (world) => world.jump(by))),
    fc.constant(command('reboot', (world) => world.reboot())),
    fc.constant(command('old news', (world) => world.news(world.event))),
  ],
  { maxCommands: MOST_COMMANDS },
);

const FIRST = aPerson('dutyOfficer', { id: 'first' });
const SECOND = aPerson('dutyOfficer', { id: 'second' });
/** Who holds which role; any of them may be held by nobody, or by one without an address. */
const rosters = fc
  .array(fc.constantFrom(...ROLES, 'dutyOfficer first', 'dutyOfficer second'), { maxLength: 8 })
  .map((missing) => {
    const held = new Map<string, readonly Person[]>(ROLES.map((role) => [role, [aPerson(role)]]));
    held.set('dutyOfficer', [FIRST]);
    held.set('dutyOfficer first', [FIRST]);
    held.set('dutyOfficer second', [SECOND]);
    for (const role of missing) held.delete(role);
    return held;
  });

const promises = (does: Decisions) =>
  fc.property(commands, rosters, (all, roster) => {
    fc.modelRun(() => ({ model: {}, real: new DutyWorld(does, roster) }), all);
  });

describe('the promises hold', () => {
  test.for([1, 2, 3, 4])('whatever happens, share %i of four', { timeout: 120_000 }, (seed) => {
    const found = fc.check(promises(DECISIONS), { numRuns: RUNS / 4, seed });
    expect(found.failed ? fc.defaultReportMessage(found) : undefined).toBeUndefined();
  });

  test('a reboot at any point gives the same end', { timeout: 60_000 }, () => {
    const story = fc.array(
      fc.record({ by: fc.nat(300), kind: fc.constantFrom(...ACTS), isReboot: fc.boolean() }),
      { maxLength: 8 },
    );
    const run = (does: Decisions) =>
      fc.property(story, rosters, (steps, roster) => {
        const worlds = [new DutyWorld(DECISIONS, roster), new DutyWorld(does, roster)] as const;
        for (const world of worlds) world.propose('L2', 10);
        for (const [number, { by, kind, isReboot }] of steps.entries()) {
          if (isReboot) worlds[1].reboot();
          for (const world of worlds) {
            world.pass(by);
            world.act(kind, `act ${number}`);
          }
        }
        if (worlds[0].digest() !== worlds[1].digest())
          throw new Error('I12 a reboot changed the end');
      });
    fc.assert(run(DECISIONS), { numRuns: 300 });
    // Known bad: what has been told is kept in memory only.
    const forgets: Decisions = {
      ...DECISIONS,
      reboot: {
        ...DECISIONS.reboot,
        countdown: (one) => ({
          ...one,
          milestones: one.milestones.map(({ firedAt: _forgotten, ...rest }) => rest),
        }),
      },
    };
    expect(caughtBy(run(forgets))).toBe('I12');
  });
});

/** The promise by which a run was caught; undefined when none was. */
function caughtBy<T>(property: fc.IPropertyWithHooks<T>): string | undefined {
  const found = fc.check(property, { numRuns: RUNS_OF_A_MUTANT, seed: 7, endOnFailure: true });
  const error = found.failed ? String(found.errorInstance) : '';
  return /I\d+/.exec(error)?.[0];
}

const mutants: readonly { breaks: string; what: string; change: Partial<Decisions> }[] = [
  {
    breaks: 'I1',
    what: 'arms what is armed already',
    change: {
      arm: (event, existing, rules, now) =>
        DECISIONS.arm(event, event.revision > 3 ? [] : existing, rules, now).map((one) =>
          event.revision > 3 ? { ...one, id: newId() } : one,
        ),
    },
  },
  {
    breaks: 'I2',
    what: 'takes the later of two due times',
    change: {
      arm: (event, existing, rules, now) =>
        DECISIONS.arm(event, existing, rules, now).map((one) =>
          existing.some(({ id }) => id === one.id)
            ? { ...one, statutoryDueAt: after(60, one.statutoryDueAt) }
            : one,
        ),
    },
  },
  {
    breaks: 'I2',
    what: 'moves the managed due time before anybody agreed',
    change: {
      askForTime: (countdown, request, pack) => ({
        ...DECISIONS.askForTime(countdown, request, pack),
        managedDueAt: request.until,
      }),
    },
  },
  {
    breaks: 'I3',
    what: 'lets a late act erase the breach',
    change: {
      apply: (countdown, act, pack) => {
        const { breachedAt: _erased, ...met } = DECISIONS.apply(countdown, act, pack) ?? {};
        return 'id' in met ? met : undefined;
      },
    },
  },
  {
    breaks: 'I3',
    what: 'writes a breach without its record',
    change: { breach: (_before, countdown) => countdown },
  },
  {
    breaks: 'I4',
    what: 'speaks an hour early',
    change: {
      pass: (countdown, deps, reach, now, mayConfirm) => {
        const soon = after(60, now);
        if (soon >= countdown.statutoryDueAt) {
          return DECISIONS.pass(countdown, deps, reach, now, mayConfirm);
        }
        const early = DECISIONS.pass(countdown, deps, reach, soon, mayConfirm);
        return (
          early && {
            ...early,
            milestones: early.milestones.map((one) =>
              one.firedAt ? { ...one, firedAt: now } : one,
            ),
          }
        );
      },
    },
  },
  {
    breaks: 'I5',
    what: 'after a downtime speaks only of the first milestone',
    change: {
      pass: (countdown, deps, reach, now, mayConfirm) => {
        const next = DECISIONS.pass(countdown, deps, reach, now, mayConfirm);
        const fresh = next?.milestones.filter(({ firedAt }) => firedAt === now) ?? [];
        return (
          next && {
            ...next,
            milestones: next.milestones.map((one) =>
              fresh.length > 1 && one !== fresh[0] && fresh.includes(one)
                ? { ratio: one.ratio, at: one.at }
                : one,
            ),
          }
        );
      },
    },
  },
  {
    breaks: 'I5',
    what: 'marks a milestone and tells nobody',
    change: {
      pass: (countdown, deps, _reach, now, mayConfirm) =>
        DECISIONS.pass(countdown, deps, () => [], now, mayConfirm),
    },
  },
  {
    breaks: 'I6',
    what: 'decides the same notice again after each look',
    change: {
      pass: (countdown, deps, reach, now, mayConfirm) => {
        const next = DECISIONS.pass(countdown, deps, reach, now, mayConfirm);
        return next && { ...next, effects: [...next.effects, ...next.effects] };
      },
    },
  },
  {
    breaks: 'I7',
    what: 'goes on calling after an acknowledgement',
    change: {
      acknowledge: (alert, act, pack) => {
        const next = DECISIONS.acknowledge(alert, act, pack);
        const ladder = alert.ladder && { ...alert.ladder, phase: 'calling' as const };
        return next && { ...next, ...(ladder && { ladder }) };
      },
    },
  },
  {
    breaks: 'I8',
    what: 'lets whoever asked agree',
    change: {
      answerTime: (countdown, answer, pack) => {
        const other = { ...answer, actor: { ...answer.actor, id: 'somebody' } };
        const next = DECISIONS.answerTime(countdown, other, pack);
        const decidedBy = { personId: answer.actor.id, name: answer.actor.name };
        return {
          ...next,
          adjustments: (next.adjustments ?? []).map((one) =>
            one.decidedBy ? { ...one, decidedBy } : one,
          ),
        };
      },
    },
  },
  {
    breaks: 'I9',
    what: 'meets what was cancelled or waived',
    change: {
      apply: (countdown, act, pack) =>
        DECISIONS.apply(
          countdown.state === 'waived' || countdown.state === 'cancelled'
            ? { ...countdown, state: 'running' }
            : countdown,
          act,
          pack,
        ),
    },
  },
  {
    breaks: 'I13',
    what: 'passes a step that reaches nobody without a word',
    change: {
      callPeople: (...parts) => {
        const next = DECISIONS.callPeople(...parts);
        return (
          next && {
            ...next,
            ...(next.ladder && {
              ladder: {
                ...next.ladder,
                steps: next.ladder.steps.map((step) => ({ ...step, empty: [] })),
              },
            }),
          }
        );
      },
    },
  },
];

describe('a product that breaks a promise is caught by it', () => {
  test.for(mutants)('$breaks: it $what', { timeout: 60_000 }, ({ breaks, change }) => {
    expect(caughtBy(promises({ ...DECISIONS, ...change }))).toBe(breaks);
  });
});
