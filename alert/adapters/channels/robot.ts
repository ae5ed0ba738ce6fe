import type { ChannelKind, Notice } from '../../alert.ts';
import { classifyAnswer, type ReadCode } from '../../answer-class.ts';
import type { RouteRule } from '../../channel-pack.ts';
import type { Channel, SendResult } from '../../ports.ts';
import type { FarRequest, Poster } from './http-post.ts';

/** What every robot is given. */
export interface RobotParts {
  readonly rule: RouteRule;
  readonly poster: Poster;
}

const MOST_BYTES = 2_000;

/** A far side that takes a JSON message and answers with a code of its own. */
export function createRobot(
  kind: ChannelKind,
  { rule, poster }: RobotParts,
  toRequest: (notice: Notice, mostBytes: number) => FarRequest,
  readCode: ReadCode,
): Channel {
  return {
    kind,
    async send(notice): Promise<SendResult> {
      const answer = await poster.post(toRequest(notice, rule.mostBytes ?? MOST_BYTES));
      return classifyAnswer(answer, rule.codes, readCode);
    },
    close: async () => await poster.close(),
  };
}

/** A JSON message as a request. */
export const jsonRequest = (url: URL, body: unknown): FarRequest => ({
  url,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});
