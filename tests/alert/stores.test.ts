import { openDatabase } from '#core/sqlite';
import type { CountdownBreach } from '#alert';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { SqliteBreachRegister } from '../../alert/adapters/sqlite-breach-register.ts';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import { SqliteDutyRecordStore } from '../../alert/adapters/sqlite-duty-record-store.ts';
import { describeAlertStore } from '../contracts/alert-store.contract.ts';
import { describeChain } from '../contracts/chain.contract.ts';
import { describeCountdownStore } from '../contracts/countdown-store.contract.ts';
import { describeDocuments } from '../contracts/documents.contract.ts';
import { after, NIGHT } from '../support/alerts.ts';
import { tamperWith } from '../support/tamper-with.ts';
import { DATABASES } from '../support/temp-database.ts';

const aBreach = (id: string, eventId: string): CountdownBreach => ({
  id,
  countdownId: 'countdown-1',
  eventId,
  title: '某区停水',
  code: 'AUTH_RELEASE_5H',
  name: '5小时发布',
  ruleVersion: 'default-countdowns 2',
  startAt: NIGHT,
  dueAt: after(300),
  recordedAt: after(301),
  isBornBreached: false,
  isDrill: false,
});

describeAlertStore('SqliteAlertStore', async () => new SqliteAlertStore(openDatabase(':memory:')));
describeCountdownStore(
  'SqliteCountdownStore',
  async () => new SqliteCountdownStore(openDatabase(':memory:')),
);
for (const { where, open } of DATABASES) {
  describeChain(
    `the breaches, ${where},`,
    async () => {
      const { database } = open();
      const chain = new SqliteBreachRegister(database);
      return { chain, ...tamperWith(database, 'countdownBreach') };
    },
    aBreach,
  );
  describeDocuments(`records of duties, ${where},`, {
    open: async () => new SqliteDutyRecordStore(open().database),
    make: (id, effects) => ({
      id,
      revision: 1,
      effects: [...effects],
      eventId: 'event-1',
      isDrill: false,
      kind: 'firstReportPhone',
      doneAt: NIGHT,
      receiver: '市政府总值班室',
      what: '报告停水情况',
      actor: { personId: 'first', name: '第一值班员' },
      recordedAt: NIGHT,
    }),
    change: (record) => ({ ...record, what: `${record.what}，已确认收到` }),
  });
}
