import { SECOND_MS, type Now } from '#core';
import { codeNamed } from '../../answer-class.ts';
import { bytesOf } from '../../fit-bytes.ts';
import { groupText } from '../../group-text.ts';
import type { Channel } from '../../ports.ts';
import { signFeishu } from '../../sign-robot.ts';
import { createRobot, jsonRequest, type RobotParts } from './robot.ts';

const ORIGIN = 'https://open.feishu.cn';
/** A robot knows nobody by mobile number: what somebody must do at once is called out to all. */
const EVERYBODY = '<at user_id="all">所有人</at>';

/**
 * A Feishu group robot; the signature stands in the body, by seconds.
 *
 * Source: Feishu custom robots.
 */
export function createFeishu(
  settings: {
    readonly origin?: string | undefined;
    readonly token: string;
    readonly signSecret?: string | undefined;
    readonly keyword?: string | undefined;
  },
  { realNow, ...parts }: RobotParts & { readonly realNow: Now },
): Channel {
  const { origin = ORIGIN, token, signSecret, keyword } = settings;
  const url = new URL(`/open-apis/bot/v2/hook/${encodeURIComponent(token)}`, origin);
  const signature = (): object => {
    if (!signSecret) return {};
    const seconds = Math.floor(realNow().getTime() / SECOND_MS);
    return { timestamp: String(seconds), sign: signFeishu(signSecret, seconds) };
  };
  return createRobot(
    'feishu',
    parts,
    (notice, mostBytes) => {
      const calls = notice.priority === 0 && !notice.isTest ? `${EVERYBODY} ` : '';
      const room = mostBytes - bytesOf(calls);
      const text = plain(groupText(notice, { mostBytes: room, keyword }));
      return jsonRequest(url, {
        ...signature(),
        msg_type: 'text',
        content: { text: calls + text },
      });
    },
    codeNamed('code', 'msg'),
  );
}

/** The words of a post must not call anybody: a tag is only ours to write. Same length in bytes. */
const plain = (text: string): string => text.replaceAll(/<(?=\/?at\b)/gi, '(');
