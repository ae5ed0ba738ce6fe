import { setImmediate } from 'node:timers/promises';
import { hasRole, NotFound, type PersonStore } from '#core';
import { citesOf, nameOf, type ReportStore } from '#briefings';
import {
  buildMeasures,
  collectMeasures,
  type MeasurePack,
  type MeasureRecords,
  type MeasureStores,
  type PlannedSource,
} from '#measures';
import {
  recordOutsideNotice,
  type JudgingPack,
  type OutsideNoticeStore,
  type ReviewPack,
} from '#respond';
import type { OpinionEventStore } from '#analyze';
import type { MeasureRoom, SourcesView } from '#server';

/** Reports read for which events they told superiors of; an office sends some 800 a year. */
const MOST_REPORTS = 2_000;

/** The measures of the product, from its stores, and the register of what was learned from outside. */
export function createMeasureRoom(parts: {
  readonly stores: MeasureStores & {
    readonly events: OpinionEventStore;
    readonly outsideNotices: OutsideNoticeStore;
    readonly reports: Pick<ReportStore, 'listNewest'>;
    readonly people: Pick<PersonStore, 'listAll'>;
  };
  readonly packs: {
    readonly measures: MeasurePack;
    readonly review: ReviewPack;
    readonly judging: JudgingPack;
  };
  readonly sources: Pick<SourcesView, 'listHealth'>;
  readonly isDrill: boolean;
}): MeasureRoom {
  const { stores, packs, isDrill } = parts;
  const { leastForShare, outsideNotices } = packs.measures;
  const { recorders } = outsideNotices;
  const rules = { limits: { leastForShare }, review: packs.review, judging: packs.judging };
  const reported = async (): Promise<ReadonlyMap<string, string>> => {
    const sent = (await stores.reports.listNewest(MOST_REPORTS)).filter((one) => one.sent);
    return new Map(
      sent.flatMap(({ model }) =>
        citesOf(model)
          .filter((cite) => cite.startsWith('event:'))
          .map((cite) => [cite.slice(6), `${model.title}${model.header.number}`] as const),
      ),
    );
  };
  const sentReports = async (): Promise<MeasureRecords['sentReports']> => {
    const all = await stores.reports.listNewest(MOST_REPORTS);
    const byId = new Map(all.map((one) => [one.id, one]));
    return all.flatMap((report) => {
      const { id, sent, correctedBy } = report;
      if (!sent) return [];
      const by = correctedBy && byId.get(correctedBy.id);
      const correction = by?.corrects && {
        name: nameOf(by),
        reason: by.corrects.reason,
        isFactual: by.corrects.isFactual,
        sentAt: by.sent?.at,
      };
      const own = { id, name: nameOf(report), isDrill: report.isDrill, sentAt: sent.at };
      return [{ ...own, ...(correction && { correction }) }];
    });
  };
  const principals = async (): Promise<readonly string[]> =>
    (await stores.people.listAll())
      .filter((person) => hasRole(person, 'principal') && !person.isDisabled)
      .map(({ name }) => name);
  const sources = async (): Promise<readonly PlannedSource[]> =>
    (await parts.sources.listHealth()).map(({ id, name, kindName, health, healthName }) => ({
      id,
      name,
      kindName,
      isHealthy: health === 'ok',
      healthName,
    }));
  const breathe = async (): Promise<void> => await setImmediate();
  const deps = { stores, isDrill, sources, reported, sentReports, principals, breathe };
  return {
    leastForShare,
    measure: async (period, at) => buildMeasures(await collectMeasures(deps, period, at), rules),
    listNotices: async () =>
      (await stores.outsideNotices.listAll()).filter((one) => one.isDrill === isDrill),
    mayRecord: (person) => hasRole(person, ...recorders),
    async record({ draft, ...act }) {
      if (draft.eventId && !(await stores.events.findById(draft.eventId))) {
        throw new NotFound(stores.events.kind, draft.eventId);
      }
      const kept = { outsideNotices: stores.outsideNotices, recorders };
      return await recordOutsideNotice(kept, { ...act, draft, isDrill });
    },
  };
}
