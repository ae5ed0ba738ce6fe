import { z } from 'zod';
import { ChannelPackSchema, CountdownPackSchema, LadderPackSchema } from '#alert';
import { GradingPackSchema, GroupingPackSchema } from '#analyze';
import { SourceSchema, type Source } from '#ingest';
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
    countdowns: readYaml(packPath(rules.countdowns), CountdownPackSchema),
    channels: readYaml(packPath(rules.channels), ChannelPackSchema),
    ladders: readYaml(packPath(rules.ladders), LadderPackSchema),
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
