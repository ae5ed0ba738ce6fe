import { toFunnel, type Run, type SourceState } from '#ingest';
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
