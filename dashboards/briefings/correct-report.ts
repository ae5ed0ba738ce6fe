import {
  actorOf,
  amendMany,
  beijingDay,
  digestOf,
  hasRole,
  NotFound,
  Refused,
  type Person,
} from '#core';
import { rolesInWords, withNote } from '#respond';
import { withEditsTold } from './editing/edit-words.ts';
import type { ReportModel } from './model.ts';
import { newReport } from './new-report.ts';
import { plainText } from './plain-text.ts';
import type { ReportPack } from './report-pack.ts';
import { issueNumber, nameOf, reportId, type Report, type ReportStore } from './report.ts';
import { dayInWords } from './words.ts';

export interface CorrectionOrder {
  /** The issue that is wrong. */
  readonly reportId: string;
  readonly reason: string;
  /** A fact was wrong, not only its wording. */
  readonly isFactual: boolean;
  readonly actor: Person;
  readonly at: Date;
}

/** Why this person may not correct it, in words of the rule that forbids it; undefined when they may. */
export function whyNotCorrect(
  report: Report,
  person: Person,
  { corrections }: Pick<ReportPack, 'corrections'>,
): Refused | undefined {
  if (!report.sent) return new Refused('REPORT_STATE', '报告还没有报送，不用更正');
  if (report.correctedBy) {
    const { name } = report.correctedBy;
    return new Refused('CORRECTED_ALREADY', `已经出了更正件${name}；还有错的，请更正那一期`);
  }
  if (hasRole(person, ...corrections.makers)) return undefined;
  return new Refused('ROLE_NEEDED', `出更正件须为${rolesInWords(corrections.makers)}`, 'forbidden');
}

/**
 * 更正: a new issue of the same kind, with the text of the one it corrects, to be changed, reviewed, signed and sent as
 * any other. The old one stays as it was sent and names the new one; both are written in one go.
 *
 * @throws {Refused | NotFound}
 */
export async function makeCorrection(
  { reports, pack }: { readonly reports: ReportStore; readonly pack: ReportPack },
  { reportId: wrongId, reason, isFactual, actor, at }: CorrectionOrder,
): Promise<Report> {
  const wrong = await reports.findById(wrongId);
  if (!wrong) throw new NotFound(reports.kind, wrongId);
  const { kind } = wrong;
  const year = Number(beijingDay(at).slice(0, 4));
  const issue = ((await reports.listOfYear(kind, year)).at(-1)?.issue ?? 0) + 1;
  const id = reportId({ kind, year, issue, part: 0 });
  const by = actorOf(actor);
  const make = (old: Report): Report =>
    newReport({
      kind,
      ...(old.stage && { stage: old.stage }),
      ...(old.eventId && { eventId: old.eventId }),
      year,
      issue,
      model: correctingModel(old, { number: issueNumber(year, issue), reason, at }),
      period: old.period,
      dueAt: new Date(at.getTime() + pack.corrections.sentWithinMs),
      isDrill: old.isDrill,
      actor: by,
      at,
      corrects: {
        id: old.id,
        name: nameOf(old),
        reason: plainText(reason),
        isFactual,
        blocksDigest: digestOfBlocks(old.model),
        readerIds: old.sent?.receivers.map(({ personId }) => personId) ?? [],
      },
    });
  const made = await amendMany(reports, [wrongId, id], (standing, one) => {
    if (one === id) return standing ? demandSame(standing, make(wrong)) : make(wrong);
    if (!standing || standing.correctedBy?.id === id) return undefined;
    const refusal = whyNotCorrect(standing, actor, pack);
    if (refusal) throw refusal;
    const name = `${standing.model.header.name}${issueNumber(year, issue)}`;
    const what = `出更正件${name}：${plainText(reason)}`;
    const marked = { ...standing, correctedBy: { id, name } };
    return withNote(marked, 'report', { actor: by, at, what });
  });
  const correction = made.find((one) => one.id === id);
  if (!correction) throw new NotFound(reports.kind, id);
  return correction;
}

/** Ours stands already where the write was tried again. @throws {Refused} when the number went to another one */
function demandSame(standing: Report, asked: Report): undefined {
  const [one, other] = [standing, asked].map(({ corrects, madeBy }) =>
    [corrects?.id, corrects?.reason, madeBy.personId].join(' '),
  );
  if (one === other) return undefined;
  throw new Refused('NUMBER_TAKEN', '这个期号刚刚用掉了，请再点一次');
}

function correctingModel(
  old: Report,
  { number, reason, at }: { readonly number: string; readonly reason: string; readonly at: Date },
): ReportModel {
  const { model } = old;
  const notice = plainText(`本期更正${nameOf(old)}：${reason}`);
  return withEditsTold({
    ...model,
    header: { ...model.header, number, date: dayInWords(beijingDay(at)), notices: [notice] },
    title: `${model.title.replace(/（更正）$/u, '')}（更正）`,
    madeAt: at,
  });
}

const digestOfBlocks = ({ blocks }: Pick<ReportModel, 'blocks'>): string =>
  digestOf(JSON.stringify(blocks));

/** A correction whose text is still the one that was wrong. */
export const correctsNothing = ({ corrects, model }: Report): boolean =>
  corrects !== undefined && digestOfBlocks(model) === corrects.blocksDigest;
