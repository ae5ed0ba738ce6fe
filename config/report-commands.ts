import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createCalendar,
  messageOf,
  NotFound,
  Refused,
  ROLE_WORDS,
  type NationalCalendar,
} from '#core';
import {
  buildFlash,
  buildSpecial,
  citesOf,
  collectDossier,
  collectRecords,
  prepareRoutine,
  ReportModelSchema,
  routineIssue,
  RoutineKindSchema,
  toHtml,
  toText,
  type Collecting,
  type Imprint,
  type ReportModel,
  type MadeKind,
  type ReportPack,
} from '#briefings';
import { drawFigures } from '../dashboards/briefings/adapters/draw-figures.ts';
import { loadFonts } from '../dashboards/briefings/adapters/fonts.ts';
import { TypstPress } from '../dashboards/briefings/adapters/typst-press.ts';
import { writeDocx } from '../dashboards/briefings/adapters/write-docx.ts';
import type { Backend } from './backends/embedded.ts';
import { EXIT } from './exit-codes.ts';
import { readPacks, readSources, type Packs } from './packs.ts';
import { createMeasureRoom } from './measure-room.ts';
import { createCollecting } from './report-room.ts';
import type { Settings } from './settings.ts';
import { createSourcesView } from './sources-view.ts';
import { withBackend } from './with-backend.ts';

export interface ReportOrder {
  readonly kind: string;
  /** `yyyy-MM-dd`, Beijing; today when absent. */
  readonly day: string;
  /** Of a 快报: the event it is on. */
  readonly eventId?: string | undefined;
  /** Folder to write into; made when it is not there. */
  readonly out: string;
  readonly fonts?: string | undefined;
  readonly isDrill: boolean;
}

interface Says {
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
}

const FORMATS = ['pdf', 'docx', 'html', 'txt'] as const;

/**
 * Makes a report from what is on record and writes it as PDF, Word, HTML and text, with the model beside them. It
 * takes no number: that is given in the product only. Needs the folder for itself.
 *
 * @throws {Refused} when the kind is not made yet or a flash report names no event
 */
export async function makeReport(
  settings: Settings,
  order: ReportOrder,
  says: Says,
): Promise<number> {
  const packs = readPacks(settings);
  const calendar = createCalendar(packs.calendar, settings.office.calendarDays);
  const model = await withBackend(
    settings,
    async (backend) => await modelFor({ settings, calendar, packs, backend }, order),
  );
  const { files, notes } = await printAll(model, order.fonts ?? settings.office.fonts);
  mkdirSync(order.out, { recursive: true });
  const name = `${order.kind}-${order.eventId ?? order.day}`;
  const write = (ending: string, content: string | Buffer): void => {
    const path = join(order.out, `${name}.${ending}`);
    writeFileSync(path, content);
    says.print(path);
  };
  for (const format of FORMATS) write(format, files[format]);
  write('json', `${JSON.stringify(model, null, 2)}\n`);
  for (const note of notes) says.say(`PDF：${note}`);
  return EXIT.ok;
}

export interface Made {
  readonly settings: Settings;
  readonly calendar: NationalCalendar;
  readonly packs: Packs;
  readonly backend: Backend;
}

/** What reports are collected from while the product is stopped: nothing is read from outside. */
export function collectingWhileStopped(made: Made, now: Date, isDrill: boolean): Collecting {
  const { settings, calendar, packs, backend } = made;
  const sources = createSourcesView({
    sources: readSources(settings),
    states: backend.sourceStates,
    rawItems: backend.rawItems,
    poller: { outageSince: () => undefined },
    now: () => now,
    watches: settings.watches,
    watchBudgetMs: settings.watchBudgetMs,
  });
  return createCollecting({
    stores: backend,
    settings,
    calendar,
    sources,
    topics: packs.topics.topics,
    questions: packs.judging.questions,
    measure: createMeasureRoom({ stores: backend, packs, sources, isDrill }).measure,
    isDrill,
  });
}

