import { DAY_MS, HOUR_MS, MINUTE_MS, relayEffects, type Log, type LogEntry } from '#core';
import { openDatabase, SqliteLog } from '#core/sqlite';
import {
  createPoller,
  newState,
  POSTS_TOPIC,
  PostSchema,
  SOURCE_TROUBLES_TOPIC,
  SourceTroubleSchema,
  toFunnel,
  type Fetcher,
  type Post,
  type Run,
  type SourceState,
  type SourceTrouble,
} from '#ingest';
import { rhythmPack } from '../packs.ts';
import { HttpFetcher } from '../../../ingest/adapters/http-fetcher.ts';
import { openIntakeKey } from '../../../ingest/adapters/intake-key.ts';
import { SqliteRawItemStore } from '../../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../../ingest/adapters/sqlite-source-state-store.ts';
import { openFaultCity, type FaultCity } from './city.ts';

const KNOWN_DAYS = 28;
/** How long an answer is waited for, and where none will ever come. */
const PATIENT_MS = 15_000;
const HASTY_MS = 500;

/** What became of a day: what the city did, and what intake made of it. */
export interface Day {
  readonly city: FaultCity;
  readonly runs: ReadonlyMap<string, readonly Run[]>;
  readonly posts: readonly Post[];
  readonly troubles: readonly SourceTrouble[];
  readonly statesAtNine: ReadonlyMap<string, SourceState>;
  readonly states: ReadonlyMap<string, SourceState>;
  readonly bugs: readonly unknown[];
}

/** Lives through the day minute by minute; what was opened is pushed on `closing`. */
export async function liveThroughDay(
  { size, startsAt }: { readonly size: number; readonly startsAt: Date },
  closing: (() => unknown)[],
): Promise<Day> {
  let clock = startsAt;
  const now = (): Date => clock;
  const city = await openFaultCity({ size, startsAt, now });
  const { resolve, allowHosts } = city;
  const fetcherWaiting = (ms: number): HttpFetcher =>
    new HttpFetcher({
      limits: { connectWithinMs: ms, answerWithinMs: ms, bodyWithinMs: ms, mostBytes: 200_000 },
      allowHosts,
      userAgent: 'Huiying/test (+contact)',
      nowMs: () => clock.getTime(),
      resolve,
    });
  // A page that went out was served: that a busy machine stood still for a second must not lose it on the way.
  const [patient, hasty] = [fetcherWaiting(PATIENT_MS), fetcherWaiting(HASTY_MS)];
  const fetcher: Fetcher = {
    get: async (request) => await (city.keepsWaiting(request.url) ? hasty : patient).get(request),
    close: async () => void (await Promise.all([patient.close(), hasty.close()])),
  };
  const database = openDatabase(':memory:');
  closing.push(
    () => database.close(),
    async () => await city.close(),
    async () => await fetcher.close(),
  );
  const states = new SqliteSourceStateStore(database);
  const appended = new Map<string, LogEntry[]>();
  const sqliteLog = new SqliteLog(database, { onError: () => undefined });
  const log: Log = {
    follow: async (...rest) => await sqliteLog.follow(...rest),
    append: async (topic, entries) => {
      appended.set(topic, [...(appended.get(topic) ?? []), ...entries]);
      await sqliteLog.append(topic, entries);
    },
  };
  for (const [index, { kind, source }] of city.sites.entries()) {
    // Not all at one moment: this process is the city too, and its answers must not be late.
    const minute = kind.pollEveryMinutes ? 0 : index % 25;
    await states.create(newState(source, new Date(startsAt.getTime() + minute * MINUTE_MS)));
    if (kind.isKnownForWeeks) await rememberWeeks(states, source.id, kind.perHour ?? 1, startsAt);
  }
  let looks = 0;
  const recordRun = states.recordRun.bind(states);
  states.recordRun = async (run) => {
    looks += 1;
    await recordRun(run);
  };
  const bugs: unknown[] = [];
  const poller = createPoller({
    sources: city.sites.map(({ source }) => source),
    fetcher,
    states,
    rawItems: new SqliteRawItemStore(database, new Uint8Array(32)),
    log,
    now,
    pseudonym: openIntakeKey(database, now),
    isDrill: false,
    random: () => 0.5,
    rhythm: rhythmPack,
    onFailure: (error) => bugs.push(error),
  });
  const stateById = async (): Promise<Map<string, SourceState>> =>
    new Map((await states.listAll()).map((state) => [state.id, state]));

  let statesAtNine = new Map<string, SourceState>();
  for (let minute = 0; minute < DAY_MS / MINUTE_MS; minute += 1) {
    clock = new Date(startsAt.getTime() + minute * MINUTE_MS);
    for (let before = -1; before < looks;) {
      before = looks;
      await poller.step();
      await poller.settle();
    }
    await relayEffects(states, log);
    if (minute === 9 * 60 - 1) statesAtNine = await stateById();
  }
  const runs = new Map<string, readonly Run[]>();
  for (const { source } of city.sites) {
    runs.set(source.id, await states.listRuns(source.id, 10_000));
  }
  return {
    city,
    runs,
    posts: (appended.get(POSTS_TOPIC) ?? []).map(({ body }) => PostSchema.parse(body)),
    troubles: (appended.get(SOURCE_TROUBLES_TOPIC) ?? []).map(({ body }) =>
      SourceTroubleSchema.parse(body),
    ),
    statesAtNine,
    bugs,
    states: await stateById(),
  };
}

/** The habit of a source that was read well for four weeks. */
async function rememberWeeks(
  states: SqliteSourceStateStore,
  sourceId: string,
  perHour: number,
  untilAt: Date,
): Promise<void> {
  for (let hour = 1; hour <= KNOWN_DAYS * 24; hour += 1) {
    const startedAt = new Date(untilAt.getTime() - hour * HOUR_MS);
    await states.recordRun({
      id: `${sourceId}-${hour}`,
      sourceId,
      startedAt,
      endedAt: startedAt,
      outcome: 'ok',
      funnel: toFunnel(Array.from({ length: perHour }, () => 'new' as const)),
      isGapPossible: false,
    });
  }
}
