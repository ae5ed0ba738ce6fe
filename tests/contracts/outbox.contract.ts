import { describe, expect, test } from 'vitest';
import type { Outbox } from '#alert';
import { aNotice, after, NIGHT } from '../support/alerts.ts';

const LEASE = 30_000;

export function describeOutbox(name: string, open: () => Promise<Outbox>): void {
  describe(`${name} as an Outbox`, () => {
    test('one idempotency key is one notice', async () => {
      const outbox = await open();
      expect(await outbox.create(aNotice('n1'))).toBe(true);
      expect(await outbox.create(aNotice('n1', { subject: '另一条' }))).toBe(false);
      expect(await outbox.listByAlert('alert-1')).toEqual([aNotice('n1')]);
    });

    test('what is claimed is not claimed again before its lease ends, and comes back then', async () => {
      const outbox = await open();
      await outbox.create(aNotice('n1'));
      expect(await outbox.claim('a', 'email', NIGHT, LEASE, 10)).toHaveLength(1);
      expect(await outbox.claim('b', 'email', NIGHT, LEASE, 10)).toHaveLength(0);
      const [again] = await outbox.claim('b', 'email', after(1), LEASE, 10);
      expect(again).toMatchObject({ id: 'n1', leaseBy: 'b', state: 'leased' });
    });

    test('the gravest goes first, other channels and later ones wait', async () => {
      const outbox = await open();
      await outbox.create(aNotice('light', { priority: 5 }));
      await outbox.create(aNotice('grave', { priority: 0 }));
      await outbox.create(aNotice('later', { nextAt: after(5) }));
      await outbox.create(aNotice('robot', { channel: 'wecom' }));
      const first = await outbox.claim('a', 'email', NIGHT, LEASE, 1);
      const rest = await outbox.claim('a', 'email', NIGHT, LEASE, 10);
      expect([...first, ...rest].map(({ id }) => id)).toEqual(['grave', 'light']);
    });

    test('the oldest unsent counts what is leased, not what was sent', async () => {
      const outbox = await open();
      expect(await outbox.oldestUnsentAt()).toBeUndefined();
      await outbox.create(aNotice('sent', { state: 'sent', createdAt: after(-9) }));
      await outbox.create(aNotice('open'));
      await outbox.claim('a', 'email', NIGHT, LEASE, 10);
      expect(await outbox.oldestUnsentAt()).toEqual(NIGHT);
    });
  });
}
