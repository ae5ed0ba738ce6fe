import { describe, expect, test } from 'vitest';
import { eventIdOf, openAlert, type Alert, type AlertStore } from '#alert';
import { aGradedEvent, after, ladderPack, NIGHT } from '../support/alerts.ts';

export function describeAlertStore(name: string, open: () => Promise<AlertStore>): void {
  describe(`${name} as an AlertStore`, () => {
    const alert = (id: string, parts: Partial<Alert> = {}): Alert => {
      const opened = openAlert(aGradedEvent('L2', { id }), ladderPack, NIGHT);
      if (!opened) throw new Error('L2 opens an alert');
      return { ...opened, ...parts };
    };

    test('those that wait come before the others, newest first', async () => {
      const store = await open();
      await store.create(alert('a'));
      await store.create(alert('b', { firedAt: after(5) }));
      await store.create(alert('c', { firedAt: after(9), state: 'handled' }));
      expect((await store.listNewest(10)).map(eventIdOf)).toEqual(['b', 'a', 'c']);
      expect(await store.listByEvent('a')).toEqual([alert('a')]);
    });

    test('a ladder is due at its time and not when it stands still', async () => {
      const store = await open();
      await store.create(alert('a'));
      await store.create(alert('b', { ladder: undefined }));
      expect(await store.findLadderDue(after(-1), 10)).toEqual([]);
      expect((await store.findLadderDue(NIGHT, 10)).map(eventIdOf)).toEqual(['a']);
    });
  });
}
