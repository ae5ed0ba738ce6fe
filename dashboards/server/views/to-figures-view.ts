import type { Lead, OpinionEvent, SetAsideReason } from '#analyze';
import type { EventView } from '#contract';
import { iso } from './iso.ts';

const REASON_WORDS: Readonly<Record<SetAsideReason, string>> = {
  drill: '演练',
  fiction: '影视、小说或游戏',
  figurative: '比喻',
  background: '往事',
  statistics: '统计或标准',
  hypothetical: '假设',
  prevention: '防范宣传',
  denied: '原文否认',
  withdrawn: '原文说有误',
  superseded: '被后来的数字取代',
  claimed: '未经证实的说法',
};
const MOST_SHOWN = 30;

/** Every version of the incident's figures, in the order they came. */
export function toFiguresView({ figures }: Pick<OpinionEvent, 'figures'>): EventView['figures'] {
  return figures.map((version) => ({
    at: iso(version.at),
    dead: version.dead,
    injured: version.injured,
    seriouslyInjured: version.seriouslyInjured,
    missing: version.missing,
    poisoned: version.poisoned,
    evacuated: version.evacuated,
    lossYuan: version.lossYuan,
    leastKinds: [...(version.leastFigures ?? [])],
    isCredible: version.isCredible,
    isCorrection: version.corrects !== undefined,
    outlet: version.outlet,
    url: version.url,
    words: version.words,
  }));
}

/** Words that look like figures and were not counted, each once with the newest post that says them. */
export function toSetAsideView(leads: readonly Pick<Lead, 'posts'>[]): EventView['setAside'] {
  const posts = leads
    .flatMap((lead) => lead.posts)
    .toSorted((a, b) => a.fetchedAt.getTime() - b.fetchedAt.getTime());
  const rows = posts.flatMap(({ setAside = [], outlet, outletKind, url }) =>
    setAside.map(({ words, reason }) => ({
      words,
      reason: REASON_WORDS[reason],
      outlet: outletKind === 'individual' ? '个人' : outlet,
      url,
    })),
  );
  const distinct = new Map(rows.map((row) => [`${row.reason} ${row.words}`, row]));
  return [...distinct.values()].toReversed().slice(0, MOST_SHOWN);
}
