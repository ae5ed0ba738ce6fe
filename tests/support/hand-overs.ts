import type { DutyDay, HandOver } from '#alert';
import { beijing } from './rosters.ts';

export const aHandOver = (more: Partial<HandOver> = {}): HandOver => ({
  id: 'hand-over-1',
  revision: 1,
  effects: [],
  changeAt: beijing('2026-03-04 17:30'),
  sinceAt: beijing('2026-03-04 08:30'),
  outgoing: [{ personId: 'a', name: '张三' }],
  incoming: [{ personId: 'b', name: '李四' }],
  isDrill: false,
  items: [
    {
      kind: 'countdown',
      text: '5小时发布（滨河花园停水）03-04 20:10 到期，还剩2小时40分',
      eventId: 'event-1',
    },
  ],
  draftedAt: beijing('2026-03-04 17:30'),
  note: '',
  remindedAt: [],
  ...more,
});

export const aDutyDay = (more: Partial<DutyDay> = {}): DutyDay => ({
  id: '2026-03-04',
  revision: 1,
  effects: [],
  ...more,
});
