import { z } from 'zod';
import { EffectSchema, type AuditEntry, type Document } from '#core';
import { SqliteAuditTrail, SqliteDocuments, SqliteLog, SqlitePersonStore } from '#core/sqlite';
import { describeChain } from '../contracts/chain.contract.ts';
import { describeDocuments } from '../contracts/documents.contract.ts';
import { describeLog } from '../contracts/log.contract.ts';
import { describePersonStore } from '../contracts/person-store.contract.ts';
import { tamperWith } from '../support/tamper-with.ts';
import { DATABASES } from '../support/temp-database.ts';

interface Note extends Document {
  readonly text: string;
}

const NoteSchema: z.ZodType<Note> = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  text: z.string(),
});

const anAct = (id: string, eventId: string): AuditEntry => ({
  id,
  at: new Date('2026-03-02T04:00:00Z'),
  actor: { personId: 'p1', name: '顾明远' },
  act: '确认预警',
  target: 'alert:1',
  eventId,
  detail: '',
  result: 'done',
});

for (const { where, open } of DATABASES) {
  describeDocuments<Note>(where, {
    open: async () =>
      new SqliteDocuments(open().database, {
        table: 'note',
        kind: '便笺',
        schema: NoteSchema,
        columns: { text: 'TEXT' },
        valuesOf: ({ text }) => ({ text }),
      }),
    make: (id, effects) => ({ id, revision: 1, effects, text: '甲' }),
    change: (note) => ({ ...note, text: `${note.text}乙` }),
  });

  describeLog(where, async () => {
    const { database, reopen } = open();
    const options = { onError: () => undefined };
    return {
      log: new SqliteLog(database, options),
      reopen: async () => new SqliteLog(reopen(), options),
    };
  });

  describeChain(
    where,
    async () => {
      const { database } = open();
      return { chain: new SqliteAuditTrail(database), ...tamperWith(database, 'audit') };
    },
    anAct,
  );

  describePersonStore(where, async () => new SqlitePersonStore(open().database));
}
