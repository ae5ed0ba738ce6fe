import { z } from 'zod';
import type { Now } from '#core';
import { EventRow } from '#contract';
import { fillBody, type Act, type ActMoment } from './act.ts';
import { DeskRefusal, type Desk } from './desk-client.ts';
import { lookAtAct } from './look-at-act.ts';
import type { Scenario } from './scenario.ts';

/** What became of an act, once and for all. */
export const PlayedSchema = z.strictObject({
  actId: z.string(),
  /**
   * played: the person of the scenario did it; skipped: somebody had done it; refused: the desk said no;
   * passed: what had to come first did not come in time.
   */
  outcome: z.enum(['played', 'skipped', 'refused', 'passed']),
  at: z.coerce.date(),
  /** Why, in words; empty when it was played. */
  says: z.string(),
});
export type Played = Readonly<z.infer<typeof PlayedSchema>>;

export const PlayersStateSchema = z.strictObject({
  /** Whether the people of the scenario act; a person may stop them and take over. */
  isActing: z.boolean(),
  played: z.array(PlayedSchema),
});
export type PlayersState = Readonly<z.infer<typeof PlayersStateSchema>>;

export interface PlayersDeps {
  readonly scenario: Scenario;
  readonly moment: ActMoment;
  readonly elapsedMinutes: () => number;
  readonly now: Now;
  /** @returns the id of the sample person who signs in by this name */
  readonly personOf: (signInName: string) => string;
  readonly deskOf: (personId: string) => Desk;
  readonly state: PlayersState;
  /** Written before it is counted as played. */
  readonly save: (state: PlayersState) => void;
}

export interface Players {
  state(): PlayersState;
  /** Why an act that is due has not been taken yet, in words. */
  waitingFor(actId: string): string | undefined;
  /** Acts that are due and were not looked at often enough yet to say that they wait. */
  hasHope(): boolean;
  setActing(isActing: boolean): void;
  /** Every act that is due is looked at once. @returns how many were settled */
  step(): Promise<number>;
}

/** An act that cannot be taken so long after its minute is passed over; drill minutes. */
const PATIENCE_MINUTES = 240;
/** A refusal may be a race with a person who did the same; after so many it stands. */
const MOST_REFUSALS = 3;
/** What the desk needs to come to rest after the act before. */
const LOOKS_OF_HOPE = 8;

/** 情景人员: take the acts of the scenario at their minute, unless somebody has taken them before. */
export function createPlayers(deps: PlayersDeps): Players {
  const { scenario, moment, now } = deps;
  let state = deps.state;
  let eventId: string | undefined;
  const waiting = new Map<string, { says: string; looks: number; refusals: number }>();
  const noted = (actId: string) => waiting.get(actId) ?? { says: '', looks: 0, refusals: 0 };

  const dueActs = (): Act[] => {
    const settled = new Set(state.played.map(({ actId }) => actId));
    const elapsed = deps.elapsedMinutes();
    return scenario.acts.filter(({ id, minute }) => minute <= elapsed && !settled.has(id));
  };
  const change = (next: PlayersState): void => {
    deps.save(next);
    state = next;
  };
  const settle = (act: Act, outcome: Played['outcome'], says = ''): void => {
    const played = [...state.played, { actId: act.id, outcome, at: now(), says }];
    change({ ...state, played });
    waiting.delete(act.id);
  };
  const findEvent = async (desk: Desk): Promise<string | undefined> => {
    const rows = await desk.get('events', z.array(EventRow));
    const found = rows.find(
      ({ title, state: stage }) =>
        stage !== 'merged' && scenario.handled.some((word) => title.includes(word)),
    );
    return found?.id;
  };

  /** @returns whether the act is settled */
  const take = async (act: Act): Promise<boolean> => {
    const desk = deps.deskOf(deps.personOf(act.who));
    eventId ??= await findEvent(desk);
    if (!eventId) return hold(act, '还没有这一事件');
    const raw = 'body' in act ? act.body : {};
    const body = fillBody(raw, moment) as Readonly<Record<string, unknown>>;
    const standing = await lookAtAct({ act, eventId, desk, now: now(), body });
    if (standing.kind === 'waits') return hold(act, standing.says);
    if (standing.kind === 'done') {
      settle(act, 'skipped', standing.says);
      return true;
    }
    await desk.post(standing.path, standing.body);
    settle(act, 'played');
    return true;
  };
  const hold = (act: Act, says: string): boolean => {
    const before = noted(act.id);
    waiting.set(act.id, { ...before, says, looks: before.looks + 1 });
    const isTooLate = deps.elapsedMinutes() > act.minute + PATIENCE_MINUTES;
    if (isTooLate) settle(act, 'passed', says);
    return isTooLate;
  };
  const refused = (act: Act, { status, message }: DeskRefusal): boolean => {
    // Somebody else's session or allowance, or the product itself, is no answer to the act.
    if (status === 401 || status === 429 || status >= 500) return false;
    const before = noted(act.id);
    const refusals = before.refusals + 1;
    waiting.set(act.id, { says: message, looks: before.looks + 1, refusals });
    // It may have been merged since.
    eventId = undefined;
    if (refusals >= MOST_REFUSALS) settle(act, 'refused', message);
    return refusals >= MOST_REFUSALS;
  };

  return {
    state: () => state,
    waitingFor: (actId) => waiting.get(actId)?.says,
    hasHope: () => state.isActing && dueActs().some(({ id }) => noted(id).looks < LOOKS_OF_HOPE),
    setActing: (isActing) => change({ ...state, isActing }),
    async step() {
      if (!state.isActing) return 0;
      let settled = 0;
      for (const act of dueActs()) {
        try {
          settled += Number(await take(act));
        } catch (error) {
          if (!(error instanceof DeskRefusal)) throw error;
          settled += Number(refused(act, error));
        }
      }
      // What was done may be what others wait for.
      if (settled > 0) for (const one of waiting.values()) one.looks = 0;
      return settled;
    },
  };
}
