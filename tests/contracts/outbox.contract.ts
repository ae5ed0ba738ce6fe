import { describe, expect, test } from 'vitest';
import type { Outbox } from '#alert';
import { aNotice, after, NIGHT } from '../support/alerts.ts';

const LEASE = 30_000;
/** Takes what is due at this moment, as a sender does. */
async function claim(outbox: Outbox, by: string, at: Date, limit = 10) {
  const due = await outbox.listDue('email', at, limit);
  return await outbox.lease(due, by, new Date(at.getTime() + LEASE));
}

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
      expect(await claim(outbox, 'a', NIGHT)).toHaveLength(1);
      expect(await claim(outbox, 'b', NIGHT)).toHaveLength(0);
      const [again] = await claim(outbox, 'b', after(1));
      expect(again).toMatchObject({ id: 'n1', leaseBy: 'b', state: 'leased' });
    });

    test('the gravest goes first, other channels and later ones wait', async () => {
      const outbox = await open();
      await outbox.create(aNotice('light', { priority: 5 }));
      await outbox.create(aNotice('grave', { priority: 0 }));
      await outbox.create(aNotice('later', { nextAt: after(5) }));
      await outbox.create(aNotice('robot', { channel: 'wecom' }));
      const first = await claim(outbox, 'a', NIGHT, 1);
      const rest = await claim(outbox, 'a', NIGHT);
      expect([...first, ...rest].map(({ id }) => id)).toEqual(['grave', 'light']);
    });

    test('two senders that read the same notice do not both get it', async () => {
      const outbox = await open();
      await outbox.create(aNotice('n1'));
      const due = await outbox.listDue('email', NIGHT, 10);
      expect(await outbox.lease(due, 'a', after(1))).toHaveLength(1);
      expect(await outbox.lease(due, 'b', after(1))).toHaveLength(0);
      expect(await outbox.findById('n1')).toMatchObject({ leaseBy: 'a', revision: 2 });
    });

    test('the gravest and the others are listed apart', async () => {
      const outbox = await open();
      await outbox.create(aNotice('light', { priority: 5 }));
      await outbox.create(aNotice('grave', { priority: 0 }));
      const grave = await outbox.listDue('email', NIGHT, 10, 'grave');
      const other = await outbox.listDue('email', NIGHT, 10, 'other');
      expect([grave, other].map((list) => list.map(({ id }) => id))).toEqual([
        ['grave'],
        ['light'],
      ]);
    });

    test('a channel shows its newest notices and how many wait', async () => {
      const outbox = await open();
      await outbox.create(aNotice('old', { state: 'sent' }));
      await outbox.create(aNotice('new', { createdAt: after(5) }));
      await outbox.create(aNotice('robot', { channel: 'wecom', createdAt: after(9) }));
      await claim(outbox, 'a', NIGHT);
      expect((await outbox.listByChannel('email', 10)).map(({ id }) => id)).toEqual(['new', 'old']);
      expect(await outbox.countUnsent('email')).toBe(1);
    });

    test('the oldest unsent counts what is leased, not what was sent', async () => {
      const outbox = await open();
      expect(await outbox.oldestUnsentAt()).toBeUndefined();
      await outbox.create(aNotice('sent', { state: 'sent', createdAt: after(-9) }));
      await outbox.create(aNotice('open'));
      await claim(outbox, 'a', NIGHT);
      expect(await outbox.oldestUnsentAt()).toEqual(NIGHT);
    });
  });
}
