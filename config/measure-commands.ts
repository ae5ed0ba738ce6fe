import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, Refused, startOfBeijingDay } from '#core';
import { measuresCsv, resultInWords, type Period } from '#measures';
import { EXIT } from './exit-codes.ts';
import { createMeasureRoom } from './measure-room.ts';
import { readPacks, readSources } from './packs.ts';
import type { Settings } from './settings.ts';
import { createSourcesView } from './sources-view.ts';
import { withBackend } from './with-backend.ts';

export interface MeasureOrder {
  /** `yyyy-MM`, Beijing. */
  readonly month: string;
  /** Folder for the CSV; none is written where it is absent. */
  readonly out?: string | undefined;
  readonly isDrill: boolean;
}

/**
 * Prints the measures of a month, computed from what is on record; with a folder also as CSV with the lists behind
 * them. Needs the stores for itself.
 *
 * @throws {Refused} when it is no month
 */
export async function printMeasures(
  settings: Settings,
  { month, out, isDrill }: MeasureOrder,
  print: (text: string) => void,
): Promise<number> {
  const period = periodOf(month);
  const packs = readPacks(settings);
  const now = new Date();
  const measures = await withBackend(settings, async (backend) => {
    const sources = createSourcesView({
      sources: readSources(settings),
      states: backend.sourceStates,
      rawItems: backend.rawItems,
      poller: { outageSince: () => undefined },
      now: () => now,
      watches: settings.watches,
      watchBudgetMs: settings.watchBudgetMs,
    });
    const room = createMeasureRoom({ stores: backend, packs, sources, isDrill });
    return await room.measure(period, now);
  });
  for (const { name, measured } of measures) print(`${name}：${resultInWords(measured)}`);
  if (out !== undefined) {
    mkdirSync(out, { recursive: true });
    const path = join(out, `measures-${month}.csv`);
    writeFileSync(path, measuresCsv(measures, period), { mode: 0o600 });
    print(path);
  }
  return EXIT.ok;
}

/** @throws {Refused} */
function periodOf(month: string): Period {
  try {
    const from = startOfBeijingDay(`${month}-01`);
    const [year = 0, number = 0] = month.split('-').map(Number);
    const next =
      number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
    return { from, to: startOfBeijingDay(`${next}-01`) };
  } catch (error) {
    const what = `${month} 不是月份，写成 2026-11 这样（${messageOf(error)}）`;
    throw new Refused('MONTH_WRONG', what, 'invalid');
  }
}
