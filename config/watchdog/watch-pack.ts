import { z } from 'zod';
import { packPath } from '../paths.ts';
import { readYaml } from '../read-yaml.ts';

/** What can be wrong, worst first; the pack says each in words. */
export const TroubleKindSchema = z.enum([
  'stopped',
  'neverBeat',
  'unreadable',
  'noAnswer',
  'restarting',
  'overdueCountdown',
  'graveNotice',
  'partStopped',
  'notReady',
  'clockAstray',
  'diskLow',
  'walLarge',
]);
export type TroubleKind = z.infer<typeof TroubleKindSchema>;

const Words = z.strictObject({
  title: z.string().min(1),
  says: z.string().refine((text) => !/\{(?!(?:since|age|detail|part)\})/.test(text), {
    error: '可以写 {since} {age} {detail} {part}',
  }),
  /** What it causes is named in the text and is no reason to write again. */
  explains: z.array(TroubleKindSchema),
  doFirst: z.string().min(1),
});

/** 看门狗的说法. */
const WatchPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  troubles: z.record(TroubleKindSchema, Words),
  byHand: z.string(),
  /** Names of heartbeats in words. */
  parts: z.record(z.string(), z.string()),
});
export type WatchPack = Readonly<z.infer<typeof WatchPackSchema>>;

/** @throws {SettingsWrong} */
export const readWatchPack = (): WatchPack => readYaml(packPath('watchdog'), WatchPackSchema);
