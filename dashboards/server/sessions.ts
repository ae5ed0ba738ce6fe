import { randomBytes } from 'node:crypto';
import { digestOf, type Now, type Person, type PersonStore } from '#core';
import type { ServerLimits } from './deps.ts';
import type { Session, SessionStore } from './ports.ts';

/** The session of a request and whose it is. */
export interface SignedIn {
  readonly session: Session;
  readonly person: Person;
  /** Unused for too long: it still reads, and changes nothing until its person signs in again. */
  readonly isIdle: boolean;
}

export interface Sessions {
  /** @returns the secret for the cookie, never stored as it is */
  open(personId: string): Promise<{ readonly secret: string; readonly session: Session }>;
  /** Undefined when there is none, it is too old, or its person may not sign in any more. */
  find(secret: string): Promise<SignedIn | undefined>;
  /** Whether a session found earlier still holds. */
  isOpen(digest: string): Promise<boolean>;
  /** Notes that a person used it. */
  noteUse(found: SignedIn): Promise<void>;
  close(digest: string): Promise<void>;
  closeOfPerson(personId: string): Promise<void>;
}

/** Noted at most so often: reading a page must not cost a write. */
const USE_STEPS = 15;

export function createSessions(deps: {
  readonly sessions: SessionStore;
  readonly people: PersonStore;
  readonly realNow: Now;
  readonly limits: ServerLimits;
}): Sessions {
  const { sessions, people, realNow, limits } = deps;
  const { sessionIdleMs, sessionMostMs } = limits;

  const findByDigest = async (digest: string): Promise<SignedIn | undefined> => {
    const session = await sessions.findByDigest(digest);
    if (!session) return undefined;
    const at = realNow().getTime();
    if (at - session.openedAt.getTime() >= sessionMostMs) return undefined;
    const person = await people.findById(session.personId);
    if (!person || person.isDisabled) return undefined;
    return { session, person, isIdle: at - session.lastUsedAt.getTime() >= sessionIdleMs };
  };

  return {
    open: async (personId) => {
      const at = realNow();
      await sessions.removeOpenedBefore(new Date(at.getTime() - sessionMostMs));
      const secret = randomBytes(32).toString('base64url');
      const session: Session = {
        digest: digestOf(secret),
        personId,
        csrfToken: randomBytes(32).toString('base64url'),
        openedAt: at,
        lastUsedAt: at,
      };
      await sessions.create(session);
      return { secret, session };
    },
    find: (secret) => findByDigest(digestOf(secret)),
    isOpen: async (digest) => (await findByDigest(digest)) !== undefined,
    noteUse: async ({ session }) => {
      const at = realNow();
      const sinceMs = at.getTime() - session.lastUsedAt.getTime();
      if (sinceMs >= sessionIdleMs / USE_STEPS) await sessions.touch(session.digest, at);
    },
    close: (digest) => sessions.remove(digest),
    closeOfPerson: (personId) => sessions.removeOfPerson(personId),
  };
}
