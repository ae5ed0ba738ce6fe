import type { Documents } from './documents.ts';
import type { Person } from './person.ts';

/** The people of the office. */
export interface PersonStore extends Documents<Person> {
  /** Undefined when nobody signs in by this name. */
  findBySignInName(signInName: string): Promise<Person | undefined>;
  /** Everybody, disabled accounts included, by name. */
  listAll(): Promise<readonly Person[]>;
}

/** Who is on duty now: first and second duty officer. */
export interface DutyNow {
  readonly firstId?: string | undefined;
  readonly secondId?: string | undefined;
}
