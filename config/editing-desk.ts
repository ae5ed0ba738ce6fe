import { NotFound } from '#core';
import {
  editReport,
  fitsOnePage,
  isOnePage,
  lengthOf,
  returnReport,
  ruleOf,
  tryDraft,
  whyNotCorrect,
  whyNotEdit,
  whyNotReturn,
  type Report,
  type ReportMaker,
  type ReportPack,
  type ReportStore,
} from '#briefings';
import type { EditingDesk } from '#server';
import { readBack } from '../dashboards/briefings/adapters/word-round.ts';

/** A report between its draft and its review, and after it was sent wrong. */
export function createEditingDesk(parts: {
  readonly reports: ReportStore;
  readonly pack: ReportPack;
  readonly maker: Pick<ReportMaker, 'makeCorrection'>;
}): EditingDesk {
  const { reports, pack, maker } = parts;
  const find = async (reportId: string): Promise<Report> => {
    const report = await reports.findById(reportId);
    if (!report) throw new NotFound(reports.kind, reportId);
    return report;
  };
  return {
    whyNotEdit: (report, person) => whyNotEdit(report, person, pack)?.message,
    whyNotCorrect: (report, person) => whyNotCorrect(report, person, pack)?.message,
    whyNotReturn: (report, person) => whyNotReturn(report, person, pack)?.message,
    mostCharacters: (report) => ruleOf(pack, report).mostCharacters,
    mostWordBytes: pack.editing.word.mostBytes,
    async check({ reportId, ...act }) {
      const { model, changes, problems } = tryDraft(await find(reportId), act, pack);
      const fitsPage = !isOnePage(model.kind) || fitsOnePage(model);
      return { length: lengthOf(model), fitsPage, changes, problems };
    },
    save: async (act) => await editReport({ reports, pack }, act),
    async readWord({ reportId, bytes, actor }) {
      const report = await find(reportId);
      const refusal = whyNotEdit(report, actor, pack);
      if (refusal) throw refusal;
      return await readBack(report, bytes, pack.editing.word);
    },
    giveBack: async (act) => await returnReport({ reports, pack }, act),
    correct: async (act) => await maker.makeCorrection(act),
  };
}
