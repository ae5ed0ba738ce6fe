import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '#core';
import type { AlarmState } from './decide-alarms.ts';
import { TroubleKindSchema } from './watch-pack.ts';
import type { WatchMemory } from './watch-reading.ts';

const OpenTroubleSchema = z.object({
  trouble: z.object({
    id: z.string(),
    kind: TroubleKindSchema,
    sinceAt: z.coerce.date().optional(),
    part: z.string().optional(),
    detail: z.string().optional(),
  }),
  seenAt: z.coerce.date(),
  isTold: z.boolean(),
});

const UnsentSchema = z.object({
  id: z.string(),
  kind: z.enum(['alarm', 'reminder', 'recovered', 'test']),
  at: z.coerce.date(),
  text: z.object({ subject: z.string(), deadline: z.string(), lines: z.array(z.string()) }),
  channel: z.enum(['email', 'sms']),
  receiver: z.object({ name: z.string(), address: z.string() }),
  /** After a refusal that only a person can mend it is not tried every round. */
  notBeforeAt: z.coerce.date().optional(),
});
/** One message that one receiver has still to get on one route. */
export type Unsent = Readonly<z.infer<typeof UnsentSchema>>;

const WatchStateSchema = z.object({
  memory: z.object({
    bootId: z.string().optional(),
    starts: z.array(z.coerce.date()),
    unreadableSinceAt: z.coerce.date().optional(),
    siteFailsSinceAt: z.coerce.date().optional(),
  }),
  alarms: z.object({
    open: z.array(OpenTroubleSchema),
    over: z.array(OpenTroubleSchema),
    toldAt: z.coerce.date().optional(),
  }),
  unsent: z.array(UnsentSchema),
});
/** What the watchdog knows of earlier rounds. */
export interface WatchState {
  readonly memory: WatchMemory;
  readonly alarms: AlarmState;
  /** Oldest first. */
  readonly unsent: readonly Unsent[];
}

const NEW_STATE: WatchState = {
  memory: { starts: [] },
  alarms: { open: [], over: [] },
  unsent: [],
};

/** Keeps the state as one file, whole or as it was before. */
export class WatchStateFile {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'watchdog-state.json');
  }

  /** @returns a new state with why, where the old one cannot be read: an alarm is told again, none is lost */
  load(): { readonly state: WatchState; readonly lostWhy?: string } {
    try {
      return { state: WatchStateSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8'))) };
    } catch (error) {
      const isFirst = (error as NodeJS.ErrnoException).code === 'ENOENT';
      return isFirst ? { state: NEW_STATE } : { state: NEW_STATE, lostWhy: messageOf(error) };
    }
  }

  /** @throws when the disk refuses */
  save(state: WatchState): void {
    const fresh = `${this.#path}.new`;
    const file = openSync(fresh, 'w', 0o600);
    try {
      writeFileSync(file, JSON.stringify(state));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, this.#path);
  }
}
