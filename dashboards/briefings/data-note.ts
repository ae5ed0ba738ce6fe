import { says, type Sentence } from './model.ts';
import { rangeInCite, type ReportRecords } from './records.ts';
import { momentInWords } from './words.ts';

/** 数据说明: window, sources, posts, gaps, and how tone was estimated. */
export function dataNote({
  period,
  readAt,
  sources,
  postCount,
  isDrill,
}: ReportRecords): Sentence[] {
  const healthy = sources.filter(({ isHealthy }) => isHealthy).length;
  const ill = sources.filter(({ isHealthy }) => !isHealthy);
  const cites = sources.length > 0 ? sources.map(({ id }) => `source:${id}`) : ['query:sources'];
  return [
    ...(isDrill ? [says('本报告为演练数据，不是真实事件。', ['query:drill'])] : []),
    says(
      `统计时段：${momentInWords(period.from)}至${momentInWords(period.to)}（北京时间），按本系统收到的时间计；记录读取于${momentInWords(readAt)}。`,
      [`query:period${rangeInCite(period)}`],
    ),
    says(`信息源正常${healthy}/${sources.length}个，入库信息${postCount}条。`, cites),
    ill.length === 0
      ? says('没有发现采集缺口。', cites)
      : says(
          `采集缺口：${ill.map(({ name, healthName }) => `${name}（${healthName}）`).join('、')}，这些来源的信息可能有遗漏。`,
          ill.map(({ id }) => `source:${id}`),
        ),
    says('情感倾向由词表和模型估计，未经逐条人工核对；等级未注明“已经人工确认”的为机器建议。', [
      'query:posts.sentiment',
    ]),
  ];
}
