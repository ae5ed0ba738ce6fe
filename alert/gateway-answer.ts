import { classifyTransport, parseJson, refusedStatus, type FarAnswer } from './answer-class.ts';
import type { SendResult } from './ports.ts';

/** How a gateway says what became of a message. */
export interface GatewayAnswerRule {
  /** Path to the code in a JSON answer, as `data.code`; absent: the text itself is looked at. */
  readonly field?: string | undefined;
  /** Codes, or words in the text, that mean it was taken. */
  readonly success: readonly string[];
  readonly rate?: readonly string[] | undefined;
  readonly config?: readonly string[] | undefined;
  readonly content?: readonly string[] | undefined;
}

const WORDS = {
  rate: '平台限流，没有发出',
  config: '对方拒绝，请检查设置',
  content: '对方不收这个号码或内容',
} as const;

/**
 * The class of a gateway's answer by the office's own rule. A code that no list names is tried again, for
 * giving up would lose the notice. The detail holds the code at most, never the far side's words.
 */
export function classifyGateway(answer: FarAnswer, rule: GatewayAnswerRule): SendResult {
  const early = classifyTransport(answer);
  if (early) return early;
  const { status, text } = answer as Extract<FarAnswer, { kind: 'answered' }>;
  const code = rule.field === undefined ? undefined : valueAt(parseJson(text), rule.field);
  const isNamed = (names: readonly string[] = []): boolean =>
    rule.field === undefined
      ? names.some((name) => text.includes(name))
      : code !== undefined && names.includes(code);
  const shown = code === undefined ? '' : `（代码 ${code.slice(0, 20)}）`;
  for (const result of ['rate', 'config', 'content'] as const) {
    if (isNamed(rule[result])) return { result, detail: `${WORDS[result]}${shown}` };
  }
  if (status >= 300) return refusedStatus(status);
  if (isNamed(rule.success)) return { result: 'ok', detail: `网关已收下${shown}` };
  return { result: 'temporary', detail: `网关没有收下${shown || '，应答看不懂'}` };
}

/** The value at a dotted path as text; undefined where there is none. */
export function valueAt(body: unknown, path: string): string | undefined {
  let at: unknown = body;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean'
    ? String(at)
    : undefined;
}
