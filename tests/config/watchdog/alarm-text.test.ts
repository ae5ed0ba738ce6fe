import { expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '#core';
import { sayAlarm, sayTrouble } from '../../../config/watchdog/alarm-text.ts';
import { readWatchPack, TroubleKindSchema } from '../../../config/watchdog/watch-pack.ts';

const AT = new Date('2026-11-27T02:17:20+08:00');
const PACK = readWatchPack();
const WORDS = {
  pack: PACK,
  office: { name: '临江市信访局', contact: '信息科 王五 13800000000' },
  machine: 'dog-1',
  remindEveryMs: 30 * MINUTE_MS,
};
const before = (ms: number): Date => new Date(AT.getTime() - ms);

test('a duty officer who is woken reads which office, what, since when, and what to do first', () => {
  const troubles = [
    { id: 'graveNotice', kind: 'graveNotice', sinceAt: before(4 * MINUTE_MS) },
    { id: 'stopped', kind: 'stopped', sinceAt: before(75 * SECOND_MS) },
  ] as const;
  const text = sayAlarm({ kind: 'alarm', at: AT, troubles: [...troubles] }, WORDS);
  expect(text.subject).toBe('【回应故障】临江市信访局：系统停了（02:16 起）');
  expect(text.deadline).toBe(
    '舆情先靠人工看、打电话通知。时限照常在走，不因系统停了而停。联系管理员：信息科 王五 13800000000。',
  );
  expect(text.lines.join('\n')).toBe(`单位：临江市信访局

出了什么事：
1. 回应已停止工作：最后一次心跳是 2026-11-27 02:16，距今 75 秒。
2. 有最急的通知没有发出：从 2026-11-27 02:13 等到现在，已等 4分钟。

先做什么：
1. 舆情先靠人工看、打电话通知。时限照常在走，不因系统停了而停。
2. 联系管理员：信息科 王五 13800000000。
3. 在服务器上看进程（systemctl status huiying 或 docker compose ps），停了就启动；还在但没有反应就重启。
4. 打开“通道”页看哪条路不通；先按工作台上的预警打电话通知。

看门狗（dog-1）写于 2026-11-27 02:17。它不在回应里面，自己看、自己发。
没有恢复的话，每 30分钟再发一次；恢复后发一次。`);
});

test('that all is well says what was wrong from when to when, and what is left to do', () => {
  const trouble = { id: 'stopped', kind: 'stopped', sinceAt: before(9 * MINUTE_MS) } as const;
  const over = [{ trouble, seenAt: before(MINUTE_MS), isTold: true }];
  const text = sayAlarm({ kind: 'recovered', at: AT, over }, WORDS);
  expect(text.subject).toBe('【回应已恢复】临江市信访局：02:17 起一切正常');
  expect(text.lines).toContain('1. 系统停了：2026-11-27 02:08 至 2026-11-27 02:16');
  expect(text.lines.join('\n')).toContain('补上没有打的电话');
});

test('a disk that fills up does not send anybody to work by hand', () => {
  const troubles = [{ id: 'diskLow', kind: 'diskLow', detail: '900 MB' } as const];
  const text = sayAlarm({ kind: 'reminder', at: AT, troubles }, WORDS);
  expect(text.subject).toBe('【回应故障·仍未恢复】临江市信访局：磁盘快满');
  expect(text.lines.join('\n')).not.toContain('人工');
});

test.for(TroubleKindSchema.options)('%s is said without a gap', (kind) => {
  const whole = { id: kind, kind, sinceAt: AT, part: 'countdowns', detail: '某处' };
  expect(sayTrouble(whole, PACK, AT)).not.toMatch(/[{}]|不明|undefined/);
  expect(sayTrouble({ id: kind, kind }, PACK, AT)).not.toMatch(/[{}]|undefined|NaN/);
});
