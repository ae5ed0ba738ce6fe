import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AuditView } from '#contract';
import type { ServerDeps } from '../deps.ts';

const MOST_ENTRIES = 500;

/** GET /api/v1/audit: the record of acts, newest first, and whether its chain holds. */
export function getAudit({ audit }: Pick<ServerDeps, 'audit'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '审计记录', response: { 200: AuditView } };
    const config = { access: ['auditAdmin', 'inspector'] } as const;
    app.get('/api/v1/audit', { schema, config }, async () => {
      const entries = await audit.listNewest(MOST_ENTRIES);
      return {
        entries: entries.map(({ actor, at, ...entry }) => ({
          ...entry,
          at: at.toISOString(),
          who: actor.name,
        })),
        brokenAt: await audit.findBreak(),
      };
    });
  };
}
