import type { AlertView } from '../../contract/index.ts';
import type { Tone } from './countdown.ts';

export interface LadderCall {
  readonly name: string;
  readonly role: string;
  /** What became of it on each channel, in words: 邮件 已提交, 短信 未配置. */
  readonly channels: readonly {
    readonly text: string;
    readonly tone: Tone;
    readonly detail: string;
  }[];
}
export interface LadderRow {
  readonly title: string;
  readonly at: string;
  readonly calls: readonly LadderCall[];
  readonly empty: readonly string[];
}

const TONES: Readonly<Record<string, Tone>> = {
  sent: 'ok',
  unknown: 'warn',
  dead: 'bad',
};

/** The ladder of an alert so far, each call with what became of its notice. */
export function toLadderRows({
  steps,
  notices,
}: Pick<AlertView, 'steps' | 'notices'>): LadderRow[] {
  return steps.map(({ step, round, at, calls, empty }) => ({
    title: round > 1 ? `第${round}轮第${step}步` : `第${step}步`,
    at,
    empty,
    calls: calls.map(({ name, role, channels }) => ({
      name,
      role,
      channels: channels.map((channel) => {
        if (channel.state === 'notSetUp') {
          return { text: `${channel.name} 未配置`, tone: 'plain', detail: '这一通道还没有接入' };
        }
        // A notice is made in the same moment as the step that calls for it.
        const notice = notices.find(
          (one) =>
            one.receiver === name && one.channelName === channel.name && one.createdAt === at,
        );
        return {
          text: `${channel.name} ${notice?.stateName ?? '待发送'}`,
          tone: TONES[notice?.state ?? ''] ?? 'plain',
          detail: notice?.lastDetail ?? '',
        };
      }),
    })),
  }));
}
