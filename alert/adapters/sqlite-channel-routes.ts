import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { ChannelRouteSchema, type ChannelRoute } from '../channel-route.ts';
import type { ChannelRouteStore, PaceStore } from '../ports.ts';
import { PaceSchema, type Pace } from '../storm.ts';

/** How each way out is doing. */
export class SqliteChannelRoutes
  extends SqliteDocuments<ChannelRoute>
  implements ChannelRouteStore
{
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'channelRoute',
      kind: '通道',
      schema: ChannelRouteSchema,
      columns: {},
      valuesOf: () => ({}),
    });
  }
}

/** How fast each receiver was written to. */
export class SqlitePaces extends SqliteDocuments<Pace> implements PaceStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'receiverPace',
      kind: '发送节奏',
      schema: PaceSchema,
      columns: {},
      valuesOf: () => ({}),
    });
  }
}
