import type { NationalCalendar } from '#core';
import type { CollectDeps, RecordStores, SourceStanding } from '#briefings';
import type { SourcesView } from '#server';
import { openGazetteer } from './gazetteer.ts';
import type { Settings } from './settings.ts';

/** What reports are collected from: the stores, the office's settings and the standing of its sources. */
export function createCollecting(parts: {
  readonly stores: RecordStores;
  readonly settings: Pick<Settings, 'office'>;
  readonly calendar: NationalCalendar;
  readonly sources: Pick<SourcesView, 'listHealth'>;
  readonly isDrill: boolean;
}): CollectDeps {
  const { stores, settings, calendar, sources, isDrill } = parts;
  return {
    stores,
    office: settings.office.name,
    isDrill,
    calendar,
    regionNames: regionNames(settings),
    sensitivePeriods: settings.office.sensitivePeriods,
    sources: async (): Promise<SourceStanding[]> =>
      (await sources.listHealth()).map(({ id, name, kind, health, healthName }) => ({
        id,
        name,
        kind,
        isHealthy: health === 'ok',
        healthName,
      })),
  };
}

/** Provinces and cities are kept by their first digits; events name them by six. The office's own names win. */
function regionNames({ office }: Pick<Settings, 'office'>): ReadonlyMap<string, string> {
  const national = openGazetteer().divisions.map(
    ({ code, name }) => [code.padEnd(6, '0'), name] as const,
  );
  return new Map([...national, ...office.regions.map(({ code, name }) => [code, name] as const)]);
}
