import type { Now } from '#core';
import { codeNamed } from '../../answer-class.ts';
import { bytesOf } from '../../fit-bytes.ts';
import { groupText, mentionsOf } from '../../group-text.ts';
import type { Channel } from '../../ports.ts';
import { signDingTalk } from '../../sign-robot.ts';
import { createRobot, jsonRequest, type RobotParts } from './robot.ts';

const ORIGIN = 'https://oapi.dingtalk.com';

/**
 * A DingTalk group robot. The numbers it calls must also stand in the text, or nobody is called; the
 * signature goes into the address, encoded once.
 *
 * Source: DingTalk custom robots; uptime-kuma#4710 (mentions), ding-notice#11 (encoded twice is refused).
 */
export function createDingTalk(
  settings: {
    readonly origin?: string | undefined;
    readonly accessToken: string;
    readonly signSecret?: string | undefined;
    readonly keyword?: string | undefined;
  },
  { realNow, ...parts }: RobotParts & { readonly realNow: Now },
): Channel {
  const { origin = ORIGIN, accessToken, signSecret, keyword } = settings;
  const address = (): URL => {
    const url = new URL('/robot/send', origin);
    url.searchParams.set('access_token', accessToken);
    if (signSecret) {
      const timestampMs = realNow().getTime();
      url.searchParams.set('timestamp', String(timestampMs));
      url.searchParams.set('sign', signDingTalk(signSecret, timestampMs));
    }
    return url;
  };
  return createRobot(
    'dingtalk',
    parts,
    (notice, mostBytes) => {
      const mobiles = mentionsOf(notice);
      const calls = mobiles.map((mobile) => `@${mobile}`).join(' ');
      const room = mostBytes - bytesOf(calls) - 1;
      const content = [groupText(notice, { mostBytes: room, keyword }), calls].filter(Boolean);
      return jsonRequest(address(), {
        msgtype: 'text',
        text: { content: content.join('\n') },
        at: { atMobiles: mobiles, isAtAll: false },
      });
    },
    codeNamed('errcode', 'errmsg'),
  );
}
