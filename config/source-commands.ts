import { actorOf, beijingMinute, newId, NotFound, Refused, type AuditTrail, type Now } from '#core';
import {
  demandKeeper,
  isPolled,
  newState,
  pauseSource,
  previewSource,
  resumeSource,
  type Fetcher,
  type PolledSource,
  type Poller,
  type RhythmPack,
  type Source,
  type SourceAct,
  type SourceStateStore,
} from '#ingest';
import type { Commands } from '#server';

interface Parts {
  readonly sources: readonly Source[];
  readonly states: SourceStateStore;
  readonly audit: AuditTrail;
  readonly fetcher: Pick<Fetcher, 'get'>;
  readonly poller: Pick<Poller, 'lookSoon'>;
  readonly now: Now;
  readonly rhythm: RhythmPack;
}

type SourceCommands = Pick<
  Commands,
  'pauseSource' | 'resumeSource' | 'lookAtSource' | 'previewSource'
>;

/** What a person does about a source: the settings know which there are, intake what may be done. */
export function createSourceCommands(parts: Parts): SourceCommands {
  const { sources, states, audit, fetcher, poller, now, rhythm } = parts;

  /** @throws {Refused} without the role, or for what nobody goes and reads @throws {NotFound} */
  const find = ({ sourceId, actor }: SourceAct): PolledSource => {
    demandKeeper(actor, rhythm);
    const source = sources.find(({ id }) => id === sourceId);
    if (!source) throw new NotFound('信息源', sourceId);
    if (isPolled(source)) return source;
    throw new Refused('NOT_POLLED', '这个信息源由对方送来或人工录入，不由本系统读取');
  };
  /** A site that asked to be left alone is left alone by people too. @throws {Refused} until then */
  const demandAwake = async ({ sourceId, at }: SourceAct): Promise<void> => {
    const until = (await states.findById(sourceId))?.restUntil;
    if (!until || until <= at) return;
    const words = `对方要求暂停访问，${beijingMinute(until)} 以后才能再读，到时会自动读取`;
    throw new Refused('SOURCE_AT_REST', words);
  };
  /** A look and a preview change no document: their record is written before them. */
  const record = async ({ actor, sourceId, at }: SourceAct, act: string): Promise<void> => {
    const target = `source:${sourceId}`;
    const who = actorOf(actor);
    await audit.append({ id: newId(), at, actor: who, act, target, detail: '', result: 'done' });
  };

  return {
    async pauseSource(act) {
      // A source may be wrong before it was ever read.
      await states.create(newState(find(act), act.at));
      await pauseSource(states, act, rhythm);
    },
    async resumeSource(act) {
      await resumeSource(states, { ...act, sourceId: find(act).id }, rhythm);
      poller.lookSoon(act.sourceId);
    },
    async lookAtSource(act) {
      const { id } = find(act);
      if ((await states.findById(id))?.paused) {
        throw new Refused('SOURCE_PAUSED', '这个信息源已停用，先恢复再读取');
      }
      await demandAwake(act);
      await record(act, '立即读取信息源');
      poller.lookSoon(id);
    },
    async previewSource(act) {
      const source = find(act);
      await demandAwake(act);
      await record(act, '试读信息源');
      return await previewSource(source, { fetcher, now });
    },
  };
}
