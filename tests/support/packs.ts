import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CalendarPackSchema } from '#core';
import {
  BurstPackSchema,
  GradingPackSchema,
  GroupingPackSchema,
  type GradingContext,
} from '#analyze';
import { RhythmPackSchema } from '#ingest';

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`../../config/packs/${name}.yaml`, import.meta.url), 'utf8'));

/** The packs that ship, as the product reads them. */
export const gradingPack = GradingPackSchema.parse(read('grading'));
export const burstPack = BurstPackSchema.parse(read('bursts'));
export const groupingPack = GroupingPackSchema.parse(read('grouping'));

export const rhythmPack = RhythmPackSchema.parse(read('rhythm'));

export const gradingContext: GradingContext = {
  pack: gradingPack,
  countdownProfile: 'strict',
  sensitivePeriods: [],
};

export const calendarPack = CalendarPackSchema.parse(read('calendar/national'));
