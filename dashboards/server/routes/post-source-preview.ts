import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PreviewView, SourceParams } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps, ServerLimits } from '../deps.ts';
import { toPreviewView } from '../views/to-preview-view.ts';

type Deps = Pick<ServerDeps, 'commands' | 'now'> & { readonly limits: ServerLimits };

/** POST /api/v1/sources/:sourceId/preview: what a look would take now. It reads the site and stores nothing. */
export function postSourcePreview({ commands, now, limits }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '试读信息源',
      params: SourceParams,
      response: { 200: PreviewView },
    };
    const config = {
      access: 'signedIn',
      act: '试读信息源',
      rateLimit: { max: limits.previewsPerMinute, timeWindow: '1 minute' },
    } as const;
    app.post('/api/v1/sources/:sourceId/preview', { schema, config }, async (request) => {
      const { sourceId } = request.params;
      const act = { sourceId, actor: personOf(request), at: now() };
      return toPreviewView(await commands.previewSource(act));
    });
  };
}
