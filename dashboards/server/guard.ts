import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { digestOf, Refused } from '#core';
import { BACKGROUND_HEADER, CSRF_HEADER } from '#contract';
import { accessOf, checkAccess } from './access.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { SignedIn, Sessions } from './sessions.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds out who asks and lets nobody do what is not theirs, before a body is read. */
export function addGuard(
  app: FastifyInstance,
  { sessions, cookie }: { readonly sessions: Sessions; readonly cookie: SessionCookie },
): void {
  app.decorateRequest('signedIn', undefined);
  app.addHook('onRequest', async (request) => {
    const route = request.routeOptions.url ?? '';
    // Health and the files of the browser app are for anybody, and do not need the store to answer.
    const isPhone = isPhonePage(route);
    if (!route.startsWith('/api/v1/') && !isPhone) return;
    const secret = cookie.read(request);
    request.signedIn = secret ? await sessions.find(secret) : undefined;
    // A phone page has its own token; who is signed in only sees more of it.
    if (isPhone) return;

    const changes = isChange(request);
    const access = accessOf(request, changes);
    checkAccess(access, request.signedIn, changes);
    if (changes && access !== 'open') checkCsrf(request, request.signedIn);
    const isUse = request.headers[BACKGROUND_HEADER] === undefined;
    if (request.signedIn && !request.signedIn.isIdle && isUse) {
      await sessions.noteUse(request.signedIn);
    }
  });
}

/** Behind a personal link: alert, hand-over, order, report, supervision, review. */
export const isPhonePage = (route: string): boolean => /^\/[ahorsv]\//.test(route);

export const isChange = (request: FastifyRequest): boolean => !READS.has(request.method);

function checkCsrf(request: FastifyRequest, signedIn: SignedIn | undefined): void {
  const sent = request.headers[CSRF_HEADER];
  const wanted = signedIn?.session.csrfToken;
  // Digests have one length, so the comparison takes one time.
  const isSame =
    typeof sent === 'string' &&
    wanted !== undefined &&
    timingSafeEqual(Buffer.from(digestOf(sent)), Buffer.from(digestOf(wanted)));
  if (!isSame) throw new Refused('CSRF', '页面已过期，请刷新后重试', 'forbidden');
}
