import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ORDER_STEP_NAMES } from '#respond';
import type { ServerDeps } from '../deps.ts';
import { renderOrderPage } from '../phone/order-page.ts';
import { phonePage } from './phone-page.ts';

type Deps = Pick<ServerDeps, 'rules' | 'orders' | 'commands' | 'people' | 'now' | 'drill'>;

const Words = z.string().trim().min(1).max(2_000);

/** What a personal link may do; the rest asks for signing in. */
const FormSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('accept') }),
  z.object({ step: z.literal('return'), reason: Words, suggestedUnit: Words.max(100) }),
  z.object({ step: z.literal('progress'), text: Words }),
]);

/** GET and POST /o/:orderToken: a handling order, to be signed or returned. */
export function phoneOrder(deps: Deps): FastifyPluginAsyncZod {
  const { rules, orders, commands, now } = deps;
  return phonePage(deps, {
    folder: '/o',
    param: 'orderToken',
    summary: '处置单页',
    act: '办理处置单',
    page: '处置单',
    form: FormSchema,
    findById: async (id) => await orders.findById(id),
    render(order, person, saying) {
      const at = now();
      const may = rules.orderStepsOpenTo(order, person, at);
      return renderOrderPage({ order, person, may, at, ...saying });
    },
    async take(orderId, taken, actor) {
      const order = await commands.takeOrderStep({ orderId, taken, actor, at: now() });
      return [order, `已${ORDER_STEP_NAMES[taken.step]}`];
    },
  });
}
