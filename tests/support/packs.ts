import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { DutyPackSchema, SelfWatchPackSchema } from '#alert';
import { CalendarPackSchema } from '#core';
import {
  BurstPackSchema,
  FactsPackSchema,
  GradingPackSchema,
  GroupingPackSchema,
  PlacesPackSchema,
  type GradingContext,
} from '#analyze';
import { ReportPackSchema } from '#briefings';
import { RhythmPackSchema } from '#ingest';
import { MeasurePackSchema } from '#measures';
import { openPlaceResolver } from '../../config/gazetteer.ts';

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`../../config/packs/${name}.yaml`, import.meta.url), 'utf8'));

/** The packs that ship, as the product reads them. */
export const gradingPack = GradingPackSchema.parse(read('grading'));
export const burstPack = BurstPackSchema.parse(read('bursts'));
export const factsPack = FactsPackSchema.parse(read('facts'));
export const resolvePlaces = openPlaceResolver(PlacesPackSchema.parse(read('places')));
export const groupingPack = GroupingPackSchema.parse(read('grouping'));

export const reportPack = ReportPackSchema.parse(read('reports'));
export const rhythmPack = RhythmPackSchema.parse(read('rhythm'));

export const gradingContext: GradingContext = {
  pack: gradingPack,
  countdownProfile: 'strict',
  sensitivePeriods: [],
};

export const dutyPack = DutyPackSchema.parse(read('duty'));
export const measurePack = MeasurePackSchema.parse(read('measures'));
export const selfWatchPack = SelfWatchPackSchema.parse(read('self-watch'));
export const calendarPack = CalendarPackSchema.parse(read('calendar/national'));
