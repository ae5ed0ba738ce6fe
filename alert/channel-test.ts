import { beijingMinute, MINUTE_MS, newId, type Person } from '#core';
import type { ChannelKind, Notice } from './alert.ts';
import { CHANNEL_NAMES } from './channel-names.ts';
import { plainNotice } from './channel-trouble.ts';
import { render } from './notice-text.ts';

/** A test that did not go out by then tells nothing any more. */
const TEST_HOLDS_MS = 10 * MINUTE_MS;

/** 发测试: a real notice to the person who asks, on one channel and no other. */
export function testNotice(
  kind: ChannelKind,
  person: Person,
  channelsPage: string,
  realNow: Date,
): Notice {
  const id = newId();
  const shortCode = `测试#${id.slice(0, 4)}`;
  const name = CHANNEL_NAMES[kind];
  const text = render({
    isDrill: false,
    subject: `【测试】${name}通道 ${beijingMinute(realNow).slice(11)}`,
    ask: `这是一条测试，不用处理。收到就说明${name}能把通知送到您这里。`,
    lines: [`由${person.name}在“通道”页发出`],
    link: channelsPage,
    button: '打开通道页',
    shortCode,
  });
  return plainNotice({
    key: `test ${id}`,
    person,
    channel: kind,
    priority: 2,
    shortCode,
    text,
    at: realNow,
    more: { isTest: true, expiresAt: new Date(realNow.getTime() + TEST_HOLDS_MS) },
  });
}
