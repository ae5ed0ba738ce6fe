import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ChannelNoticeView, ChannelParams } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toChannelNoticeView } from '../views/to-channel-notice-view.ts';

type Deps = Pick<ServerDeps, 'commands' | 'now'>;

/** POST /api/v1/channels/:kind/test: a real notice to the person who asks; what comes of it shows in the list. */
export function postChannelTest({ commands, now }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '发通道测试',
      params: ChannelParams,
      response: { 202: ChannelNoticeView },
    };
    const config = { access: ['sysAdmin'], act: '发通道测试' } as const;
    app.post('/api/v1/channels/:kind/test', { schema, config }, async (request, reply) => {
      const { kind } = request.params;
      const notice = await commands.testChannel({ kind, actor: personOf(request), at: now() });
      return reply.code(202).send(toChannelNoticeView(notice));
    });
  };
}
