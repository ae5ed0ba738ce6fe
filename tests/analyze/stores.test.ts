import { onTestFinished } from 'vitest';
import { SqliteCorrectionStore } from '../../analyze/adapters/sqlite-correction-store.ts';
import { SqliteLeadStore } from '../../analyze/adapters/sqlite-lead-store.ts';
import { SqliteModelStore } from '../../analyze/adapters/sqlite-model-store.ts';
import { SqliteOpinionEventStore } from '../../analyze/adapters/sqlite-opinion-event-store.ts';
import { PostWriterThread } from '../../analyze/adapters/post-writer-thread.ts';
import { SqlitePostStore } from '../../analyze/adapters/sqlite-post-store.ts';
import { SqliteRegroupingStore } from '../../analyze/adapters/sqlite-regrouping-store.ts';
import { loadNodejieba } from '../../analyze/adapters/nodejieba-segmenter.ts';
import { openNodeRsSegmenter } from '../../analyze/adapters/node-rs-segmenter.ts';
import { describeCorrectionStore } from '../contracts/correction-store.contract.ts';
import { describeDocuments } from '../contracts/documents.contract.ts';
import { describeLeadStore } from '../contracts/lead-store.contract.ts';
import { describeModelStore } from '../contracts/model-store.contract.ts';
import { describeOpinionEventStore } from '../contracts/opinion-event-store.contract.ts';
import { describePostStore } from '../contracts/post-store.contract.ts';
import { describeRegroupingStore } from '../contracts/regrouping-store.contract.ts';
import { aCorrection, aModelVersion } from '../support/corrections.ts';
import { aLead, anOpinionEvent } from '../support/events.ts';
import { aRegrouping } from '../support/regrouping.ts';
import { DATABASES, fileDatabase, memoryDatabase } from '../support/temp-database.ts';

// Words are found through the segmenter: the promise must hold with each one that may be there.
for (const segmenter of [await loadNodejieba(), openNodeRsSegmenter()]) {
  if (!segmenter) continue;
  describePostStore(
    `SqlitePostStore with ${segmenter.name}`,
    async () => new SqlitePostStore(memoryDatabase().database, segmenter),
  );
  describePostStore(`SqlitePostStore with ${segmenter.name} and a thread that writes`, async () => {
    const { database } = fileDatabase();
    const thread = new PostWriterThread(database.location() ?? '');
    onTestFinished(() => thread.close());
    return new SqlitePostStore(database, segmenter, thread);
  });
}

for (const { where, open } of DATABASES) {
  const openLeads = async () => new SqliteLeadStore(open().database);
  describeLeadStore(where, openLeads);
  describeDocuments(`leads, ${where},`, {
    open: openLeads,
    make: (id) => aLead({ id }),
    change: (lead) => ({ ...lead, title: `${lead.title}！` }),
    hasEffects: false,
  });

  const openEvents = async () => new SqliteOpinionEventStore(open().database);
  describeOpinionEventStore(where, openEvents);
  describeDocuments(`opinion events, ${where},`, {
    open: openEvents,
    make: (id, effects) => anOpinionEvent({ id, effects: [...effects] }),
    change: (event) => ({ ...event, title: `${event.title}！` }),
  });

  const openCorrections = async () => new SqliteCorrectionStore(open().database);
  describeCorrectionStore(where, openCorrections);
  describeDocuments(`corrections, ${where},`, {
    open: openCorrections,
    make: (id, effects) => aCorrection({ id, effects: [...effects] }),
    change: (correction) => ({ ...correction, reason: `${correction.reason}！` }),
  });

  const openRegroupings = async () => new SqliteRegroupingStore(open().database);
  describeRegroupingStore(where, openRegroupings);
  describeDocuments(`regroupings, ${where},`, {
    open: openRegroupings,
    make: (id, effects) => aRegrouping({ id, effects: [...effects] }),
    change: (regrouping) => ({ ...regrouping, reason: `${regrouping.reason}！` }),
  });

  const openModels = async () => new SqliteModelStore(open().database);
  describeModelStore(where, openModels);
  describeDocuments(`model versions, ${where},`, {
    open: openModels,
    make: (id, effects) => aModelVersion({ id, effects: [...effects] }),
    change: (version) => ({ ...version, number: version.number + 1 }),
  });
}
