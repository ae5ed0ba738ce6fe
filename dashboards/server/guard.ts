import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { digestOf, Refused } from '#core';
import { BACKGROUND_HEADER, CSRF_HEADER } from '#contract';
import { accessOf, checkAccess } from './access.ts';
import type { SignedIn, Sessions } from './sessions.ts';

const COOKIE = 'huiying_session';
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds out who asks and lets nobody do what is not theirs, before a body is read. */
export function addGuard(app: FastifyInstance, sessions: Sessions): void {
  app.decorateRequest('signedIn', undefined);
  app.addHook('onRequest', async (request) => {
    const route = request.routeOptions.url ?? '';
    // Health and the files of the browser app are for anybody, and do not need the store to answer.
    if (!route.startsWith('/api/v1/') && !route.startsWith('/a/')) return;
    const secret = request.cookies[COOKIE];
    request.signedIn = secret ? await sessions.find(secret) : undefined;
    // A phone page has its own token; who is signed in only sees more of it.
    if (route.startsWith('/a/')) return;

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

export const isChange = (request: FastifyRequest): boolean => !READS.has(request.method);

/** HttpOnly, and Lax so that a link in a message opens signed in. */
export function setSessionCookie(reply: FastifyReply, secret: string, isHttps: boolean): void {
  void reply.setCookie(COOKIE, secret, cookieOptions(isHttps));
}

export function clearSessionCookie(reply: FastifyReply, isHttps: boolean): void {
  void reply.clearCookie(COOKIE, cookieOptions(isHttps));
}

const cookieOptions = (isHttps: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps }) as const;

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
