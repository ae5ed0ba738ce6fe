import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readingId } from '#briefings';
import { NotFound } from '#core';
import type { ServerDeps } from '../deps.ts';
import { READING_POLICY, renderReadingPage } from '../phone/reading-page.ts';
import type { ReadingDesk } from '../report-room.ts';
import { phonePage } from './phone-page.ts';

type Deps = Pick<ServerDeps, 'rules' | 'people' | 'now' | 'drill'> & {
  readonly desk: ReadingDesk;
};

const Chosen = z.string().max(200).default('');

/** 已阅, and 批示 by a choice of usual words, words of one's own, or both. */
const FormSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('receive') }),
  z
    .object({
      act: z.literal('instruct'),
      phrase: Chosen,
      text: z.string().trim().max(2_000).default(''),
      matter: Chosen,
      unit: Chosen,
      due: z.string().min(1).max(40),
    })
    .refine(({ phrase, text }) => phrase !== '' || text !== ''),
]);

/** GET and POST /r/:readingToken: a report as one of its readers has it; read, confirmed, instructed on. */
export function phoneReport(deps: Deps): FastifyPluginAsyncZod {
  const { desk, now } = deps;
  return phonePage(deps, {
    folder: '/r',
    param: 'readingToken',
    summary: '报告阅读页',
    act: '阅读报告',
    page: '报告',
    policy: READING_POLICY,
    form: FormSchema,
    findById: async (linkId, person) => await desk.open(linkId, person, now()),
    closedBecause: ({ closedBecause }) => closedBecause,
    render: (reading, person, saying) =>
      renderReadingPage({ reading, person, at: now(), ...saying }),
    async take(linkId, form, actor) {
      const at = now();
      const opened = await desk.open(linkId, actor, at);
      if (!opened) throw new NotFound('报告', linkId);
      const act = { reportId: opened.report.id, actor, at };
      if (form.act === 'receive') await desk.receive(act);
      else {
        const { phrase, text, matter, unit, due } = form;
        await desk.instruct({ ...act, phrase, text, matterId: matter, unit, due });
      }
      const after = await desk.open(
        readingId(opened.report.id, opened.reader.link.number),
        actor,
        at,
      );
      return [after ?? opened, form.act === 'receive' ? '已记录：已阅' : '批示已下达'];
    },
  });
}
