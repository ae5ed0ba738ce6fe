import {
  actorOf,
  newId,
  NotFound,
  Refused,
  Unreadable,
  type AuditTrail,
  type Now,
  type Person,
} from '#core';
import {
  demandKeeper,
  parsePush,
  parseTable,
  receiveItems,
  refusePush,
  type ReceiveDeps,
  type Run,
  type Source,
} from '#ingest';
import type { Commands } from '#server';
import { readSecret } from './secrets.ts';

interface Parts {
  readonly sources: readonly Source[];
  readonly receive: ReceiveDeps;
  readonly audit: AuditTrail;
  readonly realNow: Now;
  readonly environment: NodeJS.ProcessEnv;
}

type IntakeCommands = Pick<Commands, 'receivePush' | 'importTable' | 'enterPost'>;

/** What comes in without being fetched: pushed by a sender, imported from a file, typed in by a person. */
export function createIntakeCommands(parts: Parts): IntakeCommands {
  const { sources, receive, audit, realNow, environment } = parts;
  const find = <Kind extends Source['reader']['kind']>(
    id: string,
    kind: Kind,
  ): Source & { readonly reader: Extract<Source['reader'], { kind: Kind }> } => {
    const source = sources.find((one) => one.id === id);
    if (source?.reader.kind !== kind) throw new NotFound('信息源', id);
    return source as Source & { readonly reader: Extract<Source['reader'], { kind: Kind }> };
  };
  const record = async (act: string, target: string, actor: Person, at: Date, run: Run) => {
    const { fetched, new: fresh } = run.funnel;
    const detail = `${fetched} 条，新信息 ${fresh} 条`;
    const entry = { id: newId(), at, actor: actorOf(actor), act, target, detail };
    await audit.append({ ...entry, result: 'done' });
  };

  return {
    async receivePush({ sourceId, timestamp, signature, body }) {
      const source = find(sourceId, 'push');
      const secret = readSecret(source.reader.secret, environment);
      const why = refusePush({ timestamp, signature, body }, secret, realNow());
      if (why) throw new Refused('PUSH_REFUSED', `推送未被接受：${why}`, 'forbidden');
      const { items } = await fromOutside(() => parsePush(new TextDecoder().decode(body)));
      return await receiveItems(source, { items, bytes: body, unparsable: 0 }, receive);
    },

    async importTable({ sourceId, bytes, isDryRun, actor, at }) {
      const source = find(sourceId, 'table');
      demandKeeper(actor, receive.rhythm, '导入');
      const { columns } = source.reader;
      const { items, unparsable, headers } = await fromOutside(() => parseTable(bytes, columns));
      const table = { items, unparsable, headers };
      if (isDryRun) return { table, run: undefined };
      const run = await receiveItems(source, { items, bytes, unparsable }, receive);
      await record('导入文件', `source:${sourceId}`, actor, at, run);
      return { table, run };
    },

    async enterPost({ title, text, url, published, actor, at }) {
      const source = sources.find(({ reader }) => reader.kind === 'manual');
      if (!source) throw new NotFound('人工录入的信息源', 'reader.kind: manual');
      const item = {
        key: newId(),
        url,
        title,
        text,
        published: published ?? '',
        publishedFrom: 'page' as const,
        needsArticle: false,
      };
      const bytes = Buffer.from(JSON.stringify({ items: [{ title, text }] }));
      const run = await receiveItems(source, { items: [item], bytes, unparsable: 0 }, receive);
      await record('人工录入信息', `source:${source.id}`, actor, at, run);
      return run;
    },
  };
}

/** What somebody sent cannot be read: their mistake to mend, not ours to hide. @throws {Refused} */
async function fromOutside<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unreadable)
      throw new Refused('INPUT_UNREADABLE', error.message, 'invalid');
    throw error;
  }
}
