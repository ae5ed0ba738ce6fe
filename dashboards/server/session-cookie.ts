import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookie that holds a session's secret. */
export interface SessionCookie {
  readonly name: string;
  /** Undefined when the browser sent none. */
  readonly read: (request: FastifyRequest) => string | undefined;
  readonly set: (reply: FastifyReply, secret: string) => void;
  readonly clear: (reply: FastifyReply) => void;
}

/**
 * HttpOnly, and Lax so that a link in a message opens signed in. Browsers share cookies between the ports
 * of a host: in a drill it has another name, so that playing somebody signs nobody out of the real product.
 */
export function createSessionCookie(isHttps: boolean, isDrill: boolean): SessionCookie {
  const name = isDrill ? 'huiying_drill' : 'huiying_session';
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps } as const;
  return {
    name,
    read: (request) => request.cookies[name],
    set: (reply, secret) => void reply.setCookie(name, secret, options),
    clear: (reply) => void reply.clearCookie(name, options),
  };
}
