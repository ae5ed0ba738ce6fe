import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actorOf, Refused, type Person } from '#core';
import { ORDER_STEP_NAMES, type HandlingOrder } from '#respond';
import type { ServerDeps } from '../deps.ts';
import { renderMessagePage } from '../phone/alert-page.ts';
import { renderOrderPage, type OrderPage } from '../phone/order-page.ts';
import { PHONE_CSP } from '../phone/style.ts';

type Deps = Pick<ServerDeps, 'rules' | 'orders' | 'commands' | 'people' | 'now' | 'drill'>;

const PROBLEMS = {
  expired: { status: 410, title: '链接已过期', text: '请登录后在“处置单”页打开。' },
  invalid: { status: 404, title: '链接无效', text: '请从原消息中重新打开，或登录后查看。' },
} as const;

const Words = z.string().trim().min(1).max(2_000);

/** What a personal link may do; the rest asks for signing in. */
const FormSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('accept') }),
  z.object({ step: z.literal('return'), reason: Words, suggestedUnit: Words.max(100) }),
  z.object({ step: z.literal('progress'), text: Words }),
]);
const KeptSchema = z.record(z.string(), z.string());

interface Opened {
  readonly order: HandlingOrder;
  readonly person: Person;
}

/** GET and POST /o/:orderToken: a handling order, to be signed or returned. GET changes nothing. */
export function phoneOrder(deps: Deps): FastifyPluginAsyncZod {
  const isDrill = deps.drill !== undefined;
  return async (app) => {
    const schema = {
      summary: '处置单页',
      params: z.object({ orderToken: z.string().max(1_000) }),
      produces: ['text/html'],
    };
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: 32_768 },
      async (_request: FastifyRequest, body: string) =>
        Object.fromEntries(new URLSearchParams(body)),
    );
    app.addHook('onRequest', async (_request, reply) => {
      void reply
        .header('content-security-policy', PHONE_CSP)
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer');
    });

    app.get('/o/:orderToken', { schema }, async (request, reply) => {
      const opened = await open(deps, request.params.orderToken);
      return 'problem' in opened
        ? sayWhy(reply, opened.problem, isDrill)
        : show(deps, reply, opened);
    });

    const config = { act: '办理处置单' };
    app.post('/o/:orderToken', { schema, config }, async (request, reply) => {
      const opened = await open(deps, request.params.orderToken);
      if ('problem' in opened) return sayWhy(reply, opened.problem, isDrill);
      const { order, person } = opened;
      request.triedBy = actorOf(person);
      const form = FormSchema.safeParse(request.body);
      const kept = KeptSchema.safeParse(request.body).data;
      if (!form.success) return show(deps, reply, opened, { message: '没有填完整，请补上', kept });
      try {
        const taken = { orderId: order.id, taken: form.data, actor: person, at: deps.now() };
        const after = await deps.commands.takeOrderStep(taken);
        const message = `已${ORDER_STEP_NAMES[form.data.step]}`;
        return await show(deps, reply, { order: after, person }, { message });
      } catch (error) {
        // Most often a colleague was first: the page shows how it stands now, and says so.
        if (!(error instanceof Refused)) throw error;
        const again = await open(deps, request.params.orderToken);
        if ('problem' in again) return sayWhy(reply, again.problem, isDrill);
        return show(deps, reply.code(409), again, { message: error.message, kept });
      }
    });
  };
}

async function open(
  deps: Deps,
  token: string,
): Promise<Opened | { readonly problem: keyof typeof PROBLEMS }> {
  const reading = deps.rules.readToken(token);
  if ('problem' in reading) return reading;
  const order = await deps.orders.findById(reading.alertId);
  const person = await deps.people.findById(reading.personId);
  if (!order || !person || person.isDisabled) return { problem: 'invalid' };
  return { order, person };
}

function show(
  { rules, now }: Deps,
  reply: FastifyReply,
  { order, person }: Opened,
  more: Pick<OrderPage, 'message' | 'kept'> = {},
): FastifyReply {
  const at = now();
  const may = rules.orderStepsOpenTo(order, person, at);
  const page = renderOrderPage({ order, person, may, at, ...more });
  return reply.type('text/html; charset=utf-8').send(page);
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
