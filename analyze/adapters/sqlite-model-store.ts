import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import {
  ModelVersionSchema,
  type ModelKind,
  type ModelStore,
  type ModelVersion,
} from '../proposals/model-version.ts';

/** Versions of an office's models, none ever removed. */
export class SqliteModelStore extends SqliteDocuments<ModelVersion> implements ModelStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'modelVersion',
      kind: '模型版本',
      schema: ModelVersionSchema,
      columns: { modelKind: 'TEXT', number: 'INTEGER' },
      valuesOf: ({ kind, number }) => ({ modelKind: kind, number }),
      indexes: ['(modelKind, number)'],
    });
  }

  async listByKind(kind: ModelKind): Promise<readonly ModelVersion[]> {
    return this.select('WHERE modelKind = ? ORDER BY number', kind);
  }
}
