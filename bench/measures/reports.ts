import { join } from 'node:path';
import { createCalendar, DAY_MS } from '#core';
import {
  buildSpecial,
  collectDossier,
  collectRecords,
  figuresOf,
  prepareRoutine,
  type Imprint,
  type ReportModel,
} from '#briefings';
import { drawFigures } from '../../dashboards/briefings/adapters/draw-figures.ts';
import { loadFonts } from '../../dashboards/briefings/adapters/fonts.ts';
import { TypstPress } from '../../dashboards/briefings/adapters/typst-press.ts';
import { writeDocx } from '../../dashboards/briefings/adapters/write-docx.ts';
import { readPacks } from '../../config/packs.ts';
import { readSettings } from '../../config/read-settings.ts';
import { collectingWhileStopped } from '../../config/report-commands.ts';
import { withBackend } from '../../config/with-backend.ts';
import { handOver, median, type Figure } from '../figure.ts';

/** Reports over a full store: how long the draft takes, and the paper. */
const [folder = ''] = process.argv.slice(2);
const ROUNDS = 5;

const settings = readSettings(join(folder, 'settings.yaml'));
const packs = readPacks(settings);
const calendar = createCalendar(packs.calendar, settings.office.calendarDays);
const press = new TypstPress(loadFonts());

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const times: number[] = [];
  let made = await work();
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now();
    made = await work();
    times.push((performance.now() - begin) / 1_000);
  }
  return [made, median(times)];
}

async function papersOf(name: string, model: ReportModel, mostSeconds: number): Promise<Figure[]> {
  const figures = figuresOf(model).length;
  const [, pdf] = await timed(async () => press.print(model, await drawFigures(model)));
  const [, word] = await timed(async () => await writeDocx(model, await drawFigures(model)));
  const how = `${figures} 幅图，正文 ${model.blocks.length} 段，${ROUNDS} 次的中位数，含画图`;
  return [
    { what: `${name}排成 PDF`, seconds: pdf },
    { what: `${name}写成 Word`, seconds: word },
  ].map(({ what, seconds }) => ({
    what,
    asked: `≤ ${mostSeconds} 秒`,
    measured: `${seconds.toFixed(2)} 秒`,
    isMet: seconds <= mostSeconds,
    how,
  }));
}

const found = await withBackend(settings, async (backend) => {
  const now = new Date();
  const collecting = collectingWhileStopped({ settings, calendar, packs, backend }, now, false);
  const imprint = (kind: 'daily' | 'special' | 'monthly'): Imprint => ({
    name: packs.reports[kind].name,
    marking: packs.reports[kind].marking,
    mostCharacters: packs.reports[kind].mostCharacters,
    number: '',
    distribution: '报：主要负责人',
  });
  const period = (days: number) => ({ from: new Date(now.getTime() - days * DAY_MS), to: now });
  const routine = async (kind: 'daily' | 'monthly', days: number) =>
    (await prepareRoutine(collecting, { kind, period: period(days), at: now }))(imprint(kind));

  const events = await backend.events.listNewest(10_000);
  const largest = events.reduce((most, one) => (one.postCount > most.postCount ? one : most));
  const special = async (): Promise<ReportModel> => {
    const within = { from: largest.firstPublicAt, to: now };
    const records = await collectRecords(collecting, within, now, largest.id);
    const [file] = records.files;
    if (!file) throw new Error(`no records of ${largest.id}`);
    const request = { file, dossier: await collectDossier(collecting, file), number: 1 };
    return buildSpecial(records, request, imprint('special'), packs.reports.special);
  };

  const [specialModel, specialSeconds] = await timed(special);
  const stored = await backend.posts.count();
  return [
    ...(await papersOf('日报', await routine('daily', 1), 2)),
    {
      what: '拟出专报',
      asked: '≤ 10 秒',
      measured: `${specialSeconds.toFixed(2)} 秒`,
      isMet: specialSeconds <= 10,
      how: `库中 ${stored} 条信息、${events.length} 个事件，最大的事件 ${largest.postCount} 条；${ROUNDS} 次的中位数`,
    },
    ...(await papersOf('专报', specialModel, 2)),
    ...(await papersOf('月报', await routine('monthly', 30), 5)),
  ];
});
handOver(found);
