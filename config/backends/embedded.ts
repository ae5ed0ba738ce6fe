import { join } from 'node:path';
import {
  checkIntegrity,
  openDatabase,
  SqliteAuditTrail,
  SqliteDocuments,
  SqliteHeartbeatStore,
  SqliteLog,
  SqlitePersonStore,
  SqliteSetAsideStore,
} from '#core/sqlite';
import type { Now } from '#core';
import type { Segmenter } from '#analyze';
import type { ChangeFeed, ChangeKind } from '#server';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { SqliteBreachRegister } from '../../alert/adapters/sqlite-breach-register.ts';
import { SqliteChannelRoutes, SqlitePaces } from '../../alert/adapters/sqlite-channel-routes.ts';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import {
  SqliteDutyDayStore,
  SqliteHandOverStore,
} from '../../alert/adapters/sqlite-duty-records.ts';
import { SqliteDutyRecordStore } from '../../alert/adapters/sqlite-duty-record-store.ts';
import { SqliteOutbox } from '../../alert/adapters/sqlite-outbox.ts';
import { SqliteSendLedger } from '../../alert/adapters/sqlite-send-ledger.ts';
import { SqliteRosterStore } from '../../alert/adapters/sqlite-roster-store.ts';
import { openEventKeys } from '../../analyze/adapters/sqlite-event-keys.ts';
import { SqliteCorrectionStore } from '../../analyze/adapters/sqlite-correction-store.ts';
import { SqliteLeadStore } from '../../analyze/adapters/sqlite-lead-store.ts';
import { SqliteModelStore } from '../../analyze/adapters/sqlite-model-store.ts';
import { SqliteOpinionEventStore } from '../../analyze/adapters/sqlite-opinion-event-store.ts';
import { PostWriterThread } from '../../analyze/adapters/post-writer-thread.ts';
import { SqlitePostStore } from '../../analyze/adapters/sqlite-post-store.ts';
import { SqliteRegroupingStore } from '../../analyze/adapters/sqlite-regrouping-store.ts';
import { SqliteDutyStore } from '../../dashboards/server/adapters/sqlite-duty-store.ts';
import { SqliteSessionStore } from '../../dashboards/server/adapters/sqlite-session-store.ts';
import { SqliteSignInTryStore } from '../../dashboards/server/adapters/sqlite-sign-in-try-store.ts';
import { openIntakeKey } from '../../ingest/adapters/intake-key.ts';
import { SqliteRawItemStore } from '../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../ingest/adapters/sqlite-source-state-store.ts';
import { SqliteAssessmentStore } from '../../respond/adapters/sqlite-assessment-store.ts';
import { SqliteConsultationStore } from '../../respond/adapters/sqlite-consultation-store.ts';
import { SqliteEvaluationStore } from '../../respond/adapters/sqlite-evaluation-store.ts';
import { SqliteKeyMessageStore } from '../../respond/adapters/sqlite-key-message-store.ts';
import { SqliteConferenceStore } from '../../respond/adapters/sqlite-conference-store.ts';
import { SqliteOrderStore } from '../../respond/adapters/sqlite-order-store.ts';
import { SqliteOutsideNoticeStore } from '../../respond/adapters/sqlite-outside-notice-store.ts';
import {
  SqlitePageBytes,
  SqliteSnapshotStore,
} from '../../respond/adapters/sqlite-snapshot-store.ts';
import { SqliteRumorStore } from '../../respond/adapters/sqlite-rumor-store.ts';
import { SqliteTransferStore } from '../../respond/adapters/sqlite-transfer-store.ts';
import { SqliteSupervisionStore } from '../../respond/adapters/sqlite-supervision-store.ts';
import { SqliteReleaseRegister } from '../../respond/adapters/sqlite-release-register.ts';
import { SqliteReportStore } from '../../dashboards/briefings/adapters/sqlite-report-store.ts';
import { SqliteReleaseStore } from '../../respond/adapters/sqlite-release-store.ts';
import { openKeys } from '../keys.ts';
import { lockFolder } from '../store-lock.ts';

export type Backend = ReturnType<typeof openEmbedded>;

/**
 * One process, one folder: `records.db` holds what duties rest on, `posts.db` the texts.
 *
 * @throws {StoreInUse} when another process has the folder, {StoreCorrupt} when its records are damaged
 */
