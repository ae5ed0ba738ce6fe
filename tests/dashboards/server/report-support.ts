import type { DatabaseSync } from 'node:sqlite';
import {
  actorOf,
  AUDIT_TOPIC,
  AuditEntrySchema,
  MACHINE,
  type Now,
  type Person,
  type PersonStore,
} from '#core';
import { NoticeSchema, NOTICES_TOPIC, readToken, signToken, type Notice } from '#alert';
import type { OpinionEventStore } from '#analyze';
import { type Collecting, type Report, type ReportModel } from '#briefings';
import {
  createOrderStage,
  HANDLING_ORDERS_TOPIC,
  HandlingOrderSchema,
  type OrderDeps,
  type OrderStore,
  type PageBytesStore,
} from '#respond';
import type { ReportRoom } from '#server';
import { createReadingDesk } from '../../../config/reading-desk.ts';
import { createReportRoom } from '../../../config/report-room.ts';
import { SqliteReportStore } from '../../../dashboards/briefings/adapters/sqlite-report-store.ts';
import { buildDaily } from '../../../dashboards/briefings/build-daily.ts';
import { newReport } from '../../../dashboards/briefings/new-report.ts';
import { judgingPack } from '../../support/judging.ts';
import { reportPack } from '../../support/packs.ts';
import { CLOSING, DAY_BEFORE, imprint, someRecords } from '../../support/reports.ts';
import { calendar } from '../../support/rosters.ts';
import type { Office, SignedInHeaders } from './support.ts';

const nothing = async (): Promise<readonly never[]> => [];
const KEY = { id: '1', secret: Buffer.alloc(32, 7) };

/** The product's own room for reports, on the small stores of a test's office. */
export function aReportRoom(parts: {
  readonly database: DatabaseSync;
  readonly people: PersonStore;
  readonly events: Pick<OpinionEventStore, 'findById' | 'listOpen' | 'kind'>;
  readonly orders: OrderStore;
  readonly pages: PageBytesStore;
  readonly ordering: OrderDeps;
  readonly now: Now;
}): ReportRoom & {
  readonly store: SqliteReportStore;
  readonly urgeDue: () => Promise<number>;
} {
  const { database, people } = parts;
  const reports = new SqliteReportStore(database);
  const common = {
    reports,
    people,
    pack: reportPack,
    link: () => 'http://huiying.test/reports',
    linkFor: ({ id, ...claim }: { id: string; personId: string; expiresAt: Date }) =>
      `http://huiying.test/r/${signToken({ alertId: id, ...claim }, KEY)}`,
  };
  const reading = createReadingDesk({
    ...common,
    ...parts,
    channels: new Set(['email']),
    proposalsOf: nothing,
    responsibleUnits: ['市水务局'],
    isDrill: false,
  });
  const collecting = {
    stores: { events: { listNewest: nothing, listOpen: nothing } },
    office: '临江市政府办公室',
    isDrill: false,
    calendar,
    regionNames: new Map(),
    topicNames: new Map(),
    sensitivePeriods: [],
    sources: nothing,
    questions: judgingPack.questions,
    measure: nothing,
  } as unknown as Collecting;
  const room = createReportRoom({
    ...common,
    collecting,
    reading,
    reporter: async () => undefined,
  });
  return { ...room, store: reports, urgeDue: reading.urgeDue };
}

export const readRealToken = (token: string, now: Date) => readToken(token, [KEY], now);
export const signRealToken = (claim: Parameters<typeof signToken>[0]): string =>
  signToken(claim, KEY);

export function aDailyReport(more: Partial<Report> = {}, model?: ReportModel): Report {
  return {
    ...newReport({
      kind: 'daily',
      year: 2026,
      issue: 1,
      model: model ?? buildDaily(someRecords(), imprint),
      period: { from: DAY_BEFORE, to: CLOSING },
      dueAt: CLOSING,
      isDrill: false,
      actor: MACHINE,
      at: CLOSING,
    }),
    ...more,
  };
}

/** Sent to one reader, with an instruction on paper whose photograph lies under a digest. */
export function anInstructedReport(reader: Person, digest: string): Report {
  const by = actorOf(reader);
  const paper = {
    by,
    day: '2026-03-02',
    picture: { digest, type: 'image/png' as const, bytes: 67 },
  };
  return aDailyReport({
    state: 'instructed',
    effects: [],
    sent: { at: CLOSING, by, receivers: [by] },
    readers: [{ ...by, link: { number: 1, expiresAt: CLOSING } }],
    instructions: [
      {
        id: 'instruction-1',
        at: CLOSING,
        leader: by,
        text: '请核实',
        track: 'fact',
        dueAt: CLOSING,
        paper,
      },
    ],
  });
}

/** What the last changes of reports and orders set off goes where it belongs, as the relays bring it. */
export async function relay(
  { orders, deps }: Pick<Office, 'orders' | 'deps'>,
  store: SqliteReportStore,
): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  for (const report of await store.findWithEffects(100)) {
    for (const { topic, body } of report.effects) {
      const sent: unknown = JSON.parse(JSON.stringify(body));
      if (topic === HANDLING_ORDERS_TOPIC) {
        await createOrderStage(orders).process([HandlingOrderSchema.parse(sent)]);
      }
      if (topic === AUDIT_TOPIC) await deps.audit.append(AuditEntrySchema.parse(sent));
      if (topic === NOTICES_TOPIC) notices.push(NoticeSchema.parse(sent));
    }
    await store.replace({ ...report, effects: [], revision: report.revision + 1 });
  }
  return notices;
}

/** A POST of a form, as a phone without scripts sends it. */
export const tap = async (
  { app }: Pick<Office, 'app'>,
  url: string,
  form: Readonly<Record<string, string>>,
) =>
  await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });

/** Reviewed, signed and sent at the desk, as people do it. */
export async function sendAtDesk(
  { app, signIn }: Pick<Office, 'app' | 'signIn'>,
  { id, contentDigest }: Pick<Report, 'id' | 'contentDigest'>,
  { reviewer, signer }: { readonly reviewer: Person; readonly signer: Person },
): Promise<void> {
  const steps: readonly (readonly [string, SignedInHeaders])[] = [
    ['review', await signIn(reviewer)],
    ['sign', await signIn(signer)],
    ['send', await signIn(signer)],
  ];
  for (const [step, headers] of steps) {
    const answer = await app.inject({
      method: 'POST',
      url: `/api/v1/reports/${id}/${step}`,
      headers,
      payload: { contentDigest },
    });
    if (answer.statusCode !== 200) throw new Error(answer.body);
  }
}
