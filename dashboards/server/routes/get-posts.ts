import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PostSearchQuery, PostView } from '#contract';
import type { ServerDeps } from '../deps.ts';
import { toPostView } from '../views/to-post-view.ts';

type Deps = Pick<ServerDeps, 'posts' | 'sources'>;

/** GET /api/v1/posts?words=: posts that hold all these words, newest first. */
export function getPosts({ posts, sources }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '检索信息',
      querystring: PostSearchQuery,
      response: { 200: z.array(PostView) },
    };
    app.get('/api/v1/posts', { schema }, async ({ query }) => {
      const names = await sources.names();
      const found = await posts.search(query);
      return found.map((post) => toPostView(post, names));
    });
  };
}
