import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, type Person } from '#core';
import type { MeView } from '#contract';
import type { ServerDeps } from './deps.ts';
import { recordAct } from './record-act.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';
import { toMeView } from './views/to-me-view.ts';

export type EnterDeps = Pick<ServerDeps, 'audit' | 'now' | 'officeName' | 'channels' | 'drill'> & {
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
};

/** Signs a person in with a new session; the browser's old one ends, so that none can be fixed beforehand. */
export async function enter(
  deps: EnterDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  entry: { readonly person: Person; readonly act: string },
): Promise<MeView> {
  const { person, act } = entry;
  await recordAct(deps, actorOf(person), { act, target: `person:${person.id}` });
  if (request.signedIn) await deps.sessions.close(request.signedIn.session.digest);
  const { secret, session } = await deps.sessions.open(person.id);
  deps.cookie.set(reply, secret);
  return toMeView(deps, person, session);
}
