import { expect, test } from 'vitest';
import { RhythmPackSchema } from '#ingest';
import { rhythmPack } from '../../support/packs.ts';

test('a pack that forgets looks before a habit is learned from them is no pack', () => {
  const memory = { ...rhythmPack.memory, runsMs: rhythmPack.silence.baselineMs };
  const { error } = RhythmPackSchema.safeParse({ ...rhythmPack, memory });
  expect(error?.issues).toMatchObject([{ path: ['memory', 'runsMs'] }]);
});
