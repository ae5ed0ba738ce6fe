import { describe, expect, test } from 'vitest';
import type { Session, SessionStore } from '#server';

const AT = new Date('2026-11-23T18:18:00Z');
const later = (ms: number): Date => new Date(AT.getTime() + ms);

const aSession = (digest: string, more: Partial<Session> = {}): Session => ({
  digest,
  personId: 'person-1',
  csrfToken: `token of ${digest}`,
  openedAt: AT,
  lastUsedAt: AT,
  ...more,
});

export function describeSessionStore(name: string, open: () => Promise<SessionStore>): void {
  describe(`${name} as a SessionStore`, () => {
    test('a session is found as it was made, and only by its digest', async () => {
      const store = await open();
      await store.create(aSession('a'));
      expect(await store.findByDigest('a')).toEqual(aSession('a'));
      expect(await store.findByDigest('b')).toBeUndefined();
    });

    test('use is noted; noting the use of a session that is gone does nothing', async () => {
      const store = await open();
      await store.create(aSession('a'));
      await store.touch('a', later(5));
      await store.touch('gone', later(5));
      expect(await store.findByDigest('a')).toEqual(aSession('a', { lastUsedAt: later(5) }));
      expect(await store.findByDigest('gone')).toBeUndefined();
    });

    test('sessions end one by one, by person, and by age', async () => {
      const store = await open();
      await store.create(aSession('a'));
      await store.create(aSession('b'));
      await store.create(aSession('c', { personId: 'person-2', openedAt: later(-1) }));
      await store.create(aSession('d', { personId: 'person-2' }));
      await store.remove('a');
      expect(await store.findByDigest('a')).toBeUndefined();
      await store.removeOfPerson('person-1');
      expect(await store.findByDigest('b')).toBeUndefined();
      await store.removeOpenedBefore(AT);
      expect(await store.findByDigest('c')).toBeUndefined();
      expect(await store.findByDigest('d')).toBeDefined();
    });
  });
}
