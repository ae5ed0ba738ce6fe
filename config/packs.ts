import { z } from 'zod';
import { CalendarPackSchema } from '#core';
import { CountdownPackSchema, LadderPackSchema } from '#alert';
import { BurstPackSchema, GradingPackSchema, GroupingPackSchema } from '#analyze';
import { RhythmPackSchema, SourceSchema, type Source } from '#ingest';
import { ReviewPackSchema } from '#respond';
import { packPath } from './paths.ts';
import { readYaml } from './read-settings.ts';
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
    countdowns: readYaml(packPath(rules.countdowns), CountdownPackSchema),
    ladders: readYaml(packPath(rules.ladders), LadderPackSchema),
    rhythm: readYaml(packPath(rules.rhythm), RhythmPackSchema),
    review: readYaml(packPath(rules.review), ReviewPackSchema),
  };
}

/** The sources of the packs named and the office's own; an own one replaces a pack's of the same id. */
export function readSources({ sources }: Pick<Settings, 'sources'>): Source[] {
  const fromPacks = sources.packs.flatMap(
    (name) => readYaml(packPath(name), SourcePackSchema).sources,
  );
  return [...new Map([...fromPacks, ...sources.own].map((one) => [one.id, one])).values()];
}
