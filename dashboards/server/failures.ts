import type { FastifyInstance, FastifyRequest } from 'fastify';
import { actorOf, newId, type Actor } from '#core';
import type { Problem } from '#contract';
import type { ServerDeps } from './deps.ts';
import { isChange, isPhonePage } from './guard.ts';
import { renderMessagePage } from './phone/alert-page.ts';
import { toProblem } from './to-problem.ts';

type Deps = Pick<ServerDeps, 'audit' | 'now' | 'drill'>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who tried, where another thing than the session says so: at the sign-in, by a token. */
    triedBy: Actor | undefined;
  }
}

/** The one place where a failure becomes an answer, and a person's failed try a record. */
export function addFailureHandler(app: FastifyInstance, deps: Deps): void {
  app.decorateRequest('triedBy', undefined);
  app.setErrorHandler(async (error, request, reply) => {
    const problem = toProblem(error, request.id);
    const route = request.routeOptions.url;
    const fields = { err: error, trace: request.id, route, code: problem.code };
    if (problem.status >= 500) request.log.error(fields, 'request failed');
    else request.log.info({ ...fields, err: undefined }, 'request refused');

    try {
      await recordRefusal(deps, request, problem);
    } catch (cause) {
      request.log.error({ err: cause, trace: request.id }, 'refusal not recorded');
    }
    if (isPhonePage(route ?? '')) {
      const text = `编号 ${problem.trace ?? ''}。请稍后再试，或打开工作台处理。`;
      return reply
        .code(problem.status)
        .type('text/html; charset=utf-8')
        .send(renderMessagePage(problem.title, text, deps.drill !== undefined));
    }
    return reply
      .code(problem.status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  });
}

async function recordRefusal(deps: Deps, request: FastifyRequest, problem: Problem): Promise<void> {
  const { signedIn, triedBy } = request;
  const actor = triedBy ?? (signedIn && actorOf(signedIn.person));
  if (!isChange(request) || !actor) return;
  const target = targetOf(request.params);
  await deps.audit.append({
    id: newId(),
    at: deps.now(),
    actor,
    act: request.routeOptions.config.act ?? `${request.method} ${request.routeOptions.url ?? ''}`,
    ...target,
    detail: [
      problem.title,
      ...(problem.fields ?? []).map(({ path, reason }) => `${path}：${reason}`),
    ]
      .join('；')
      .slice(0, 500),
    result: 'refused',
  });
}

/** `eventId: 'e1'` in the address is `event:e1` in the record. */
function targetOf(params: unknown): { target: string; eventId?: string } {
  const named = Object.entries((params ?? {}) as Record<string, string>);
  const [name, id] = named.find(([key]) => key.endsWith('Id')) ?? [];
  if (!name || !id) return { target: '' };
  const target = `${name.slice(0, -2)}:${id}`;
  return name === 'eventId' ? { target, eventId: id } : { target };
}
