import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ImportQuery, ImportResult, SourceParams } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';

const MOST_BYTES = 20_000_000;
const SHOWN = 10;

/** POST /api/v1/sources/:sourceId/import: a file's bytes, tried dry or taken in. */
export function postImport({
  commands,
  now,
}: Pick<ServerDeps, 'commands' | 'now'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: MOST_BYTES },
      async (_request: unknown, body: unknown) => body,
    );
    const schema = {
      summary: '导入文件（CSV、XLSX、JSONL）',
      consumes: ['application/octet-stream'],
      params: SourceParams,
      querystring: ImportQuery,
      response: { 200: ImportResult },
    };
    const config = { access: 'signedIn', act: '导入文件' } as const;
    app.post('/api/v1/sources/:sourceId/import', { schema, config }, async (request) => {
      const { table, run } = await commands.importTable({
        sourceId: request.params.sourceId,
        bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        isDryRun: request.query.dryRun,
        actor: personOf(request),
        at: now(),
      });
      const { items, unparsable, headers } = table;
      return {
        rows: items.length + unparsable,
        unparsable,
        headers: [...headers],
        shown: items
          .slice(0, SHOWN)
          .map(({ key, title, published }) => ({ key, title, published })),
        ...(run && { funnel: run.funnel }),
      };
    });
  };
}
