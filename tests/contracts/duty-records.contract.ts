import { describe, expect, test } from 'vitest';
import type { DutyDayStore, HandOverStore } from '#alert';
import { aDutyDay, aHandOver } from '../support/hand-overs.ts';
import { beijing } from '../support/rosters.ts';

export function describeHandOverStore(name: string, open: () => Promise<HandOverStore>): void {
  describe(`${name} as a HandOverStore`, () => {
    test('the newest change comes first, and what nobody signed is found oldest first', async () => {
      const store = await open();
      const signed = { by: { personId: 'b', name: '李四' }, at: beijing('2026-03-04 08:40') };
      const [early, late] = [beijing('2026-03-04 08:30'), beijing('2026-03-05 08:30')];
      await store.create(aHandOver({ id: 'late', changeAt: late }));
      await store.create(aHandOver({ id: 'done', changeAt: early, signed }));
      await store.create(aHandOver({ id: 'middle' }));
      expect((await store.listNewest(2)).map(({ id }) => id)).toEqual(['late', 'middle']);
      expect((await store.listUnsigned()).map(({ id }) => id)).toEqual(['middle', 'late']);
    });
  });
}

export function describeDutyDayStore(name: string, open: () => Promise<DutyDayStore>): void {
  describe(`${name} as a DutyDayStore`, () => {
    test('owed is what is due and not filed', async () => {
      const store = await open();
      const report = { period: '两会', dueAt: beijing('2026-03-04 16:30'), remindedAt: [] };
      const filed = { by: { personId: 'a', name: '张三' }, at: report.dueAt, text: '零报告' };
      await store.create(aDutyDay({ id: '2026-03-03', report: { ...report, filed } }));
      await store.create(aDutyDay({ id: '2026-03-04', report }));
      await store.create(aDutyDay({ id: '2026-03-05' }));
      expect((await store.listOwed()).map(({ id }) => id)).toEqual(['2026-03-04']);
      expect((await store.listNewest(2)).map(({ id }) => id)).toEqual(['2026-03-05', '2026-03-04']);
    });
  });
}
