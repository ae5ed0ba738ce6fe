import { z } from 'zod';
import type { AnswerCode } from './channel-pack.ts';
import type { SendResult } from './ports.ts';

/** What came of one HTTP call to a far side. */
export type FarAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  /** Nothing of the message left this machine. */
  | { readonly kind: 'notSent'; readonly why: string }
  /** It may have arrived: the connection broke, or no answer came in time. */
  | { readonly kind: 'noAnswer' };

/** How a body's code and words are found; undefined where it has none. */
export type ReadCode = (body: unknown) => { code: number; says: string } | undefined;

/**
 * The class of an answer of a far side whose body carries a code of its own. HTTP 200 with a code that is
 * not 0 is a failure; a code nobody knows is tried again, for giving up would lose the notice.
 * The detail names status, code and what it means, never the address or the words of the far side.
 *
 * Source: design table of error classes; codes from the channel pack.
 */
export function classifyAnswer(
  answer: FarAnswer,
  codes: readonly AnswerCode[],
  readCode: ReadCode,
): SendResult {
  const early = classifyTransport(answer);
  if (early) return early;
  const { status, text } = answer as Extract<FarAnswer, { kind: 'answered' }>;
  const found = readCode(parseJson(text));
  if (!found) {
    return status < 300
      ? { result: 'temporary', detail: `对方的应答看不懂（HTTP ${status}）` }
      : refusedStatus(status);
  }
  const known = codes.find(
    ({ code, says = '' }) => code === found.code && found.says.toLowerCase().includes(says),
  );
  if (!known) {
    return found.code === 0 && status >= 300
      ? refusedStatus(status)
      : { result: 'temporary', detail: `对方没有收下（代码 ${found.code}）` };
  }
  if (known.result === 'ok' && status >= 300) return refusedStatus(status);
  return known.result === 'ok'
    ? { result: 'ok', detail: known.why }
    : { result: known.result, detail: `${known.why}（代码 ${found.code}）` };
}

/** The class where the transport alone decides; undefined where the body must be read. */
export function classifyTransport(answer: FarAnswer): SendResult | undefined {
  switch (answer.kind) {
    case 'notSent':
      return { result: 'temporary', detail: answer.why };
    case 'noAnswer':
      return { result: 'unknown', detail: '消息可能已发出，没有收到对方的答复' };
    case 'answered': {
      const { status } = answer;
      if (status === 429) return { result: 'rate', detail: '对方说发送过快（HTTP 429）' };
      if (status >= 500) return { result: 'temporary', detail: `对方系统出错（HTTP ${status}）` };
      if (status >= 300 && status < 400) {
        return { result: 'config', detail: `对方要求转到别的地址，没有跟随（HTTP ${status}）` };
      }
      return undefined;
    }
    default:
      return answer satisfies never;
  }
}

/** A 4xx without a code that says more. */
export function refusedStatus(status: number): SendResult {
  if (status === 408) return { result: 'temporary', detail: '对方等得太久（HTTP 408）' };
  if (status === 413) return { result: 'content', detail: '内容过长（HTTP 413）' };
  return { result: 'config', detail: `对方拒绝，请检查设置（HTTP ${status}）` };
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads `{"errcode": 0, "errmsg": "ok"}` by whatever names the far side has for them. */
export function codeNamed(code: string, says: string): ReadCode {
  const shape = z.object({
    [code]: z.union([
      z.int(),
      z
        .string()
        .regex(/^-?\d+$/)
        .transform(Number),
    ]),
    [says]: z.string().optional().catch(''),
  });
  return (body) => {
    const read = shape.safeParse(body).data;
    return read && { code: Number(read[code]), says: read[says]?.toString() ?? '' };
  };
}
