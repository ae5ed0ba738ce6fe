import { join } from 'node:path';
import { idOf, startLoop, type Loop } from '#core';
import type { DrillView } from '#contract';
import type { ActMoment } from './act.ts';
import { openDesks } from './desk-client.ts';
import type { DrillClock } from './drill-clock.ts';
import { createPlayers, PlayersStateSchema, type Players } from './players.ts';
import type { SampleOffice } from './sample-office.ts';
import { momentOf } from './moments.ts';
import type { Scenario } from './scenario.ts';
import { createSkip, type Skip } from './skip.ts';
import { readWhole, writeWhole } from './whole-file.ts';

const PLAYERS_LOOK_MS = 250;
const SKIP_LOOK_MS = 100;

export const drillPersonId = (signInName: string): string => idOf('drill-person', signInName);

/** The part of a drill that people play: who does what when, what became of it, and the way to the next of it. */
export interface Script {
  readonly players: Players;
  readonly skip: Skip;
  view(): DrillView['script'];
  /** From now on they act, at this address of the product. */
  begin(productUrl: string): void;
  close(): Promise<void>;
}

export function openScript(deps: {
  readonly folder: string;
  readonly scenario: Scenario;
  readonly office: SampleOffice;
  readonly clock: DrillClock;
  readonly pageOf: ActMoment['pageOf'];
  /** Where nothing was saved yet. */
  readonly isActing: boolean;
  readonly onError: (error: unknown) => void;
}): Script {
  const { scenario, office, clock, onError } = deps;
  const { startedAt } = clock.state();
  const path = join(deps.folder, 'plays.json');
  const saved = readWhole(path, PlayersStateSchema, '演练情景的办理情况');
  const names = new Map(office.people.map(({ signInName, name }) => [signInName, name]));
  const loops: Loop[] = [];
  let deskOf: ReturnType<typeof openDesks> | undefined;
  const players = createPlayers({
    scenario,
    moment: { startedAt, pageOf: deps.pageOf },
    elapsedMinutes: () => clock.elapsedMinutes(),
    now: clock.now,
    personOf: drillPersonId,
    deskOf(personId) {
      if (!deskOf) throw new Error('the people of the scenario act before the product stands');
      return deskOf(personId);
    },
    state: saved ?? { isActing: deps.isActing, played: [] },
    save: (state) => writeWhole(path, state),
  });
  const skip = createSkip({ scenario, clock, players });
  return {
    players,
    skip,
    view() {
      const { isActing, played } = players.state();
      const byId = new Map(played.map((one) => [one.actId, one]));
      const elapsed = clock.elapsedMinutes();
      return {
        isActing,
        isSkipping: skip.isOn(),
        acts: scenario.acts.map(({ id, minute, who, what }) => {
          const one = byId.get(id);
          const isDue = minute <= elapsed && isActing;
          return {
            id,
            at: momentOf(minute, startedAt).toISOString(),
            who: names.get(who) ?? who,
            what,
            state: one?.outcome ?? (isDue ? 'due' : 'ahead'),
            says: one?.says ?? (isDue ? players.waitingFor(id) : undefined) ?? '',
            settledAt: one?.at.toISOString(),
          };
        }),
      };
    },
    begin(productUrl) {
      deskOf = openDesks(productUrl);
      const steps = [
        [PLAYERS_LOOK_MS, async () => void (await players.step())],
        [SKIP_LOOK_MS, async () => skip.step()],
      ] as const;
      for (const [everyMs, step] of steps) loops.push(startLoop({ everyMs, step, onError }));
    },
    async close() {
      skip.stop();
      await Promise.all(loops.map(async (loop) => await loop.close()));
    },
  };
}
