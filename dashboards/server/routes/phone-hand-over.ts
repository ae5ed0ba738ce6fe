import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorOf, Refused, type Person } from '#core';
import { signHandOver, submitHandOver, type HandOver } from '#alert';
import type { ServerDeps } from '../deps.ts';
import { renderMessagePage } from '../phone/alert-page.ts';
import { renderHandOverPage } from '../phone/hand-over-page.ts';
import { PHONE_CSP } from '../phone/style.ts';

type Deps = Pick<ServerDeps, 'rules' | 'roster' | 'people' | 'now' | 'drill'>;

const PROBLEMS = {
  expired: { status: 410, title: '链接已过期', text: '请登录后在“值班表”页打开这次交接班。' },
  invalid: { status: 404, title: '链接无效', text: '请从原消息中重新打开，或登录后查看。' },
} as const;

const FormSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('sign'), read: z.string().max(100) }),
  z.object({ act: z.literal('submit'), note: z.string().trim().max(1_000).default('') }),
]);

type Opened = { readonly handOver: HandOver; readonly person: Person };

/** GET and POST /h/:handOverToken: a hand-over, to be read and signed. GET changes nothing. */
export function phoneHandOver(deps: Deps): FastifyPluginAsyncZod {
  const isDrill = deps.drill !== undefined;
  return async (app) => {
    const schema = {
      summary: '交接班页',
      params: z.object({ handOverToken: z.string().max(1_000) }),
      produces: ['text/html'],
    };
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: 16_384 },
      async (_request: FastifyRequest, body: string) =>
        Object.fromEntries(new URLSearchParams(body)),
    );
    app.addHook('onRequest', async (_request, reply) => {
      void reply
        .header('content-security-policy', PHONE_CSP)
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer');
    });

    app.get('/h/:handOverToken', { schema }, async (request, reply) => {
      const opened = await open(deps, request.params.handOverToken);
      if ('problem' in opened) return sayWhy(reply, opened.problem, isDrill);
      return show(deps, request, reply, opened);
    });

    const config = { act: '交接班' };
    app.post('/h/:handOverToken', { schema, config }, async (request, reply) => {
      const opened = await open(deps, request.params.handOverToken);
      if ('problem' in opened) return sayWhy(reply, opened.problem, isDrill);
      const { person } = opened;
      request.triedBy = actorOf(person);
      const form = FormSchema.safeParse(request.body);
      if (!form.success) return show(deps, request, reply, opened, '没有办成，请重试');
      try {
        const handOver = await act(deps, opened, form.data);
        const message = form.data.act === 'submit' ? '已交班，等待签收' : undefined;
        return await show(deps, request, reply, { handOver, person }, message);
      } catch (error) {
        // Most often the draft was renewed while it was read: the page shows the new one, and says so.
        if (!(error instanceof Refused)) throw error;
        const again = await open(deps, request.params.handOverToken);
        if ('problem' in again) return sayWhy(reply, again.problem, isDrill);
        return show(deps, request, reply.code(409), again, error.message);
      }
    });
  };
}

async function act(
  { roster, now }: Deps,
  { handOver, person }: Opened,
  form: z.infer<typeof FormSchema>,
): Promise<HandOver> {
  const common = { handOverId: handOver.id, actor: person, at: now() };
  return form.act === 'sign'
    ? await signHandOver(roster.handOvers, { ...common, read: form.read })
    : await submitHandOver(roster.handOvers, { ...common, note: form.note });
}

async function open(
  deps: Deps,
  token: string,
): Promise<Opened | { readonly problem: keyof typeof PROBLEMS }> {
  const reading = deps.rules.readToken(token);
  if ('problem' in reading) return reading;
  const handOver = await deps.roster.handOvers.findById(reading.alertId);
  const person = await deps.people.findById(reading.personId);
  if (!handOver || !person || person.isDisabled) return { problem: 'invalid' };
  return { handOver, person };
}

function show(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
  message?: string,
): FastifyReply {
  const signedIn = request.signedIn?.person;
  const isSignedIn = signedIn !== undefined && !signedIn.mustChangePassword;
  const page = { ...opened, at: deps.now(), isSignedIn, message };
  return reply.type('text/html; charset=utf-8').send(renderHandOverPage(page));
}

function sayWhy(
  reply: FastifyReply,
  problem: keyof typeof PROBLEMS,
  isDrill: boolean,
): FastifyReply {
  const { status, title, text } = PROBLEMS[problem];
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(renderMessagePage(title, text, isDrill));
}
