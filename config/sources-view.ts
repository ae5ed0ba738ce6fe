import type { SourceView } from '#contract';
import {
  outletOf,
  type RawItemStore,
  type Run,
  type Source,
  type SourceState,
  type SourceStateStore,
} from '#ingest';
import type { SourcesView } from '#server';

const RUNS_SHOWN = 10;

const KIND_WORDS: Readonly<Record<Source['kind'], string>> = {
  portal: '门户网站',
  forum: '论坛',
  postBar: '贴吧',
  blog: '博客',
  weibo: '微博',
  wechat: '微信',
  shortVideo: '短视频',
  app: '客户端',
  newspaper: '报刊',
  broadcast: '广播电视',
  hotline: '热线',
  mailbox: '信箱',
  vendor: '数据供应商',
  manual: '人工录入',
};
const HEALTH_WORDS: Readonly<Record<SourceState['health'], string>> = {
  ok: '正常',
  late: '延迟',
  silent: '读不到',
  blocked: '被拒绝',
  disabled: '停用',
};
const OUTCOME_WORDS: Readonly<Record<Run['outcome'], string>> = {
  ok: '有新信息',
  notModified: '对方未更新',
  nothingNew: '没有新信息',
  fetchFailed: '没有读到',
  nothingUnderstood: '读到但无法理解',
  blocked: '被对方拒绝',
};

/** The sources page, from the settings and the records of intake. */
export function createSourcesView(
  sources: readonly Source[],
  states: SourceStateStore,
  rawItems: RawItemStore,
): SourcesView {
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  return {
    async listSources() {
      const known = new Map((await states.listAll()).map((state) => [state.id, state]));
      return await Promise.all(
        sources.map(async (source) =>
          toView(source, known.get(source.id), await states.listRuns(source.id, RUNS_SHOWN)),
        ),
      );
    },
    names: async () => names,
    async listQuarantined(limit) {
      return (await rawItems.listQuarantined(limit)).map((item) => ({
        ...item,
        at: item.at.toISOString(),
        sourceName: names.get(item.sourceId) ?? item.sourceId,
      }));
    },
  };
}

function toView(source: Source, state: SourceState | undefined, runs: readonly Run[]): SourceView {
  const { id, name, kind, url, mediaTier, inputPath, seenAt, lawfulNote, pollEveryMs } = source;
  const health = state?.health ?? 'late';
  return {
    id,
    name,
    kind,
    kindName: KIND_WORDS[kind],
    url,
    outlet: outletOf(source),
    mediaTier,
    inputPath,
    seenAt: [seenAt, lawfulNote].filter(Boolean).join('；'),
    health,
    healthName: state?.lastTryAt ? HEALTH_WORDS[health] : '尚未读过',
    isVerified: state?.isVerified ?? false,
    ...(state?.lastOkAt && { lastOkAt: state.lastOkAt.toISOString() }),
    ...(state?.lastTryAt && { lastTryAt: state.lastTryAt.toISOString() }),
    ...(state && { nextTryAt: state.nextTryAt.toISOString() }),
    failuresInARow: state?.failuresInARow ?? 0,
    ...(state?.problem !== undefined && { problem: state.problem }),
    pollEveryMs,
    runs: runs.map(({ startedAt, endedAt, outcome, problem, funnel, id: runId }) => ({
      id: runId,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt.toISOString(),
      outcome,
      outcomeName: OUTCOME_WORDS[outcome],
      ...(problem !== undefined && { problem }),
      funnel,
    })),
  };
}