async function modelFor(
  made: Made,
  { kind, day, eventId, isDrill }: ReportOrder,
): Promise<ReportModel> {
  const { calendar, packs, backend } = made;
  const pack = packs.reports;
  const now = new Date();
  const collecting = collectingWhileStopped(made, now, isDrill);
  const routine = RoutineKindSchema.safeParse(kind);
  if (routine.success) {
    const { period } = routineIssue(routine.data, day, pack, calendar);
    const build = await prepareRoutine(collecting, { kind: routine.data, period, at: now });
    return build(imprintOf(pack, routine.data));
  }
  if (kind !== 'flash' && kind !== 'special')
    throw new Refused(
      'REPORT_KIND_UNKNOWN',
      `没有这种报告：${kind}；可用 morning、daily、weekly、monthly、flash、special`,
      'invalid',
    );
  if (!eventId) throw new Refused('EVENT_NEEDED', '快报、专报须用 --event 写明事件编号', 'invalid');
  const event = await backend.events.findById(eventId);
  const period = { from: event?.firstPublicAt ?? now, to: now };
  const records = await collectRecords(collecting, period, now, eventId);
  const [file] = records.files;
  if (!file) throw new NotFound(backend.events.kind, eventId);
  if (kind === 'special') {
    const request = { file, dossier: await collectDossier(collecting, file), number: 1 };
    return buildSpecial(records, request, imprintOf(pack, kind), pack.special);
  }
  return buildFlash(
    records,
    { file, stage: 'first', reporter: undefined },
    imprintOf(pack, 'flash'),
  );
}

function imprintOf(pack: ReportPack, kind: MadeKind): Imprint {
  const { name, marking, mostCharacters, recipients } = pack[kind];
  const distribution = `报：${recipients.map((role) => ROLE_WORDS[role]).join('、')}`;
  return { name, marking, mostCharacters, distribution, number: '（未编号，供查看）' };
}

async function printAll(model: ReportModel, fonts: string | undefined) {
  const drawn = await drawFigures(model);
  const { bytes, notes } = new TypstPress(loadFonts(fonts)).print(model, drawn);
  const docx = await writeDocx(model, drawn);
  return { files: { pdf: bytes, docx, html: toHtml(model, { drawn }), txt: toText(model) }, notes };
}

/**
 * Whether the outputs beside a model say what it says, byte for byte, and every record it cites is there.
 *
 * @param path the model, as `report make` wrote it
 * @returns 0 all is right, 5 something differs or is gone
 */
export async function verifyReport(
  settings: Settings,
  { path, fonts }: { readonly path: string; readonly fonts?: string | undefined },
  { print }: Says,
): Promise<number> {
  const model = readModel(path);
  const { files } = await printAll(model, fonts ?? settings.office.fonts);
  const faults: string[] = [];
  for (const format of FORMATS) {
    const file = path.replace(/json$/, format);
    if (!existsSync(file)) faults.push(`没有 ${file}`);
    else if (!readFileSync(file).equals(Buffer.from(files[format]))) {
      faults.push(`${file} 与报告模型不一致（改动过，或所用字体不同）`);
    }
  }
  const gone = await withBackend(
    settings,
    async (backend) => await goneFrom(backend, citesOf(model)),
  );
  faults.push(...gone.map((cite) => `引用的记录已不在：${cite}`));
  for (const fault of faults) print(fault);
  if (faults.length === 0) print(`${path}：四种文件与模型一致，引用的记录都在`);
  return faults.length === 0 ? EXIT.ok : EXIT.partly;
}

function readModel(path: string): ReportModel {
  try {
    return ReportModelSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Refused('REPORT_UNREADABLE', `${path} 不是报告模型：${messageOf(error)}`, 'invalid');
  }
}

/** Cited records that are no longer in the stores; counts name no record. */
async function goneFrom(backend: Backend, cites: readonly string[]): Promise<string[]> {
  const stores: Readonly<Record<string, { findById(id: string): Promise<unknown> }>> = {
    event: backend.events,
    lead: backend.leads,
    post: backend.posts,
    countdown: backend.countdowns,
    alert: backend.alerts,
    release: backend.releases,
    conference: backend.conferences,
    supervision: backend.supervisions,
    assessment: backend.assessments,
    keyMessage: backend.keyMessages,
    order: backend.orders,
  };
  const gone: string[] = [];
  for (const cite of cites) {
    const at = cite.indexOf(':');
    const store = stores[cite.slice(0, at)];
    if (store && (await store.findById(cite.slice(at + 1))) === undefined) gone.push(cite);
  }
  return gone;
}
