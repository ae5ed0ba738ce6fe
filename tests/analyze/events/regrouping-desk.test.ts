import { expect, test } from 'vitest';
import { createRegroupingDesk } from '#analyze';
import { aPerson } from '../../support/alerts.ts';
import { groupingPack } from '../../support/packs.ts';
import { minutesAfter } from '../../support/posts.ts';
import { aLeadOf, openRegrouping } from '../../support/regrouping.ts';

async function openDesk() {
  const opened = await openRegrouping([
    aLeadOf('event-1', 'lead-1', 0),
    aLeadOf('event-1', 'lead-2', 5),
    aLeadOf('event-2', 'lead-3', 20),
  ]);
  return { ...opened, desk: createRegroupingDesk({ ...opened, rule: groupingPack.regrouping }) };
}
const by = (role: Parameters<typeof aPerson>[0]) => ({
  actor: aPerson(role),
  at: minutesAfter(60),
  reason: '系同一事件',
});

test('an analyst merges, sees it first, and takes it back; a monitor may not', async () => {
  const { desk, events } = await openDesk();
  const merge = { eventId: 'event-2', intoId: 'event-1' };
  await expect(desk.mergeEvent({ ...merge, ...by('monitor') })).rejects.toThrow('归并调整须是');
  await expect(
    desk.mergeEvent({ eventId: 'event-1', intoId: 'event-1', ...by('analyst') }),
  ).rejects.toThrow('不能并入自己');
  expect(await desk.previewMerge('event-2', 'event-1')).toMatchObject({
    id: 'event-1',
    postCount: 3,
  });
  expect(await events.findById('event-2')).toMatchObject({ state: 'registered' });

  await desk.mergeEvent({ ...merge, ...by('analyst') });
  expect(await events.findById('event-1')).toMatchObject({ postCount: 3 });
  const [done] = await desk.regroupingsOf('event-2');
  expect(done).toMatchObject({ state: 'done', kind: 'merge', reason: '系同一事件' });
  const undo = { regroupingId: done?.id ?? '' };
  await expect(desk.undoRegrouping({ ...undo, ...by('monitor') })).rejects.toThrow('归并调整须是');
  await desk.undoRegrouping({ ...undo, ...by('opinionLead') });
  expect(await events.findById('event-2')).toMatchObject({ state: 'registered', postCount: 1 });
  await expect(desk.undoRegrouping({ ...undo, ...by('opinionLead') })).rejects.toThrow(
    '已有人处理',
  );
});

test('an analyst takes leads out into an event of their own', async () => {
  const { desk, events, leads } = await openDesk();
  const split = { eventId: 'event-1', leadIds: ['lead-2'], title: '另一件事' };
  await expect(desk.splitEvent({ ...split, ...by('monitor') })).rejects.toThrow('归并调整须是');
  await desk.splitEvent({ ...split, ...by('analyst') });
  const moved = await leads.findById('lead-2');
  expect(await events.findById(moved?.eventId ?? '')).toMatchObject({ postCount: 1 });
  expect(await events.findById('event-1')).toMatchObject({ postCount: 1 });
});
