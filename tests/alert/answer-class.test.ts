import { expect, test } from 'vitest';
import { classifyAnswer, type ChannelKind } from '#alert';
import { codeNamed } from '../../alert/answer-class.ts';
import { channelPack } from '../support/alerts.ts';

const CODE_NAME = { wecom: 'errcode', dingtalk: 'errcode', feishu: 'code', govIm: 'errcode' };
const SAYS_NAME = { wecom: 'errmsg', dingtalk: 'errmsg', feishu: 'msg', govIm: 'errmsg' };
type Robot = keyof typeof CODE_NAME;

function classOf(kind: Robot & ChannelKind, status: number, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return classifyAnswer(
    { kind: 'answered', status, text },
    channelPack.routes[kind]?.codes ?? [],
    codeNamed(CODE_NAME[kind], SAYS_NAME[kind]),
  );
}

test.for([
  ['wecom', 0, 'ok', 'ok'],
  ['wecom', -1, 'system busy', 'temporary'],
  ['wecom', 45009, 'api freq out of limit', 'rate'],
  ['wecom', 93000, 'invalid webhook url', 'config'],
  ['wecom', 40058, 'content exceed max length', 'content'],
  ['dingtalk', 0, 'ok', 'ok'],
  ['dingtalk', 130101, 'send too fast, exceed 20 times per minute', 'rate'],
  ['dingtalk', 310000, 'sign not match', 'config'],
  ['dingtalk', 310000, 'keywords not in content', 'content'],
  ['dingtalk', 300005, 'token is not exist', 'config'],
  ['feishu', 0, 'success', 'ok'],
  ['feishu', 11232, 'frequency limited', 'rate'],
  ['feishu', 19001, 'param invalid: incoming webhook access token invalid', 'config'],
  ['feishu', 19021, 'sign match fail or timestamp is not within one hour', 'config'],
  ['feishu', 19024, 'Key Words Not Found', 'content'],
] as const)('%s answers HTTP 200 with %i %s: %s', ([kind, code, says, result]) => {
  const body = { [CODE_NAME[kind]]: code, [SAYS_NAME[kind]]: says };
  expect(classOf(kind, 200, body).result).toBe(result);
});

test.for([
  [429, 'rate'],
  [408, 'temporary'],
  [500, 'temporary'],
  [503, 'temporary'],
  [413, 'content'],
  [403, 'config'],
  [404, 'config'],
  // No redirect is followed: where it leads nobody has looked at.
  [302, 'config'],
] as const)('HTTP %i is %s', ([status, result]) => {
  expect(classOf('wecom', status, '').result).toBe(result);
});

test('a code that nobody knows is tried again and named: giving up would lose the notice', () => {
  const sent = classOf('wecom', 200, { errcode: 77_777, errmsg: 'secret-of-the-far-side' });
  expect(sent.result).toBe('temporary');
  expect(sent.detail).toContain('77777');
  expect(sent.detail).not.toContain('secret');
});

test('a page instead of an answer is no success', () => {
  expect(classOf('feishu', 200, '<html>ok</html>').result).toBe('temporary');
});

test('an error status with a code that says ok is no success', () => {
  expect(classOf('wecom', 403, { errcode: 0, errmsg: 'ok' }).result).toBe('config');
  expect(classOf('wecom', 502, { errcode: 0, errmsg: 'ok' }).result).toBe('temporary');
});

test('what never left is tried again, what may have arrived is unknown', () => {
  const notSent = classifyAnswer({ kind: 'notSent', why: '连不上' }, [], () => undefined);
  expect(notSent.result).toBe('temporary');
  const noAnswer = classifyAnswer({ kind: 'noAnswer' }, [], () => undefined);
  expect(noAnswer.result).toBe('unknown');
});
