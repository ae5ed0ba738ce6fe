import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { addDays, beijingDay, DAY_MS, Refused, startOfBeijingDay } from '#core';
import { isIn, measuresCsv, type Period } from '#measures';
import { MeasuresQuery, MeasuresView, OutsideNoticeBody } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import type { MeasureRoom } from '../measure-room.ts';
import { toMeasureView, toOutsideNoticeView } from '../views/to-measure-view.ts';

type Deps = Pick<ServerDeps, 'now' | 'events' | 'drill'> & { readonly room: MeasureRoom };

/** A longer period asks for more than a screen can show. */
const MOST_DAYS = 400;

/** 指标 of a period with the list behind each, as CSV too; 外来线索 are entered here. */
export function measures({ now, events, drill, room }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const read = {
      summary: '指标',
      querystring: MeasuresQuery,
      response: { 200: MeasuresView },
    };
    app.get('/api/v1/measures', { schema: read }, async (request) => {
      const { from, to, period } = askedOf(request.query, now());
      const found = (await room.listNotices()).filter(({ learnedAt }) => isIn(period, learnedAt));
      const titles = new Map<string, string>();
      for (const { eventId } of found) {
        const event = eventId ? await events.findById(eventId) : undefined;
        if (event) titles.set(event.id, event.title);
      }
      return {
        from,
        to,
        readAt: now().toISOString(),
        isDrill: drill !== undefined,
        leastForShare: room.leastForShare,
        measures: (await room.measure(period, now())).map(toMeasureView),
        notices: found.map((notice) => toOutsideNoticeView(notice, titles)),
        mayRecordNotice: room.mayRecord(personOf(request)),
      };
    });

    const export_ = { summary: '指标，供表格软件打开', querystring: MeasuresQuery };
    app.get('/api/v1/measures.csv', { schema: export_ }, async ({ query }, reply) => {
      const { from, to, period } = askedOf(query, now());
      const csv = measuresCsv(await room.measure(period, now()), period);
      const name = encodeURIComponent(`指标-${from}至${to}.csv`);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .send(csv);
    });

    const enter = { summary: '登记外来线索', body: OutsideNoticeBody };
    const entering = { schema: enter, config: { act: '登记外来线索' } };
    app.post('/api/v1/outside-notices', entering, async (request, reply) => {
      const { learnedAt, ...told } = request.body;
      const draft = { ...told, learnedAt: new Date(learnedAt) };
      await room.record({ draft, actor: personOf(request), at: now() });
      return await reply.code(204).send();
    });
  };
}

/** This month so far, where nothing is asked for. @throws {Refused} */
function askedOf(query: MeasuresQuery, at: Date) {
  const today = beijingDay(at);
  const from = query.from ?? `${today.slice(0, 7)}-01`;
  const to = query.to ?? (today < from ? from : today);
  const period: Period = {
    from: startOfBeijingDay(from),
    to: startOfBeijingDay(addDays(to, 1)),
  };
  const days = (period.to.getTime() - period.from.getTime()) / DAY_MS;
  if (days < 1 || days > MOST_DAYS) {
    const rule = `时段须从早到晚，最长${MOST_DAYS}天`;
    throw new Refused('PERIOD_WRONG', rule, 'invalid');
  }
  return { from, to, period };
}
