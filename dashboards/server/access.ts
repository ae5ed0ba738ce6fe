import type { FastifyRequest } from 'fastify';
import { ADMIN_ROLES, hasRole, Refused, ROLE_WORDS, type Person, type Role } from '#core';
import { SignedOut } from './errors.ts';
import type { SignedIn } from './sessions.ts';

/**
 * Who may use a route. `open`: anybody; `own`: anybody signed in, for what is their own; `signedIn`: anybody
 * signed in who chose a password; `business`: those who handle matters; roles: who holds one of them.
 */
export type Access = 'open' | 'own' | 'signedIn' | 'business' | readonly Role[];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Left out: `signedIn` for reading, `business` for changing. */
    access?: Access;
    /** The act in words, for the record when it is refused. Every change has one. */
    act?: string;
  }
  interface FastifyRequest {
    signedIn: SignedIn | undefined;
  }
}

/** Lets the request pass or says why not. @throws {SignedOut} @throws {Refused} */
export function checkAccess(
  access: Access,
  signedIn: SignedIn | undefined,
  changes: boolean,
): void {
  if (access === 'open') return;
  if (!signedIn) throw new SignedOut('SIGNED_OUT', '请先登录');
  const { person, isIdle } = signedIn;
  if (access === 'own') return;
  if (changes && isIdle) throw new SignedOut('SESSION_IDLE', '长时间未操作，请重新登录后再试');
  if (person.mustChangePassword) {
    throw new Refused('MUST_CHANGE_PASSWORD', '请先修改一次性密码', 'forbidden');
  }
  if (changes && hasRole(person, 'inspector')) {
    throw new Refused('READ_ONLY', '纪检监督只读，不能办理', 'forbidden');
  }
  if (access === 'signedIn') return;
  if (access === 'business') {
    if (hasRole(person, ...ADMIN_ROLES)) {
      throw new Refused('ADMIN_ONLY', '管理员账号不办理业务，请用业务账号登录', 'forbidden');
    }
    return;
  }
  if (!hasRole(person, ...access)) {
    const words = access.map((role) => ROLE_WORDS[role]).join('、');
    throw new Refused('ROLE_NEEDED', `需要${words}权限`, 'forbidden');
  }
}

export const accessOf = (request: FastifyRequest, changes: boolean): Access =>
  request.routeOptions.config.access ?? (changes ? 'business' : 'signedIn');

/** Whose request this is. @throws {SignedOut} when nobody is signed in */
export function personOf(request: FastifyRequest): Person {
  return signedInOf(request).person;
}

/** @throws {SignedOut} when nobody is signed in */
export function signedInOf(request: FastifyRequest): SignedIn {
  if (!request.signedIn) throw new SignedOut('SIGNED_OUT', '请先登录');
  return request.signedIn;
}
