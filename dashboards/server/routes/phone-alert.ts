import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorOf, type Person } from '#core';
import { eventIdOf, type Alert } from '#alert';
import type { ServerDeps } from '../deps.ts';
import { renderAlertPage, renderMessagePage } from '../phone/alert-page.ts';
import { PHONE_CSP } from '../phone/style.ts';
import { buttonOf, toAlertPage, type DetailParts } from '../phone/to-alert-page.ts';

type Deps = Pick<
  ServerDeps,
  'rules' | 'alerts' | 'people' | 'events' | 'posts' | 'countdowns' | 'commands' | 'now' | 'drill'
>;

const PROBLEMS = {
  expired: {
    status: 410,
    title: '链接已过期',
    text: '这条预警的时限已过，请登录工作台查看现在的情况。',
  },
  invalid: {
    status: 404,
    title: '链接无效',
    text: '请从原消息中重新打开，或登录工作台查看。',
  },
} as const;

type Opened = { readonly alert: Alert; readonly person: Person };

/** GET and POST /a/:token: the page that a message opens, and its one button. The token says whose it is. */
export function phoneAlert(deps: Deps): FastifyPluginAsyncZod {
  const isDrill = deps.drill !== undefined;
  return async (app) => {
    const schema = {
      summary: '手机预警页',
      params: z.object({ token: z.string().max(1_000) }),
      produces: ['text/html'],
    };
    // The form has no fields; whatever a browser sends along is not looked at.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 1_024 }, async () => undefined);
    app.addHook('onRequest', async (_request, reply) => {
      void reply
        .header('content-security-policy', PHONE_CSP)
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer');
    });

    app.get('/a/:token', { schema }, async (request, reply) => {
      const opened = await open(deps, request.params.token);
      if (!('alert' in opened)) return sayWhy(reply, opened.problem, isDrill);
      return show(deps, request, reply, { ...opened, isJustDone: false });
    });

    const config = { act: '确认预警' };
    app.post('/a/:token', { schema, config }, async (request, reply) => {
      const opened = await open(deps, request.params.token);
      if (!('alert' in opened)) return sayWhy(reply, opened.problem, isDrill);
      const { alert, person } = opened;
      if (!buttonOf(alert, person.id)) {
        return show(deps, request, reply, { ...opened, isJustDone: false });
      }
      const actor = actorOf(person);
      request.triedBy = actor;
      const at = deps.now();
      const act = { alertId: alert.id, actor, at, via: 'link' } as const;
      const done = await deps.commands.acknowledgeAlert(act);
      const isJustDone = done.acknowledgedBy?.personId === person.id;
      return show(deps, request, reply, { alert: done, person, isJustDone });
    });
  };
}

async function open(
  deps: Deps,
  token: string,
): Promise<Opened | { readonly problem: 'expired' | 'invalid' }> {
  const reading = deps.rules.readToken(token);
  if ('problem' in reading) return reading;
  const alert = await deps.alerts.findById(reading.alertId);
  const person = await deps.people.findById(reading.personId);
  if (!alert || !person || person.isDisabled) return { problem: 'invalid' };
  return { alert, person };
}

async function show(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { alert, person, isJustDone }: Opened & { readonly isJustDone: boolean },
): Promise<FastifyReply> {
  const signedIn = request.signedIn?.person;
  const maySeeMore = signedIn !== undefined && !signedIn.mustChangePassword;
  const page = toAlertPage({
    alert,
    countdowns: await deps.countdowns.listByEvent(eventIdOf(alert) ?? alert.id),
    at: deps.now(),
    personId: person.id,
    isJustDone,
    details: maySeeMore ? await readDetails(deps, alert) : undefined,
  });
  return reply.type('text/html; charset=utf-8').send(renderAlertPage(page));
}

async function readDetails(deps: Deps, alert: Alert): Promise<DetailParts> {
  const eventId = eventIdOf(alert);
  const event = eventId ? await deps.events.findById(eventId) : undefined;
  return {
    event,
    original: event && (await deps.posts.findById(event.firstPostId)),
    next: await deps.rules.nextCall(alert),
  };
}

function sayWhy(
  reply: FastifyReply,
  problem: 'expired' | 'invalid',
  isDrill: boolean,
): FastifyReply {
  const { status, title, text } = PROBLEMS[problem];
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(renderMessagePage(title, text, isDrill));
}
