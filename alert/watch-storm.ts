import { durationInWords } from '#core';
import type { AlertingDeps } from './deps.ts';
import { tellOperators } from './system-alerts.ts';

/** The highest level that so many alerts have reached; undefined below the lowest. */
export const stormLevelOf = (count: number, levels: readonly number[]): number | undefined =>
  levels.findLast((level) => count >= level);

/**
 * Tells people once at each level that a storm of alerts has come to. It holds back nothing: every alert calls its own.
 *
 * @returns 1 when a level was reached that nobody was told of, else 0: a storm that goes on is no news
 */
export async function watchStorm(
  deps: AlertingDeps & {
    /** Alerts of events that fired since then. */
    readonly countFiredSince: (since: Date) => Promise<number>;
    readonly isDrill: boolean;
  },
): Promise<number> {
  const { levels, windowMs, tell } = deps.ladderPack.storm;
  const count = await deps.countFiredSince(new Date(deps.now().getTime() - windowMs));
  const level = stormLevelOf(count, levels);
  if (level === undefined) return 0;
  const window = durationInWords(windowMs);
  const isNews = await tellOperators(
    {
      part: `storm.${level}`,
      title: `预警风暴：${window}内已有 ${level} 起以上`,
      reason: `${window}内预警达到 ${level} 起；各条照常通知，请从工作台按等级处理，必要时加派人手`,
      isDrill: deps.isDrill,
      alsoTell: tell,
    },
    deps,
  );
  return isNews ? 1 : 0;
}
