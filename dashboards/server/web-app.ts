import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { renderMessagePage } from './phone/alert-page.ts';
import { PHONE_CSP } from './phone/style.ts';
import { toProblem } from './to-problem.ts';

const YEAR_S = 31_536_000;
/** Places where an unknown address is a mistake and not a page of the browser app. */
const NOT_PAGES = /^\/(?:api|a|assets)(?:\/|$)/;

/** The built browser app: hashed files kept for a year, the page itself never, any other address the page. */
export async function addWebApp(
  app: FastifyInstance,
  { staticDir, isDrill }: { readonly staticDir: string; readonly isDrill: boolean },
): Promise<void> {
  await app.register(fastifyStatic, {
    root: staticDir,
    cacheControl: false,
    preCompressed: true,
    suppressWarning: true,
    setHeaders: (reply, path) => {
      const isHashed = path.startsWith(join(staticDir, 'assets'));
      const kept = `public, max-age=${YEAR_S}, immutable`;
      void reply.header('cache-control', isHashed ? kept : 'no-cache');
    },
  });

  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    const isPage = ['GET', 'HEAD'].includes(request.method) && !NOT_PAGES.test(path);
    if (!isPage) {
      const problem = toProblem({ statusCode: 404 }, request.id);
      return reply
        .code(404)
        .type('application/problem+json; charset=utf-8')
        .send(JSON.stringify(problem));
    }
    if (await isBuilt(staticDir)) return reply.sendFile('index.html');
    return reply
      .code(503)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', PHONE_CSP)
      .header('cache-control', 'no-store')
      .send(
        renderMessagePage(
          '界面尚未构建',
          '请在程序目录运行 npm run build，然后刷新本页。',
          isDrill,
        ),
      );
  });
}

async function isBuilt(staticDir: string): Promise<boolean> {
  return access(join(staticDir, 'index.html')).then(
    () => true,
    () => false,
  );
}
