import { expect, test } from 'vitest';
import { amend } from '#core';
import { tellOperators } from '../../alert/system-alerts.ts';
import { after, ladderPack, LEADER, NIGHT, openAlertingDeps } from '../support/alerts.ts';

const AGAIN_MINUTES = ladderPack.operators.tellAgainAfterMs / 60_000;
const trouble = (reason: string) => ({
  part: 'clock',
  title: '系统时钟跳变',
  reason,
  isDrill: false,
});

async function aWorld() {
  const world = openAlertingDeps();
  const tell = async (minute: number, reason = '向前跳了3小时') => {
    world.clock.at = after(minute);
    await tellOperators(trouble(reason), world.deps);
  };
  const alert = async () => (await world.deps.alerts.listNewest(1))[0]!;
  return { ...world, tell, alert };
}

test('what comes soon after is added without a second message; the same once more is nothing', async () => {
  const { tell, alert } = await aWorld();
  await tell(0);
  await tell(1);
  await tell(2, '向后跳了1小时');
  const found = await alert();
  expect(found).toMatchObject({ state: 'fired', firedAt: NIGHT, reason: '向后跳了1小时' });
  expect(found.history).toHaveLength(2);
  expect(found.effects).toHaveLength(1);
});

test.for(['fired', 'acknowledged'] as const)(
  'a trouble that comes later is told again, though the last one is still %s',
  async (state) => {
    const { tell, alert, deps } = await aWorld();
    await tell(0);
    const { id } = await alert();
    if (state === 'acknowledged') {
      await amend(deps.alerts, id, (found) => ({
        ...found,
        state,
        acknowledgedAt: after(1),
        acknowledgedBy: LEADER,
      }));
    }
    await tell(AGAIN_MINUTES - 1, '向后跳了1小时');
    expect((await alert()).effects).toHaveLength(1);
    await tell(AGAIN_MINUTES);
    const found = await alert();
    expect(found).toMatchObject({ state: 'fired', firedAt: after(AGAIN_MINUTES) });
    expect(found.acknowledgedBy).toBeUndefined();
    expect(new Set(found.effects.map((effect) => effect.id)).size).toBe(2);
  },
);
