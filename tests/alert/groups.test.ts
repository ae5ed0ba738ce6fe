import { expect, test } from 'vitest';
import { openAlert, type Notice } from '#alert';
import { callPeople, resolveCalls } from '../../alert/call-people.ts';
import { groupText } from '../../alert/group-text.ts';
import { aGradedEvent, ladderPack, NIGHT, openAlertingDeps } from '../support/alerts.ts';

const groupNotices = async (channels: readonly ('email' | 'dingtalk' | 'wecom' | 'webhook')[]) => {
  const { deps } = openAlertingDeps({ channels: new Set(channels) });
  const alert = openAlert(aGradedEvent('L2'), ladderPack, NIGHT);
  if (!alert) throw new Error('L2 opens an alert');
  const called = callPeople(alert, deps, await resolveCalls(deps), [], NIGHT);
  return (called?.effects ?? [])
    .map(({ body }) => body as Notice)
    .filter(({ receiver }) => receiver.personId === '');
};

test('a step that speaks to the group writes to each robot that is set up, and to a program, once', async () => {
  const notices = await groupNotices(['email', 'dingtalk', 'wecom']);
  expect(notices.map(({ channel, receiver }) => [channel, receiver.personId])).toEqual([
    ['dingtalk', ''],
    ['wecom', ''],
  ]);
  expect((await groupNotices(['email', 'webhook'])).map(({ channel }) => channel)).toEqual([
    'webhook',
  ]);
  expect(new Set(notices.map(({ id }) => id)).size).toBe(2);
});

test('an office without a robot writes to none', async () => {
  expect(await groupNotices(['email'])).toEqual([]);
});

test('what the group reads leads to the event, where people sign in', async () => {
  const [notice] = await groupNotices(['email', 'wecom']);
  expect(notice).toBeDefined();
  const text = groupText(notice!, { mostBytes: 2_048 });
  expect(text).toContain('https://huiying.example/events/event-1');
  expect(text).not.toContain('/a/');
});
