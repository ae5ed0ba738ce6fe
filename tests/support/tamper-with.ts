import type { DatabaseSync } from 'node:sqlite';
import type { ChainUnderTest, Tampering } from '../contracts/chain.contract.ts';

const SQL: Readonly<Record<Tampering, (table: string) => string>> = {
  content: (table) => `UPDATE ${table} SET body = replace(body, '"b"', '"x"') WHERE position = 2`,
  event: (table) => `UPDATE ${table} SET eventId = 'event-9' WHERE position = 2`,
  removed: (table) => `DELETE FROM ${table} WHERE position = 2`,
  swapped: (table) => `
    UPDATE ${table} SET position = 9 WHERE position = 2;
    UPDATE ${table} SET position = 2 WHERE position = 3;
    UPDATE ${table} SET position = 3 WHERE position = 9;`,
};

/** What somebody with the database file in hand can do to a chain of rows, and what the product cannot. */
export function tamperWith(
  database: DatabaseSync,
  table: string,
): Omit<ChainUnderTest<never>, 'chain'> {
  return {
    tryChange: () => database.exec(SQL.content(table)),
    tryRemove: () => database.exec(SQL.removed(table)),
    tamper: (how) =>
      database.exec(`
        DROP TRIGGER ${table}_noUpdate;
        DROP TRIGGER ${table}_noDelete;
        ${SQL[how](table)}`),
  };
}
