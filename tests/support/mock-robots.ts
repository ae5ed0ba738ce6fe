import { createHmac } from 'node:crypto';
import { json, type Answering, type Received } from './far-side.ts';

/** The robots as their documents and other people's error reports describe them. */
interface RobotRules {
  readonly secret?: string;
  readonly keyword?: string;
  readonly now: () => number;
}

/** How many of these moments lie in the last `perMs`. */
const within = (times: readonly number[], now: number, perMs: number): number =>
  times.filter((time) => time > now - perMs).length;

/** 20 a minute, 2048 bytes, the key in the address is the secret; every refusal is HTTP 200. */
export function weComRobot({ now, key }: RobotRules & { readonly key: string }): Answering {
  const times: number[] = [];
  return (request, response) => {
    const { text } = JSON.parse(request.body) as { text: { content: string } };
    const reply = (errcode: number, errmsg: string): void =>
      json({ errcode, errmsg })(request, response);
    if (request.url.searchParams.get('key') !== key) return reply(93_000, 'invalid webhook url');
    if (within(times, now(), 60_000) >= 20) return reply(45_009, 'api freq out of limit');
    times.push(now());
    if (Buffer.byteLength(text.content) > 2_048) return reply(40_058, 'content exceed max length');
    return reply(0, 'ok');
  };
}

/** 20 a minute, and ten minutes of nothing for the one that sends more. */
export function dingTalkRobot(rules: RobotRules & { readonly token: string }): Answering {
  const { now, token, secret, keyword = '' } = rules;
  const times: number[] = [];
  let blockedUntil = 0;
  return (request, response) => {
    const { searchParams: query } = request.url;
    const { text } = JSON.parse(request.body) as { text: { content: string } };
    const reply = (errcode: number, errmsg: string): void =>
      json({ errcode, errmsg })(request, response);
    if (query.get('access_token') !== token) return reply(300_005, 'token is not exist');
    if (now() < blockedUntil || within(times, now(), 60_000) >= 20) {
      if (now() >= blockedUntil) blockedUntil = now() + 600_000;
      return reply(130_101, 'send too fast, exceed 20 times per minute');
    }
    times.push(now());
    if (secret && !isSignedByDingTalk(request, secret, now())) {
      return reply(310_000, 'sign not match');
    }
    if (!text.content.includes(keyword)) return reply(310_000, 'keywords not in content');
    return reply(0, 'ok');
  };
}

function isSignedByDingTalk({ url }: Received, secret: string, now: number): boolean {
  const timestamp = url.searchParams.get('timestamp') ?? '';
  const wanted = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
  const isFresh = Math.abs(Number(timestamp) - now) < 3_600_000;
  // `searchParams` decodes once: a sign that was encoded twice is another one here, as it is there.
  return isFresh && url.searchParams.get('sign') === wanted;
}

/** 100 a minute, 5 a second, signed in the body, every refusal is HTTP 200. */
export function feishuRobot(rules: RobotRules & { readonly token: string }): Answering {
  const { now, token, secret, keyword = '' } = rules;
  const times: number[] = [];
  return (request, response) => {
    const body = JSON.parse(request.body) as {
      timestamp?: string;
      sign?: string;
      content: { text: string };
    };
    const reply = (code: number, msg: string): void =>
      json({ code, msg, data: {} })(request, response);
    if (request.url.pathname !== `/open-apis/bot/v2/hook/${token}`) {
      return reply(19_001, 'incoming webhook access token invalid');
    }
    if (within(times, now(), 60_000) >= 100 || within(times, now(), 1_000) >= 5) {
      return reply(11_232, 'frequency limited');
    }
    times.push(now());
    if (secret) {
      const key = `${body.timestamp ?? ''}\n${secret}`;
      const isFresh = Math.abs(Number(body.timestamp) * 1_000 - now()) < 3_600_000;
      const wanted = createHmac('sha256', key).digest('base64');
      if (!isFresh || body.sign !== wanted) return reply(19_021, 'sign match fail');
    }
    if (!body.content.text.includes(keyword)) return reply(19_024, 'Key Words Not Found');
    return reply(0, 'success');
  };
}
