import { describe, expect, test } from 'vitest';
import { armCountdowns, type CountdownStore } from '#alert';
import { aGradedEvent, after, armingRules, NIGHT } from '../support/alerts.ts';

export function describeCountdownStore(name: string, open: () => Promise<CountdownStore>): void {
  describe(`${name} as a CountdownStore`, () => {
    const armed = armCountdowns(aGradedEvent('L2'), [], armingRules, NIGHT);
    const filled = async (): Promise<CountdownStore> => {
      const store = await open();
      for (const one of armed) await store.create(one);
      return store;
    };

    test('arming twice leaves one, as it was', async () => {
      const store = await filled();
      for (const one of armed) expect(await store.create(one)).toBe(false);
      expect(await store.listByEvent('event-1')).toEqual(armed);
    });

    test('open ones come nearest due first; an unmet breach is open, a met one is not', async () => {
      const store = await filled();
      const five = armed.find(({ code }) => code === 'AUTH_RELEASE_5H');
      if (five) await store.replace({ ...five, revision: 2, state: 'satisfied' });
      expect((await store.listOpen()).map(({ name }) => name)).toEqual([
        '首报（电话）',
        '定级确认',
        '启动预案',
        '首报（书面）',
        '24小时发布会',
      ]);
    });

    test('of many changes at once, the one that somebody made first stays, the others are stored', async () => {
      const store = await filled();
      const all = await store.listOpen();
      const [first] = all;
      await store.replace({ ...first!, revision: 2, eventTitle: '先改的' });
      const changed = all.map((one) => ({ ...one, revision: 2, eventTitle: '后改的' }));
      expect(await store.replaceAll(changed)).toEqual([first!.id]);
      const titles = (await store.listOpen()).map(({ eventTitle }) => eventTitle);
      expect(titles).toEqual(['先改的', ...Array.from({ length: 5 }, () => '后改的')]);
    });

    test('those that were missed and have ended come newest first', async () => {
      const store = await filled();
      const [a, b] = await store.listOpen();
      await store.replace({ ...a!, revision: 2, state: 'satisfiedLate', breachedAt: after(30) });
      await store.replace({ ...b!, revision: 2, state: 'waived', breachedAt: after(60) });
      expect((await store.listEndedLate(10)).map(({ id }) => id)).toEqual([b!.id, a!.id]);
    });

    test('due is what has a milestone that did not fire', async () => {
      const store = await filled();
      expect(await store.findDue(after(14), 10)).toEqual([]);
      const due = await store.findDue(after(15), 10);
      expect(due.map(({ code }) => code)).toContain('GRADE_CONFIRM');
      expect(due.map(({ code }) => code)).not.toContain('AUTH_RELEASE_5H');
    });
  });
}
