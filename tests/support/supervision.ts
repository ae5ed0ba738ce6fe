import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Person } from '#core';
import type { CountdownBreach } from '#alert';
import { SupervisionPackSchema, type SupervisionOrder } from '#respond';
import {
  superviseBreach,
  type SupervisionOffice,
} from '../../respond/supervision/open-supervision.ts';
import { hands } from './orders.ts';
import { NOON } from './posts.ts';
import { calendar } from './rosters.ts';

/** The pack that ships, as the product reads it. */
export const supervisionPack = SupervisionPackSchema.parse(
  parse(readFileSync(new URL('../../config/packs/supervision.yaml', import.meta.url), 'utf8')),
);

export const supervisionParts = {
  pack: supervisionPack,
  calendar,
  channels: new Set(['email'] as const),
  linkFor: ({ id, personId }: { id: string; personId: string }) =>
    `http://huiying.test/s/${id}.${personId}`,
};

export const supervisionRoom = (
  people: readonly Person[] = Object.values(hands),
): SupervisionOffice => ({ ...supervisionParts, ways: supervisionPack.channels, people });

/** 48小时回应 missed at noon. */
export const aBreach = (more: Partial<CountdownBreach> = {}): CountdownBreach => ({
  id: 'breach-1',
  countdownId: 'countdown-1',
  eventId: 'event-1',
  title: '北环路供水主管爆管',
  code: 'RESPONSE_48H',
  name: '48小时回应',
  ruleVersion: '1',
  startAt: new Date(+NOON - 48 * 3_600_000),
  dueAt: NOON,
  recordedAt: NOON,
  isBornBreached: false,
  isDrill: false,
  ...more,
});

export const aSupervision = (unit = '市水务局'): SupervisionOrder =>
  superviseBreach(aBreach(), unit, supervisionRoom(), NOON);
