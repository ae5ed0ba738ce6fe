import { join } from 'node:path';
import { MACHINE, type Person } from '#core';
import { openDatabase, SqliteAuditTrail, SqlitePersonStore } from '#core/sqlite';
import { PersonBody } from '#contract';
import { addPerson, FieldRefused } from '#server';
import { SqliteDutyStore } from '../dashboards/server/adapters/sqlite-duty-store.ts';
import type { Settings } from './settings.ts';
import { makeFolder } from './store-lock.ts';

export interface NewUser {
  readonly signInName: string;
  readonly name: string;
  readonly role: readonly string[];
  readonly email?: string;
  readonly unit: string;
  readonly duty?: 'first' | 'second';
}

/**
 * Adds a person from the command line, also while the product runs: one row, one write.
 *
 * @returns the person with the password that is shown once
 * @throws {FieldRefused} when a field is wrong, @throws {Refused} when the name is taken
 */
export async function addUser(
  settings: Settings,
  user: NewUser,
): Promise<{ readonly person: Person; readonly oneTimePassword: string }> {
  const { role, duty, ...fields } = user;
  const body = PersonBody.safeParse({ ...fields, roles: role });
  if (!body.success) {
    const [fault] = body.error.issues;
    throw new FieldRefused(fault?.path.join('.') ?? '', fault?.message ?? '');
  }
  makeFolder(settings.storage.folder);
  const database = openDatabase(join(settings.storage.folder, 'records.db'));
  try {
    const people = new SqlitePersonStore(database);
    const audit = new SqliteAuditTrail(database);
    const added = await addPerson({ people, audit, now: () => new Date() }, MACHINE, body.data);
    if (duty) {
      const duties = new SqliteDutyStore(database);
      const current = await duties.current();
      await duties.save({ ...current, [`${duty}Id`]: added.person.id });
    }
    return added;
  } finally {
    database.close();
  }
}