export function openEmbedded(
  folder: string,
  parts: {
    readonly segmenter: Segmenter;
    readonly changes: ChangeFeed;
    readonly onError: (error: unknown) => void;
    readonly realNow: Now;
    /** Told once of each record that cannot be read. */
    readonly onUnreadable?: (kind: string, id: string, why: string) => void;
    /** 1: posts are stored in a thread of their own; 0 or absent: in this one. */
    readonly workers?: number;
  },
) {
  const lock = lockFolder(folder);
  const keys = openKeys(folder);
  const recordsPath = join(folder, 'records.db');
  const records = openDatabase(recordsPath);
  // Duties must not be kept on damaged records; the texts can be fetched again.
  checkIntegrity(records, recordsPath);
  const textsPath = join(folder, 'posts.db');
  const texts = openDatabase(textsPath);
  const thread = parts.workers ? new PostWriterThread(textsPath) : undefined;
  const telling = <T extends { onWrite: ((id: string) => void) | undefined }>(
    kind: ChangeKind,
    store: T,
  ): T => {
    store.onWrite = (id) => parts.changes.publish(kind, id);
    return store;
  };
  const log = new SqliteLog(records, { onError: parts.onError });
  const stores = {
    log,
    keys,
    heartbeats: new SqliteHeartbeatStore(records),
    audit: new SqliteAuditTrail(records),
    people: new SqlitePersonStore(records),
    duty: new SqliteDutyStore(records),
    rosters: telling('roster', new SqliteRosterStore(records)),
    handOvers: telling('roster', new SqliteHandOverStore(records)),
    dutyDays: telling('roster', new SqliteDutyDayStore(records)),
    sessions: new SqliteSessionStore(records),
    signInTries: new SqliteSignInTryStore(records),
    setAside: new SqliteSetAsideStore(records),
    sourceStates: telling('source', new SqliteSourceStateStore(records)),
    rawItems: new SqliteRawItemStore(texts, keys.rawItems),
    pseudonym: openIntakeKey(records, parts.realNow),
    posts: new SqlitePostStore(texts, parts.segmenter, thread),
    leads: new SqliteLeadStore(records),
    events: telling('event', new SqliteOpinionEventStore(records)),
    rekey: openEventKeys(records),
    alerts: telling('alert', new SqliteAlertStore(records)),
    countdowns: telling('countdown', new SqliteCountdownStore(records)),
    breaches: new SqliteBreachRegister(records),
    dutyRecords: telling('countdown', new SqliteDutyRecordStore(records)),
    outbox: new SqliteOutbox(records),
    channelRoutes: telling('channel', new SqliteChannelRoutes(records)),
    paces: new SqlitePaces(records),
    ledger: new SqliteSendLedger(records),
    releases: telling('release', new SqliteReleaseStore(records)),
    register: new SqliteReleaseRegister(records),
    snapshots: telling('release', new SqliteSnapshotStore(records)),
    pages: new SqlitePageBytes(records),
    regroupings: telling('event', new SqliteRegroupingStore(records)),
    corrections: telling('event', new SqliteCorrectionStore(records)),
    reports: telling('report', new SqliteReportStore(records)),
    models: new SqliteModelStore(records),
    assessments: telling('judging', new SqliteAssessmentStore(records)),
    consultations: telling('judging', new SqliteConsultationStore(records)),
    keyMessages: telling('judging', new SqliteKeyMessageStore(records)),
    evaluations: telling('judging', new SqliteEvaluationStore(records)),
    outsideNotices: telling('report', new SqliteOutsideNoticeStore(records)),
    conferences: telling('conference', new SqliteConferenceStore(records)),
    orders: telling('order', new SqliteOrderStore(records)),
    supervisions: telling('supervision', new SqliteSupervisionStore(records)),
    rumors: telling('rumor', new SqliteRumorStore(records)),
    transfers: telling('transfer', new SqliteTransferStore(records)),
  };
  const documents = Object.values(stores).filter((one) => one instanceof SqliteDocuments);
  for (const one of documents) {
    one.onUnreadable = (id, why) => parts.onUnreadable?.(one.kind, id, why);
  }
  return {
    ...stores,
    /** Records that lists had to go on without, by kind. */
    listUnreadable: () =>
      documents
        .map(({ kind, unreadableIds }) => ({ kind, ids: [...unreadableIds] }))
        .filter(({ ids }) => ids.length > 0),
    close(): void {
      thread?.close();
      texts.close();
      records.close();
      lock.close();
    },
  };
}
