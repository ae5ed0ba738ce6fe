import { z } from 'zod';
import { CalendarPackSchema } from '#core';
import {
  CountdownPackSchema,
  faultsOfLocal,
  LadderPackSchema,
  LocalCountdownsSchema,
  withLocalRules,
  type CountdownPack,
} from '#alert';
import { BurstPackSchema, GradingPackSchema, GroupingPackSchema } from '#analyze';
import { RhythmPackSchema, SourceSchema, type Source } from '#ingest';
import { ReviewPackSchema } from '#respond';
import { packPath } from './paths.ts';
import { readYaml, SettingsWrong } from './read-settings.ts';
import type { Settings } from './settings.ts';

const SourcePackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  sources: z.array(SourceSchema),
});

/** Every rule pack the settings name, read and checked. @throws {SettingsWrong} */
export function readPacks({ rules }: Pick<Settings, 'rules'>) {
  return {
    grading: readYaml(packPath(rules.grading), GradingPackSchema),
    grouping: readYaml(packPath(rules.grouping), GroupingPackSchema),
    bursts: readYaml(packPath(rules.bursts), BurstPackSchema),
    calendar: readYaml(packPath(rules.calendar), CalendarPackSchema),
    countdowns: readCountdowns(rules),
    ladders: readYaml(packPath(rules.ladders), LadderPackSchema),
    rhythm: readYaml(packPath(rules.rhythm), RhythmPackSchema),
    review: readYaml(packPath(rules.review), ReviewPackSchema),
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

/** The sources of the packs named and the office's own; an own one replaces a pack's of the same id. */
export function readSources({ sources }: Pick<Settings, 'sources'>): Source[] {
  const fromPacks = sources.packs.flatMap(
    (name) => readYaml(packPath(name), SourcePackSchema).sources,
  );
  return [...new Map([...fromPacks, ...sources.own].map((one) => [one.id, one])).values()];
}
