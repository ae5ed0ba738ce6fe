import { actorOf, newId, NotFound, type AuditTrail } from '#core';
import {
  demandKeeper,
  isPolled,
  readQuarantined,
  reparseQuarantined,
  type Poller,
  type ReparseDeps,
  type RhythmPack,
  type Source,
} from '#ingest';
import type { Commands } from '#server';

interface Parts {
  readonly sources: readonly Source[];
  readonly reparse: ReparseDeps;
  readonly audit: AuditTrail;
  readonly poller: Pick<Poller, 'lookSoon'>;
  readonly rhythm: RhythmPack;
}

type QuarantineCommands = Pick<Commands, 'readQuarantined' | 'reparseQuarantined'>;

/** As many as the page shows. */
const MOST_AT_ONCE = 200;

/** What a person does about the quarantine. Each act is on record before it happens. */
export function createQuarantineCommands(parts: Parts): QuarantineCommands {
  const { sources, reparse, audit, poller, rhythm } = parts;
  const record = async (
    { actor, at }: Parameters<Commands['readQuarantined']>[0] | ReparseAct,
    act: string,
    target: string,
    detail: string,
  ): Promise<void> => {
    const entry = { id: newId(), at, actor: actorOf(actor), act, target, detail };
    await audit.append({ ...entry, result: 'done' });
  };
  const inTurn = createTurns();

  return {
    async readQuarantined(act) {
      demandKeeper(act.actor, rhythm, '查看隔离内容和重新解析');
      const raw = await reparse.rawItems.findQuarantined(act.rawItemId);
      if (!raw) throw new NotFound('隔离的条目', act.rawItemId);
      await record(act, '查看隔离内容', `rawItem:${raw.id}`, `${raw.sourceId} ${raw.url}`);
      return await inTurn(async () => await readQuarantined(raw, reparse));
    },

    async reparseQuarantined(act) {
      demandKeeper(act.actor, rhythm, '查看隔离内容和重新解析');
      const { sourceId, rawItemId, isTrial } = act;
      const source = sources.find(({ id }) => id === sourceId);
      if (!source) throw new NotFound('信息源', sourceId);
      return await inTurn(async () => {
        const held = await reparse.rawItems.listQuarantined(MOST_AT_ONCE, sourceId);
        const raws = held.filter(({ id }) => rawItemId === undefined || id === rawItemId);
        if (raws.length === 0) throw new NotFound('隔离的条目', rawItemId ?? sourceId);
        const what = isTrial ? '试解析隔离条目' : '重新解析隔离条目';
        await record(act, what, `source:${sourceId}`, `${raws.length} 份`);
        const all = await reparseQuarantined(raws.toReversed(), source, reparse, { isTrial });
        const isWaiting = all.some(({ waiting }) => waiting > 0);
        if (!isTrial && isWaiting && isPolled(source)) poller.lookSoon(sourceId);
        return all;
      });
    },
  };
}

type ReparseAct = Parameters<Commands['reparseQuarantined']>[0];

/** One after the other: two people who take the same item must not both count it. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const mine = last.then(work);
    last = Promise.allSettled([mine]);
    return await mine;
  };
}
