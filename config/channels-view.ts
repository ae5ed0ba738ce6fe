import { beijingMinute, type Now } from '#core';
import {
  CHANNEL_NAMES,
  ChannelKindSchema,
  gateOf,
  isGroupKind,
  routeRuleOf,
  type ChannelKind,
  type ChannelPack,
  type ChannelRoute,
  type Limit,
} from '#alert';
import { toChannelNoticeView, type ChannelsView } from '#server';
import type { ChannelView } from '#contract';
import type { Backend } from './backends/embedded.ts';

const MOST_RECENT = 8;
const STATE_WORDS: Readonly<Record<ChannelView['state'], string>> = {
  ok: '正常',
  limited: '限流',
  open: '停用',
  trial: '试发',
  notSetUp: '没有配置',
};

/** How each way of reaching people is doing, for those who keep them. */
export function createChannelsView(parts: {
  readonly backend: Backend;
  readonly pack: ChannelPack;
  readonly setUp: ReadonlySet<ChannelKind>;
  readonly realNow: Now;
}): ChannelsView {
  const { setUp } = parts;
  const kinds = ChannelKindSchema.options.filter(
    (kind) => kind !== 'screen' && kind !== 'loopback',
  );
  const order = kinds.toSorted((a, b) => Number(setUp.has(b)) - Number(setUp.has(a)));
  return {
    listChannels: async () =>
      await Promise.all(order.map(async (kind) => await viewOf(kind, parts))),
  };
}

async function viewOf(
  kind: ChannelKind,
  { backend, pack, setUp, realNow }: Parameters<typeof createChannelsView>[0],
): Promise<ChannelView> {
  const now = realNow();
  const { limits } = routeRuleOf(pack, kind);
  const route = await backend.channelRoutes.findById(kind);
  const { normal } = await backend.ledger.room(kind, limits, now);
  const state = setUp.has(kind) ? stateOf(route, normal, now) : 'notSetUp';
  const quotas = await Promise.all(
    limits.map(async (limit) => {
      // What is left to one person depends on whom; the page says the rule.
      if (limit.each === 'person') return { words: quotaWords(limit), most: limit.most };
      const { grave } = await backend.ledger.room(kind, [limit], now);
      return { words: quotaWords(limit), most: limit.most, left: grave };
    }),
  );
  return {
    kind,
    name: CHANNEL_NAMES[kind],
    reaches: reachOf(kind),
    state,
    stateName: STATE_WORDS[state],
    ...whyOf(state, route),
    quotas,
    lastOkAt: route?.lastOkAt?.toISOString(),
    lastFailure: route?.lastFailure && {
      at: route.lastFailure.at.toISOString(),
      detail: route.lastFailure.detail,
    },
    waiting: await backend.outbox.countUnsent(kind),
    recent: (await backend.outbox.listByChannel(kind, MOST_RECENT)).map(toChannelNoticeView),
  };
}

function stateOf(route: ChannelRoute | undefined, normal: number, now: Date): ChannelView['state'] {
  const gate = gateOf(route, now);
  if (gate.kind === 'trial') return 'trial';
  if (gate.kind === 'closed') return gate.reason === 'rate' ? 'limited' : 'open';
  return normal === 0 ? 'limited' : 'ok';
}

function whyOf(state: ChannelView['state'], route: ChannelRoute | undefined): { why?: string } {
  const until = route?.closedUntil && `${beijingMinute(route.closedUntil).slice(11)} 再试`;
  if (state === 'open') {
    return { why: `连续失败 ${route?.failuresInRow ?? 0} 次，${until ?? ''}；最急的改走别的通道` };
  }
  if (state === 'trial') return { why: '先试发一条，成功后恢复' };
  if (state !== 'limited') return {};
  return {
    why:
      route?.closedFor === 'rate' ? `对方说发送过快，${until ?? ''}` : '额度已用完，稍后自动继续',
  };
}

function reachOf(kind: ChannelKind): ChannelView['reaches'] {
  if (kind === 'webhook') return 'program';
  return isGroupKind(kind) ? 'group' : 'person';
}

const PERIODS: readonly (readonly [number, string])[] = [
  [1_000, '每秒'],
  [60_000, '每分钟'],
  [3_600_000, '每小时'],
  [86_400_000, '每天'],
];

function quotaWords({ each, most, perMs, reserved }: Limit): string {
  const period = PERIODS.find(([ms]) => ms === perMs)?.[1] ?? `每 ${perMs / 1_000} 秒`;
  const kept = reserved > 0 ? `，其中 ${reserved} 条留给最急的` : '';
  return `${each === 'person' ? '每人' : ''}${period} ${most} 条${kept}`;
}
