import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Person } from '#core';
import { HTML_POLICY, type Report } from '#briefings';
import {
  EventParams,
  EventReportsView,
  MakeReportBody,
  PassReportBody,
  ReportFileParams,
  ReportRow,
  ReportStepParams,
} from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import type { ReportRoom } from '../report-room.ts';
import { toReportRow } from '../views/to-report-row.ts';

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
} as const;

/** 报告: the list, one click for a new one, its files, and the steps of its life. */
export function reports({
  now,
  room,
}: Pick<ServerDeps, 'now'> & { readonly room: ReportRoom }): FastifyPluginAsyncZod {
  return async (app) => {
    const list = { summary: '报告', response: { 200: z.array(ReportRow) } };
    app.get('/api/v1/reports', { schema: list }, async (request) => {
      const person = personOf(request);
      return (await room.list()).map((report) => toReportRow(report, person, room));
    });

    const make = { summary: '出报告', body: MakeReportBody, response: { 201: ReportRow } };
    app.post(
      '/api/v1/reports',
      { schema: make, config: { act: '出报告' } },
      async (request, reply) => {
        const actor = personOf(request);
        const { body } = request;
        const report = await made(room, body, { actor, at: now() });
        return await reply.code(201).send(toReportRow(report, actor, room));
      },
    );

    const onEvent = {
      summary: '事件的快报和专报',
      params: EventParams,
      response: { 200: EventReportsView },
    };
    app.get('/api/v1/events/:eventId/reports', { schema: onEvent }, async (request) => {
      const person = personOf(request);
      const { eventId } = request.params;
      const all = async (kind: 'flash' | 'special'): Promise<EventReportsView['flash']> => ({
        reports: (await room.reportsOn(kind, eventId, now())).map((report) =>
          toReportRow(report, person, room),
        ),
        mayMake: room.mayMake(kind, person),
      });
      return { flash: await all('flash'), special: await all('special') };
    });

    const pass = {
      summary: '审核、签发、报送报告',
      params: ReportStepParams,
      body: PassReportBody,
      response: { 200: ReportRow },
    };
    app.post(
      '/api/v1/reports/:reportId/:step',
      { schema: pass, config: { act: '办理报告' } },
      async (request) => {
        const actor = personOf(request);
        const report = await room.pass({ ...request.params, ...request.body, actor, at: now() });
        return toReportRow(report, actor, room);
      },
    );

    const file = { summary: '报告文件', params: ReportFileParams };
    app.get('/api/v1/reports/:reportId/file/:format', { schema: file }, async (request, reply) => {
      const { reportId, format } = request.params;
      const report = await room.find(reportId);
      const bytes = await room.print(report, format);
      const name = encodeURIComponent(
        `${report.model.title}${report.model.header.number}.${format}`,
      );
      const how = format === 'html' ? 'inline' : 'attachment';
      void reply
        .type(TYPES[format])
        .header('content-disposition', `${how}; filename*=UTF-8''${name}`)
        .header('content-security-policy', HTML_POLICY);
      return await reply.send(bytes);
    });
  };
}

async function made(
  room: ReportRoom,
  body: MakeReportBody,
  act: { readonly actor: Person; readonly at: Date },
): Promise<Report> {
  if (body.kind === 'flash') return await room.makeFlash({ ...body, ...act });
  if (body.kind === 'special') return await room.makeSpecial({ ...body, ...act });
  return await room.makeRoutine({ ...body, ...act });
}
