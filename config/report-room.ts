import { actorOf, NotFound, type NationalCalendar, type Person, type PersonStore } from '#core';
import {
  createReportMaker,
  mayMake,
  reportsOn,
  printable,
  reviewReport,
  sendReport,
  signReport,
  toHtml,
  toText,
  whyNotPass,
  type Collecting,
  type ReadingLink,
  type RecordStores,
  type Report,
  type ReportMaker,
  type ReportPack,
  type ReportStore,
  type SourceStanding,
} from '#briefings';
import type { ReadingDesk, ReportRoom, SourcesView } from '#server';
import { drawFigures } from '../dashboards/briefings/adapters/draw-figures.ts';
import { loadFonts } from '../dashboards/briefings/adapters/fonts.ts';
import { TypstPress } from '../dashboards/briefings/adapters/typst-press.ts';
import { toWord } from '../dashboards/briefings/adapters/word-round.ts';
import { createEditingDesk } from './editing-desk.ts';
import { openGazetteer } from './gazetteer.ts';
import type { Settings } from './settings.ts';

const MOST_LISTED = 100;

/** What reports are collected from: the stores, the office's settings and the standing of its sources. */
export function createCollecting(parts: {
  readonly stores: RecordStores;
  readonly settings: Pick<Settings, 'office'>;
  readonly calendar: NationalCalendar;
  readonly sources: Pick<SourcesView, 'listHealth'>;
  readonly topics: readonly { readonly code: string; readonly name: string }[];
  readonly isDrill: boolean;
  readonly questions: Collecting['questions'];
  readonly measure: Collecting['measure'];
}): Collecting {
  const { stores, settings, calendar, sources, topics, isDrill, questions, measure } = parts;
  return {
    stores,
    questions,
    measure,
    office: settings.office.name,
    isDrill,
    calendar,
    regionNames: regionNames(settings),
    topicNames: new Map(topics.map(({ code, name }) => [code, name] as const)),
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

/** The reports of the product: made, passed on and printed. The press is opened when first printed with. */
export function createReportRoom(parts: {
  readonly reports: ReportStore;
  readonly people: Pick<PersonStore, 'listAll'>;
  readonly collecting: Collecting;
  readonly pack: ReportPack;
  readonly reporter: (at: Date) => Promise<Person | undefined>;
  readonly link: () => string;
  readonly linkFor: ReadingLink;
  readonly reading: ReadingDesk;
  /** The office's own. */
  readonly fonts?: string | undefined;
}): ReportRoom & { readonly makeDue: ReportMaker['makeDue'] } {
  const { reports, people, collecting, pack, reporter, link, linkFor, reading, fonts } = parts;
  const maker = createReportMaker({ reports, collecting, pack, reporter });
  let press: TypstPress | undefined;
  const editing = createEditingDesk({ reports, pack, maker });
  const find = async (reportId: string): Promise<Report> => {
    const report = await reports.findById(reportId);
    if (!report) throw new NotFound(reports.kind, reportId);
    return report;
  };
  return {
    find,
    reading,
    editing,
    makeDue: maker.makeDue,
    list: async () => await reports.listNewest(MOST_LISTED),
    makeRoutine: async ({ actor, ...order }) =>
      await maker.makeRoutine({ ...order, person: actor, by: actorOf(actor) }),
    makeSpecial: async ({ eventId, actor, at }) =>
      await maker.makeSpecial({ eventId, person: actor, by: actorOf(actor), at }),
    makeFlash: async ({ eventId, isFinal, actor, at }) =>
      await maker.makeFlash({ eventId, isFinal, person: actor, by: actorOf(actor), at }),
    reportsOn: async (kind, eventId, at) => await reportsOn(reports, kind, eventId, at),
    mayMake: (kind, person) => mayMake(kind, person, pack),
    whyNot: (report, step, person) => whyNotPass(report, step, person, pack)?.message,
    async pass({ step, ...act }) {
      const deps = { reports, pack };
      if (step === 'review') return await reviewReport(deps, act);
      if (step === 'sign') return await signReport(deps, act);
      const all = await people.listAll();
      return await sendReport(deps, { ...act, people: all, link: link(), linkFor });
    },
    async print(report, format) {
      const { correctedBy } = report;
      const correction = correctedBy && (await reports.findById(correctedBy.id));
      if (format === 'docx') return await toWord(report, correction);
      const model = printable(report, correction);
      if (format === 'txt') return Buffer.from(toText(model));
      const drawn = await drawFigures(model);
      if (format === 'html') return Buffer.from(toHtml(model, { drawn }));
      press ??= new TypstPress(loadFonts(fonts));
      return press.print(model, drawn).bytes;
    },
  };
}
