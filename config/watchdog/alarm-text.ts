import { beijingMinute, durationInWords, MINUTE_MS, SECOND_MS } from '#core';
import type { AlarmMessage } from './decide-alarms.ts';
import type { Trouble } from './judge-watch.ts';
import { TroubleKindSchema, type WatchPack } from './watch-pack.ts';

/** What one message says on every route. */
export interface AlarmText {
  readonly subject: string;
  /** For a text message: what to do first. */
  readonly deadline: string;
  readonly lines: readonly string[];
}

export interface AlarmWords {
  readonly pack: WatchPack;
  readonly office: { readonly name: string; readonly contact: string };
  /** The machine that writes. */
  readonly machine: string;
  readonly remindEveryMs: number;
}

/** While one of these lasts people must do without the product. */
const WITHOUT_PRODUCT = new Set(['stopped', 'neverBeat', 'unreadable', 'noAnswer', 'restarting']);

const clock = (at: Date): string => beijingMinute(at).slice(11);

/** A duration in words, with seconds while they still matter. */
const ageInWords = (ms: number): string =>
  Math.abs(ms) < 2 * MINUTE_MS ? `${Math.round(Math.abs(ms) / SECOND_MS)} 秒` : durationInWords(ms);

/** A trouble in a sentence. */
export function sayTrouble(
  { kind, sinceAt, part, detail }: Trouble,
  { troubles, parts }: WatchPack,
  now: Date,
): string {
  const values: Readonly<Record<string, string>> = {
    since: sinceAt ? beijingMinute(sinceAt) : '不明',
    age: sinceAt ? ageInWords(now.getTime() - sinceAt.getTime()) : '不明',
    part: part ? (parts[part] ?? part) : '',
    detail: detail ?? '',
  };
  return troubles[kind].says.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** The message in words: which office, what is wrong, since when, what to do first. */
export function sayAlarm(message: AlarmMessage, words: AlarmWords): AlarmText {
  return message.kind === 'recovered' ? sayRecovered(message, words) : saySo(message, words);
}

function saySo(
  { kind, at, troubles }: Extract<AlarmMessage, { troubles: unknown }>,
  words: AlarmWords,
): AlarmText {
  const { pack, office, remindEveryMs } = words;
  const order = TroubleKindSchema.options;
  const sorted = troubles.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const [worst] = sorted;
  if (!worst) throw new RangeError('an alarm without a trouble');
  const since = worst.sinceAt ? `（${clock(worst.sinceAt)} 起）` : '';
  const mark = kind === 'alarm' ? '【回应故障】' : '【回应故障·仍未恢复】';
  const byHand = sorted.some((one) => WITHOUT_PRODUCT.has(one.kind)) ? [pack.byHand] : [];
  const steps = [...byHand, ...whomToCall(office), ...doFirst(sorted, pack)];
  return {
    subject: `${mark}${office.name}：${pack.troubles[worst.kind].title}${since}`,
    deadline: [...byHand, ...whomToCall(office)].join(''),
    lines: [
      `单位：${office.name}`,
      '',
      '出了什么事：',
      ...sorted.map((one, index) => `${index + 1}. ${sayTrouble(one, pack, at)}。`),
      '',
      '先做什么：',
      ...steps.map((step, index) => `${index + 1}. ${step}`),
      '',
      foot(at, words),
      `没有恢复的话，每 ${durationInWords(remindEveryMs)}再发一次；恢复后发一次。`,
    ],
  };
}

function sayRecovered(
  { at, over }: Extract<AlarmMessage, { kind: 'recovered' }>,
  words: AlarmWords,
): AlarmText {
  const { pack, office } = words;
  const lines = over.map(({ trouble, seenAt }) => {
    const from = trouble.sinceAt ? beijingMinute(trouble.sinceAt) : '不明';
    return `${pack.troubles[trouble.kind].title}：${from} 至 ${beijingMinute(seenAt)}`;
  });
  const first = '打开工作台，看这段时间里积下的预警和时限，补上没有打的电话。';
  return {
    subject: `【回应已恢复】${office.name}：${clock(at)} 起一切正常`,
    deadline: first,
    lines: [
      `单位：${office.name}`,
      '',
      '曾经：',
      ...lines.map((line, index) => `${index + 1}. ${line}`),
      '',
      `先做什么：${first}`,
      '',
      foot(at, words),
    ],
  };
}

/** A test of one way to one person. */
export function sayTest(at: Date, words: AlarmWords): AlarmText {
  const ask = '这是一条测试，不用处理。收到就说明看门狗能告诉您。';
  return {
    subject: `【测试】${words.office.name}：回应看门狗 ${clock(at)}`,
    deadline: ask,
    lines: [`单位：${words.office.name}`, '', ask, '', foot(at, words)],
  };
}

const whomToCall = ({ contact }: AlarmWords['office']): string[] =>
  contact === '' ? [] : [`联系管理员：${contact}。`];

const doFirst = (troubles: readonly Trouble[], pack: WatchPack): string[] => [
  ...new Set(troubles.map(({ kind }) => `${pack.troubles[kind].doFirst}。`)),
];

const foot = (at: Date, { machine }: AlarmWords): string =>
  `看门狗（${machine}）写于 ${beijingMinute(at)}。它不在回应里面，自己看、自己发。`;
