import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  CorrectReportBody,
  ReportDraftBody,
  ReportDraftView,
  ReportEditView,
  ReportParams,
  ReportRow,
  ReportWordView,
  ReturnReportBody,
} from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import type { ReportRoom } from '../report-room.ts';
import { toReportEdit } from '../views/to-report-edit.ts';
import { toReportRow } from '../views/to-report-row.ts';

/** 修改 before the review, 更正 after the sending. */
export function reportEditing({
  now,
  room,
}: Pick<ServerDeps, 'now'> & { readonly room: ReportRoom }): FastifyPluginAsyncZod {
  const { editing } = room;
  return async (app) => {
    app.addContentTypeParser(
      'application/octet-stream',
      // A little more than is allowed, so that who sends too much is told in words.
      { parseAs: 'buffer', bodyLimit: editing.mostWordBytes * 2 },
      async (_request: unknown, body: unknown) => body,
    );

    const look = {
      summary: '修改报告的页面',
      params: ReportParams,
      response: { 200: ReportEditView },
    };
    app.get('/api/v1/reports/:reportId/edit', { schema: look }, async (request) =>
      toReportEdit(await room.find(request.params.reportId), personOf(request), editing),
    );

    const check = {
      summary: '看一份修改稿有什么要确认的，不保存',
      params: ReportParams,
      body: ReportDraftBody,
      response: { 200: ReportDraftView },
    };
    app.post(
      '/api/v1/reports/:reportId/edit/check',
      { schema: check, config: { act: '试改报告' } },
      async (request) => {
        const { contentDigest, paragraphs } = request.body;
        const { reportId } = request.params;
        const act = { reportId, contentDigest, draft: { paragraphs } };
        const tried = await editing.check({ ...act, actor: personOf(request), at: now() });
        return {
          length: tried.length,
          mostCharacters: editing.mostCharacters(await room.find(reportId)),
          fitsPage: tried.fitsPage,
          problems: [...tried.problems],
          changes: tried.changes.map(({ kind, block, sentence, numbers }) => ({
            kind,
            block,
            sentence,
            ...(numbers && {
              numbers: {
                before: [...numbers.before],
                after: [...numbers.after],
                isConfirmed: numbers.isConfirmed,
              },
            }),
          })),
        };
      },
    );

    const save = {
      summary: '保存修改稿，成为新的一稿',
      params: ReportParams,
      body: ReportDraftBody,
      response: { 200: ReportEditView },
    };
    app.post(
      '/api/v1/reports/:reportId/edit',
      { schema: save, config: { act: '修改报告' } },
      async (request) => {
        const { contentDigest, paragraphs, via } = request.body;
        const actor = personOf(request);
        const act = { ...request.params, contentDigest, draft: { paragraphs }, via };
        const report = await editing.save({ ...act, actor, at: now() });
        return toReportEdit(report, actor, editing);
      },
    );

    const word = {
      summary: '读回改好的 Word，不保存',
      consumes: ['application/octet-stream'],
      params: ReportParams,
      response: { 200: ReportWordView },
    };
    app.post(
      '/api/v1/reports/:reportId/edit/word',
      { schema: word, config: { act: '读回 Word' } },
      async (request) => {
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const act = { ...request.params, bytes, actor: personOf(request), at: now() };
        const { draft, notes } = await editing.readWord(act);
        return {
          paragraphs: draft.paragraphs.map(({ block, sentences, leftOut }) => ({
            block,
            sentences: [...sentences],
            leftOut: [...leftOut],
          })),
          notes: [...notes],
        };
      },
    );

    const back = {
      summary: '退回修改',
      params: ReportParams,
      body: ReturnReportBody,
      response: { 200: ReportRow },
    };
    app.post(
      '/api/v1/reports/:reportId/return',
      { schema: back, config: { act: '退回报告' } },
      async (request) => {
        const actor = personOf(request);
        const act = { ...request.params, ...request.body, actor, at: now() };
        return toReportRow(await editing.giveBack(act), actor, room);
      },
    );

    const correct = {
      summary: '出更正件',
      params: ReportParams,
      body: CorrectReportBody,
      response: { 201: ReportRow },
    };
    app.post(
      '/api/v1/reports/:reportId/correction',
      { schema: correct, config: { act: '出更正件' } },
      async (request, reply) => {
        const actor = personOf(request);
        const act = { ...request.params, ...request.body, actor, at: now() };
        const report = await editing.correct(act);
        return await reply.code(201).send(toReportRow(report, actor, room));
      },
    );
  };
}
