import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { SqliteChain } from '#core/sqlite';
import { CountdownBreachSchema, type CountdownBreach } from '../countdown-breach.ts';
import type { BreachRegister } from '../ports.ts';

/** 超时 as a chain of rows that can only be added. */
export class SqliteBreachRegister implements BreachRegister {
  readonly #chain: SqliteChain;

  constructor(database: DatabaseSync) {
    this.#chain = new SqliteChain(database, 'countdownBreach');
  }

  async append(breach: CountdownBreach): Promise<void> {
    this.#chain.append(breach.id, breach.eventId, breach);
  }

  async listByEvent(eventId: string): Promise<readonly CountdownBreach[]> {
    return z.array(CountdownBreachSchema).parse(this.#chain.listByEvent(eventId));
  }

  async listNewest(limit: number): Promise<readonly CountdownBreach[]> {
    return z.array(CountdownBreachSchema).parse(this.#chain.listNewest(limit));
  }

  async findBreak(): Promise<number | undefined> {
    return this.#chain.findBreak();
  }
}
