import {
  isPolled,
  SourceSchema,
  toFunnel,
  type PolledSource,
  type Run,
  type SourceState,
} from '#ingest';
import { NOON } from './posts.ts';

/** A source that was read well at noon. */
export function aSourceState(changes: Partial<SourceState> = {}): SourceState {
  return {
    id: 'city-daily',
    revision: 1,
    effects: [],
    health: 'ok',
    isVerified: true,
    lastOkAt: NOON,
    nextTryAt: NOON,
    failuresInARow: 0,
    etag: '"v1"',
    newestAt: [],
    ...changes,
  };
}

/** A poll at noon that brought one new post and one known. */
export function aRun(id: string, changes: Partial<Run> = {}): Run {
  return {
    id,
    sourceId: 'city-daily',
    startedAt: NOON,
    endedAt: NOON,
    outcome: 'ok',
    funnel: toFunnel(['new', 'duplicate']),
    isGapPossible: false,
    ...changes,
  };
}

/** A source that is read at its address. */
export function aPolledSource(fields: Parameters<typeof SourceSchema.parse>[0]): PolledSource {
  const source = SourceSchema.parse(fields);
  if (!isPolled(source)) throw new RangeError(`${source.id} is not read at an address`);
  return source;
}
