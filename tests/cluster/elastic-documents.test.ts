import { describe } from 'vitest';
import { z } from 'zod';
import { EffectSchema, type Document } from '#core';
import { ElasticDocuments } from '../../core/adapters/elastic.ts';
import { describeDocuments } from '../contracts/documents.contract.ts';
import { openElastic } from '../support/cluster/elastic.ts';
import { noElastic, noteOf } from '../support/cluster/reach.ts';

interface Note extends Document {
  readonly text: string;
}

const NoteSchema: z.ZodType<Note> = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  text: z.string(),
});

describe.skipIf(noElastic)(`on a real server${noteOf(noElastic)}`, () => {
  describeDocuments<Note>('ElasticDocuments', {
    open: async () => {
      const { client, prefix } = openElastic();
      return await new ElasticDocuments(client, {
        alias: `${prefix}note`,
        kind: '便笺',
        schema: NoteSchema,
        fields: { text: 'keyword' },
        valuesOf: ({ text }) => ({ text }),
      }).open();
    },
    make: (id, effects) => ({ id, revision: 1, effects, text: '甲' }),
    change: (note) => ({ ...note, text: `${note.text}乙` }),
  });
});
