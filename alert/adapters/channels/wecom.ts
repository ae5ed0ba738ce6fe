import type { Channel } from '../../ports.ts';
import { codeNamed } from '../../answer-class.ts';
import { groupText, mentionsOf } from '../../group-text.ts';
import { createRobot, jsonRequest, type RobotParts } from './robot.ts';

const ORIGIN = 'https://qyapi.weixin.qq.com';

/**
 * A WeCom group robot, and any government IM that speaks its language. Text, for only text can call people
 * by their mobile number; the key in the address is the secret.
 *
 * Source: WeCom developer documents, group robots (91770, 99110).
 */
export function createWeCom(
  settings: {
    readonly kind?: 'wecom' | 'govIm';
    readonly origin?: string | undefined;
    readonly key: string;
  },
  parts: RobotParts,
): Channel {
  const { kind = 'wecom', origin = ORIGIN, key } = settings;
  const url = new URL('/cgi-bin/webhook/send', origin);
  url.searchParams.set('key', key);
  return createRobot(
    kind,
    parts,
    (notice, mostBytes) =>
      jsonRequest(url, {
        msgtype: 'text',
        text: {
          content: groupText(notice, { mostBytes }),
          mentioned_mobile_list: mentionsOf(notice),
        },
      }),
    codeNamed('errcode', 'errmsg'),
  );
}
