import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Report } from '#briefings';
import {
  InstructionParams,
  RegisterInstructionBody,
  ReportMattersView,
  ReportParams,
  ReportReaderParams,
  ReportRow,
  RevokeLinkBody,
  RouteInstructionBody,
} from '#contract';
import type { Person } from '#core';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import type { ReportRoom } from '../report-room.ts';
import { toReportRow } from '../views/to-report-row.ts';

/** What a body holds beside a picture, which base64 makes a third longer. */
const WORDS_BYTES = 64_000;

/** 已阅 and 批示 at the desk: links taken back and sent again, instructions from paper registered and routed. */
export function reportReaders({
  now,
  room,
}: Pick<ServerDeps, 'now'> & { readonly room: ReportRoom }): FastifyPluginAsyncZod {
  const { reading } = room;
  const rowOf = (report: Report, person: Person): ReportRow => toReportRow(report, person, room);
  return async (app) => {
    const revoke = {
      summary: '收回一个人的阅读链接',
      params: ReportReaderParams,
      body: RevokeLinkBody,
      response: { 200: ReportRow },
    };
    app.post(
      '/api/v1/reports/:reportId/readers/:personId/revoke',
      { schema: revoke, config: { act: '收回阅读链接' } },
      async (request) => {
        const actor = personOf(request);
        const act = { ...request.params, reason: request.body.reason, actor, at: now() };
        return rowOf(await reading.revoke(act), actor);
      },
    );

    const renew = {
      summary: '给一个人重发阅读链接，原来的作废',
      params: ReportReaderParams,
      response: { 200: ReportRow },
    };
    app.post(
      '/api/v1/reports/:reportId/readers/:personId/link',
      { schema: renew, config: { act: '重发阅读链接' } },
      async (request) => {
        const actor = personOf(request);
        return rowOf(await reading.renew({ ...request.params, actor, at: now() }), actor);
      },
    );

    const matters = {
      summary: '报告写到的事项，可以批示的领导，单位',
      params: ReportParams,
      response: { 200: ReportMattersView },
    };
    app.get('/api/v1/reports/:reportId/matters', { schema: matters }, async ({ params }) => ({
      matters: [...(await reading.choicesFor(await room.find(params.reportId)))],
      leaders: (await reading.leaders()).map(({ id, name }) => ({ id, name })),
      units: [...(await reading.units())],
      mostPictureBytes: reading.mostPictureBytes,
    }));

    const register = {
      summary: '登记纸质批示',
      params: ReportParams,
      body: RegisterInstructionBody,
      response: { 200: ReportRow },
    };
    app.post(
      '/api/v1/reports/:reportId/instructions',
      {
        schema: register,
        config: { act: '登记批示' },
        bodyLimit: Math.ceil((reading.mostPictureBytes * 4) / 3) + WORDS_BYTES,
      },
      async (request) => {
        const actor = personOf(request);
        const { picture, dueAt, ...written } = request.body;
        const report = await reading.register({
          ...written,
          reportId: request.params.reportId,
          dueAt: new Date(dueAt),
          ...(picture !== undefined && { picture: Buffer.from(picture, 'base64') }),
          actor,
          at: now(),
        });
        return rowOf(report, actor);
      },
    );

    const route = {
      summary: '交办一条批示',
      params: InstructionParams,
      body: RouteInstructionBody,
      response: { 200: ReportRow },
    };
    app.post(
      '/api/v1/reports/:reportId/instructions/:instructionId/order',
      { schema: route, config: { act: '交办批示' } },
      async (request) => {
        const actor = personOf(request);
        const { dueAt, ...chosen } = request.body;
        const act = { ...request.params, ...chosen, dueAt: new Date(dueAt), actor, at: now() };
        return rowOf(await reading.route(act), actor);
      },
    );

    const picture = { summary: '纸质批示的照片', params: InstructionParams };
    app.get(
      '/api/v1/reports/:reportId/instructions/:instructionId/picture',
      { schema: picture },
      async ({ params }, reply) => {
        const { type, bytes } = await reading.pictureOf(params.reportId, params.instructionId);
        return await reply
          .type(type)
          .header('content-security-policy', "default-src 'none'; sandbox")
          .send(Buffer.from(bytes));
      },
    );
  };
}
