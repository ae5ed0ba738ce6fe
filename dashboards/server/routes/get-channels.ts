import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ChannelView } from '#contract';
import type { ServerDeps } from '../deps.ts';

/** GET /api/v1/channels: each way of reaching people and how it is doing; those set up come first. */
export function getChannels({
  channelsView,
}: Pick<ServerDeps, 'channelsView'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '通道', response: { 200: z.array(ChannelView) } };
    app.get('/api/v1/channels', { schema }, async () => [...(await channelsView.listChannels())]);
  };
}
