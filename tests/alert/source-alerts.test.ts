import { expect, test } from 'vitest';
import { acknowledgeAlert, AlertSchema, createSourceAlerting, NoticeSchema } from '#alert';
import type { SourceTrouble } from '#ingest';
import { sourceAlertId } from '../../alert/source-alerts.ts';
import { after, openAlertingDeps } from '../support/alerts.ts';

const ID = sourceAlertId('city-daily');
const trouble = (
  minute: number,
  kind: SourceTrouble['kind'] = 'noSuccess',
  reason = '连接超时；02:27 再试',
): SourceTrouble => ({
  sourceId: 'city-daily',
  sourceName: '城市日报',
  kind,
  reason,
  at: after(minute),
  isDrill: false,
});

function openWorld() {
  const world = openAlertingDeps();
  const stage = createSourceAlerting(world.deps);
  const alert = async () => await world.deps.alerts.findById(ID);
  const notices = async () =>
    ((await alert())?.effects ?? [])
      .filter(({ topic }) => topic === 'notices')
      .map(({ body }) => NoticeSchema.parse(body));
  return { ...world, stage, alert, notices };
}

test('a silent source is an alert to those who keep the sources, who are told in words', async () => {
  const { stage, alert, notices } = openWorld();
  await stage.process([trouble(0)]);
  expect(await alert()).toMatchObject({
    rule: 'sourceSilent',
    subject: { kind: 'source', sourceId: 'city-daily' },
    state: 'fired',
    title: '城市日报：读不到',
  });
  const told = await notices();
  expect(told.map(({ receiver }) => receiver.personId)).toEqual(['p-monitor', 'p-sysAdmin']);
  expect(told[0]?.subject).toBe('【信息源】城市日报：读不到');
  expect(told[0]?.text).toContain('连接超时；02:27 再试');
});

test('an alert that an older release stored with an empty event is read as one about its source', async () => {
  const { stage, alert } = openWorld();
  await stage.process([trouble(0)]);
  const { subject: _now, ...rest } = (await alert())!;
  const stored: unknown = { ...rest, eventId: '', sourceId: 'city-daily' };
  expect(AlertSchema.parse(stored)).toEqual(await alert());
});

test('the same news twice tells nobody twice', async () => {
  const { stage, notices } = openWorld();
  await stage.process([trouble(0), trouble(0)]);
  await stage.process([trouble(0)]);
  expect(await notices()).toHaveLength(2);
});

test('a trouble that changes its kind is told on the same alert, without a second message', async () => {
  const { stage, alert, notices } = openWorld();
  await stage.process([trouble(0), trouble(10, 'blocked', '对方拒绝访问（403）')]);
  expect((await alert())?.title).toBe('城市日报：被对方拒绝');
  expect(await notices()).toHaveLength(2);
});

test('a source that comes back closes its alert by itself; when it fails again, people are told again', async () => {
  const { stage, alert, notices, deps } = openWorld();
  await stage.process([trouble(0)]);
  const actor = { personId: 'p-monitor', name: '监测员' };
  await acknowledgeAlert(deps, { alertId: ID, actor, at: after(3), via: 'desk' });
  await stage.process([trouble(20, 'recovered', '城市日报 已恢复正常')]);
  expect((await alert())?.state).toBe('handled');
  await stage.process([trouble(60)]);
  expect(await alert()).toMatchObject({ state: 'fired', firedAt: after(60) });
  expect((await alert())?.acknowledgedBy).toBeUndefined();
  expect(await notices()).toHaveLength(4);
});

test('an end of what was never told opens nothing', async () => {
  const { stage, alert } = openWorld();
  await stage.process([trouble(0, 'recovered')]);
  expect(await alert()).toBeUndefined();
});
