import { SqliteLeadStore } from '../../analyze/adapters/sqlite-lead-store.ts';
import { SqliteOpinionEventStore } from '../../analyze/adapters/sqlite-opinion-event-store.ts';
import { SqlitePostStore } from '../../analyze/adapters/sqlite-post-store.ts';
import { loadNodejieba } from '../../analyze/adapters/nodejieba-segmenter.ts';
import { openNodeRsSegmenter } from '../../analyze/adapters/node-rs-segmenter.ts';
import { describeDocuments } from '../contracts/documents.contract.ts';
import { describeLeadStore } from '../contracts/lead-store.contract.ts';
import { describeOpinionEventStore } from '../contracts/opinion-event-store.contract.ts';
import { describePostStore } from '../contracts/post-store.contract.ts';
import { aLead, anOpinionEvent } from '../support/events.ts';
import { DATABASES, memoryDatabase } from '../support/temp-database.ts';

// Words are found through the segmenter: the promise must hold with each one that may be there.
for (const segmenter of [await loadNodejieba(), openNodeRsSegmenter()]) {
  if (!segmenter) continue;
  describePostStore(
    `SqlitePostStore with ${segmenter.name}`,
    async () => new SqlitePostStore(memoryDatabase().database, segmenter),
  );
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
}
