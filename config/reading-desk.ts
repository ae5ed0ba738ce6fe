import { amend, NotFound, Refused, type Person, type PersonStore } from '#core';
import { gradeOf, type FieldProposal, type OpinionEvent, type OpinionEventStore } from '#analyze';
import {
  citesOf,
  dueChoicesAt,
  keepReaders,
  linkTo,
  mayInstruct,
  mayKeepReaders,
  mayRoute,
  nameOf,
  parseReadingId,
  pictureType,
  readerOf,
  whyClosed,
  withInstruction,
  withReceipt,
  withRouting,
  type InstructedEvent,
  type InstructionOffice,
  type KeepingDeps,
  type Picture,
  type Report,
} from '#briefings';
import { officeOf, type OrderDeps, type OrderStore, type PageBytesStore } from '#respond';
import type { Reading, ReadingDesk, ToldMatter } from '#server';
import { drawFigures } from '../dashboards/briefings/adapters/draw-figures.ts';

/** As many as a page offers to choose from, in the order in which the report tells of them. */
const MOST_MATTERS = 12;
/** Beside them, for what the office routes: the open events of which something was heard last. */
const MOST_OTHERS = 30;

/** Reading, confirming, instructing: what comes back from those to whom a report was sent. */
export function createReadingDesk(
  parts: KeepingDeps & {
    readonly people: Pick<PersonStore, 'listAll' | 'findById' | 'kind'>;
    readonly events: Pick<OpinionEventStore, 'findById' | 'listOpen' | 'kind'>;
    readonly orders: Pick<OrderStore, 'listByEvent'>;
    /** Pictures of instructions on paper are kept with the pages of releases: both are proof. */
    readonly pages: PageBytesStore;
    readonly ordering: OrderDeps;
    readonly proposalsOf: (event: OpinionEvent) => Promise<readonly FieldProposal[]>;
    readonly responsibleUnits: readonly string[];
    readonly isDrill: boolean;
  },
): ReadingDesk & { readonly urgeDue: () => Promise<number> } {
  const { reports, people, events, orders, pages, pack, isDrill } = parts;
  const { reading } = pack;
  const keeping = keepReaders(parts);

  /** The event as it goes on, under another one where it was merged. @throws {NotFound} */
  const survivor = async (eventId: string): Promise<OpinionEvent> => {
    const event = await events.findById(eventId);
    if (!event) throw new NotFound(events.kind, eventId);
    return event.state === 'merged' && event.mergedInto ? await survivor(event.mergedInto) : event;
  };
  const instructed = async (eventId: string): Promise<InstructedEvent> => {
    const event = await survivor(eventId);
    return { id: event.id, title: event.title, isDrill, grade: gradeOf(event) };
  };
  /** Who handles it by the newest order on the facts, else whom the rules name. */
  const unitOf = async (event: OpinionEvent): Promise<string> => {
    const facts = (await orders.listByEvent(event.id)).filter(({ track }) => track === 'fact');
    const ordered = facts.at(-1)?.leadUnit;
    if (ordered) return ordered;
    return (await parts.proposalsOf(event)).find(({ field }) => field === 'unit')?.value ?? '';
  };
  const mattersOf = async (report: Report): Promise<readonly ToldMatter[]> => {
    const told = citesOf(report.model).flatMap((cite) => /^event:(.+)$/.exec(cite)?.[1] ?? []);
    const ids = report.eventId ? [report.eventId] : told;
    const matters = new Map<string, ToldMatter>();
    for (const id of ids) {
      if (matters.size >= MOST_MATTERS) break;
      const found = await survivor(id).catch(noneWhereGone);
      if (!found || found.state === 'archived' || matters.has(found.id)) continue;
      const { title } = found;
      matters.set(found.id, { id: found.id, title, unit: await unitOf(found) });
    }
    return [...matters.values()];
  };
  const other = async (id: string | undefined): Promise<Report | undefined> =>
    id === undefined ? undefined : await reports.findById(id);
  /** To each that was sent to this person too, by a link of their own. */
  const besideOf = (
    person: Person,
    wrong: Report | undefined,
    correction: Report | undefined,
  ): Reading['beside'] =>
    [
      { report: wrong, what: '打开本期更正的那一期' },
      { report: correction, what: '打开更正件' },
    ].flatMap(({ report, what }) => {
      const reader = report?.sent && readerOf(report, person.id);
      if (!report || !reader || reader.revoked) return [];
      return [{ url: linkTo(report, reader, parts.linkFor), words: `${what}：${nameOf(report)}` }];
    });
  const units = async (): Promise<readonly string[]> => {
    const all = [...parts.responsibleUnits, ...(await people.listAll()).map(({ unit }) => unit)];
    return [...new Set(all.filter(Boolean))].toSorted((a, b) => a.localeCompare(b, 'zh-CN'));
  };
  const office = async (): Promise<InstructionOffice> => ({
    pack: reading,
    orders: await officeOf(parts.ordering),
    reportsPage: parts.link(),
  });
  const find = async (reportId: string): Promise<Report> => {
    const report = await reports.findById(reportId);
    if (!report) throw new NotFound(reports.kind, reportId);
    return report;
  };
  const keepPicture = async (bytes: Uint8Array, at: Date): Promise<Picture> => {
    const type = pictureType(bytes, reading.picture);
    return { digest: await pages.put(bytes, at), type, bytes: bytes.length };
  };

  return {
    ...keeping,
    async choicesFor(report) {
      const told = await mattersOf(report);
      const open = (await events.listOpen())
        .filter(({ id }) => !told.some((one) => one.id === id))
        .toSorted((a, b) => b.lastPostAt.getTime() - a.lastPostAt.getTime())
        .slice(0, MOST_OTHERS);
      const others = open.map(async (event) => ({
        id: event.id,
        title: event.title,
        unit: await unitOf(event),
      }));
      return [...told, ...(await Promise.all(others))];
    },
    units,
    mostPictureBytes: reading.picture.mostBytes,
    mayKeep: (person) => mayKeepReaders(person, reading),
    mayRoute: (person) => mayRoute(person, reading),
    leaders: async () => (await people.listAll()).filter((one) => mayInstruct(one, reading)),
    async open(linkId, person, at) {
      const claim = parseReadingId(linkId);
      const report = claim && (await reports.findById(claim.reportId));
      const reader = report && readerOf(report, person.id);
      if (!claim || !report || !reader) return undefined;
      const closedBecause = whyClosed(reader, claim.number);
      const correction = await other(report.correctedBy?.id);
      const may = mayInstruct(person, reading);
      const isOffered = may && !closedBecause;
      return {
        report,
        reader,
        closedBecause,
        drawn: closedBecause === undefined ? await drawFigures(report.model) : new Map(),
        correction,
        beside: closedBecause ? [] : besideOf(person, await other(report.corrects?.id), correction),
        mayInstruct: may,
        matters: isOffered ? await mattersOf(report) : [],
        units: isOffered ? await units() : [],
        phrases: reading.phrases,
        dueChoices: dueChoicesAt(reading, at, reading.leastTimeMs),
      };
    },
    receive: async ({ reportId, actor, at }) =>
      await amend(reports, reportId, (report) => withReceipt(report, { person: actor, at })),
    async instruct({ reportId, actor, at, ...choice }) {
      const report = await find(reportId);
      const phrase = reading.phrases.find(({ code }) => code === choice.phrase);
      const due = dueChoicesAt(reading, at).find(({ code }) => code === choice.due);
      if (!due) throw new Refused('DUE_PAST', '选定的时间已过，请另选报结果的时间', 'invalid');
      const matters = await mattersOf(report);
      const matter = matters.find(({ id }) => id === choice.matterId);
      if (choice.matterId && !matter) {
        throw new Refused('MATTER_UNKNOWN', '这份报告没有写到选定的事项，请重新选择', 'invalid');
      }
      const known = await units();
      if (choice.unit && !known.includes(choice.unit)) {
        throw new Refused('UNIT_UNKNOWN', `没有“${choice.unit}”这个单位，请重新选择`, 'invalid');
      }
      const act = {
        leader: actor,
        text: [phrase?.text ?? '', choice.text.trim()].join(''),
        track: phrase?.track ?? ('fact' as const),
        event: matter && (await instructed(matter.id)),
        unit: choice.unit || matter?.unit || undefined,
        dueAt: due.dueAt,
        at,
      };
      const leaning = await office();
      return await amend(reports, reportId, (one) => withInstruction(one, act, leaning));
    },
    async register({ reportId, leaderId, eventId, unit, day, picture, actor, at, ...written }) {
      const report = await find(reportId);
      const leader = await people.findById(leaderId);
      if (!leader) throw new NotFound(people.kind, leaderId);
      const act = {
        ...written,
        leader,
        event: eventId ? await instructed(eventId) : undefined,
        unit: unit || undefined,
        at,
      };
      const leaning = await office();
      const paper = { by: actor, day };
      // Refused before the picture is kept, where it is to be refused.
      withInstruction(report, { ...act, paper }, leaning);
      const kept = picture && (await keepPicture(picture, at));
      return await amend(reports, reportId, (one) =>
        withInstruction(
          one,
          { ...act, paper: { ...paper, ...(kept && { picture: kept }) } },
          leaning,
        ),
      );
    },
    async route({ reportId, eventId, ...act }) {
      const event = await instructed(eventId);
      const leaning = await office();
      return await amend(reports, reportId, (one) => withRouting(one, { ...act, event }, leaning));
    },
    async pictureOf(reportId, instructionId) {
      const { instructions } = await find(reportId);
      const picture = instructions.find(({ id }) => id === instructionId)?.paper?.picture;
      const bytes = picture && (await pages.read(picture.digest));
      if (!picture || !bytes) throw new NotFound('批示照片', instructionId);
      return { type: picture.type, bytes };
    },
  };
}

/** A report may tell of what is not here any more. */
function noneWhereGone(error: unknown): undefined {
  if (error instanceof NotFound) return undefined;
  throw error;
}
