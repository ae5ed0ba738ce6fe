import { z } from 'zod';
import { CalendarPackSchema } from '#core';
import {
  ChannelPackSchema,
  CountdownPackSchema,
  DutyPackSchema,
  faultsOfLocal,
  LadderPackSchema,
  LocalCountdownsSchema,
  SelfWatchPackSchema,
  withLocalRules,
  type CountdownPack,
} from '#alert';
import {
  BurstPackSchema,
  FactsPackSchema,
  FocusPackSchema,
  GradingPackSchema,
  GroupingPackSchema,
  LexiconPackSchema,
  PlacesPackSchema,
  ResponsibilityPackSchema,
  SentimentPackSchema,
  TopicPackSchema,
  namesNothing,
} from '#analyze';
import { RhythmPackSchema, SourceSchema, type Source } from '#ingest';
import { ReportPackSchema } from '#briefings';
import { MeasurePackSchema } from '#measures';
import {
  JudgingPackSchema,
  OrderPackSchema,
  ReviewPackSchema,
  RumorPackSchema,
  SnapshotPackSchema,
  SupervisionPackSchema,
  TransferPackSchema,
} from '#respond';
import { packPath } from './paths.ts';
import { readYaml, SettingsWrong } from './read-settings.ts';
import type { Settings } from './settings.ts';

const SourcePackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  sources: z.array(SourceSchema),
});

export type Packs = ReturnType<typeof readPacks>;

/** Every rule pack the settings name, read and checked. @throws {SettingsWrong} */
export function readPacks({ rules }: Pick<Settings, 'rules'>) {
  return {
    grading: readYaml(packPath(rules.grading), GradingPackSchema),
    facts: readYaml(packPath(rules.facts), FactsPackSchema),
    places: readYaml(packPath(rules.places), PlacesPackSchema),
    grouping: readYaml(packPath(rules.grouping), GroupingPackSchema),
    bursts: readYaml(packPath(rules.bursts), BurstPackSchema),
    lexicon: readYaml(packPath(rules.lexicon), LexiconPackSchema),
    countdowns: readCountdowns(rules),
    channels: readYaml(packPath(rules.channels), ChannelPackSchema),
    calendar: readYaml(packPath(rules.calendar), CalendarPackSchema),
    duty: readYaml(packPath(rules.duty), DutyPackSchema),
    ladders: readYaml(packPath(rules.ladders), LadderPackSchema),
    selfWatch: readYaml(packPath(rules.selfWatch), SelfWatchPackSchema),
    rhythm: readYaml(packPath(rules.rhythm), RhythmPackSchema),
    reports: readYaml(packPath(rules.reports), ReportPackSchema),
    measures: readYaml(packPath(rules.measures), MeasurePackSchema),
    judging: readYaml(packPath(rules.judging), JudgingPackSchema),
    review: readYaml(packPath(rules.review), ReviewPackSchema),
    snapshots: readYaml(packPath(rules.snapshots), SnapshotPackSchema),
    orders: readYaml(packPath(rules.orders), OrderPackSchema),
    supervision: readYaml(packPath(rules.supervision), SupervisionPackSchema),
    rumors: readYaml(packPath(rules.rumors), RumorPackSchema),
    transfers: readYaml(packPath(rules.transfers), TransferPackSchema),
    topics: readYaml(packPath(rules.topics), TopicPackSchema),
    sentiment: readYaml(packPath(rules.sentiment), SentimentPackSchema),
    focus: readYaml(packPath(rules.focus), FocusPackSchema),
    responsibility: readYaml(packPath(rules.responsibility), ResponsibilityPackSchema),
  };
}

/** The shipped limits with the office's own, which may only be tighter where a paper sets them. */
function readCountdowns(rules: Settings['rules']): CountdownPack {
  const pack = readYaml(packPath(rules.countdowns), CountdownPackSchema);
  if (!rules.localCountdowns) return pack;
  const local = readYaml(packPath(rules.localCountdowns), LocalCountdownsSchema);
  const faults = faultsOfLocal(pack, local).map((fault) => `${rules.localCountdowns} ${fault}`);
  if (faults.length > 0) throw new SettingsWrong(faults);
  return withLocalRules(pack, local);
}

/**
 * The sources of the packs named and the office's own; an own one replaces a pack's of the same id.
 *
 * @throws {SettingsWrong} also when a watch listens to what is no source
 */
export function readSources({
  sources,
  watches = [],
}: Pick<Settings, 'sources'> & Partial<Pick<Settings, 'watches'>>): Source[] {
  const fromPacks = sources.packs.flatMap(
    (name) => readYaml(packPath(name), SourcePackSchema).sources,
  );
  const all = [...new Map([...fromPacks, ...sources.own].map((one) => [one.id, one])).values()];
  const faults = watches.flatMap((watch) =>
    namesNothing(watch, all).map(
      (named) =>
        `监测方案 ${watch.id} 的 sources 里，“${named}” 不是任何信息源的编号、种类或区划代码`,
    ),
  );
  if (faults.length > 0) throw new SettingsWrong(faults);
  return all;
}
