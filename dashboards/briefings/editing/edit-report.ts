import { actorOf, amend, beijingMinute, hasRole, Refused, type Person } from '#core';
import { rolesInWords, withNote } from '#respond';
import type { ReportPack } from '../report-pack.ts';
import {
  digestOfModel,
  REPORT_STATE_NAMES,
  ruleOf,
  type Report,
  type ReportStore,
} from '../report.ts';
import {
  applyDraft,
  type AppliedDraft,
  type DraftChange,
  type ReportDraft,
} from './report-draft.ts';

/** How often the text was put down: 1 as the machine drafted it. */
export const draftNumber = ({ edits }: Pick<Report, 'edits'>): number => edits.length + 1;

export const hasEdited = ({ edits }: Pick<Report, 'edits'>, { id }: Pick<Person, 'id'>): boolean =>
  edits.some(({ by }) => by.personId === id);

/** Why this person may not change the text, in words of the rule that forbids it; undefined when they may. */
export function whyNotEdit(report: Report, person: Person, pack: ReportPack): Refused | undefined {
  if (report.state !== 'drafted') {
    const name = REPORT_STATE_NAMES[report.state];
    return new Refused(
      'REPORT_STATE',
      report.sent ? '报告已经报送，改正只能出更正件' : `报告${name}，要改正文请先退回`,
    );
  }
  const { reviewers } = ruleOf(pack, report);
  if (hasRole(person, ...reviewers)) return undefined;
  return new Refused('ROLE_NEEDED', `修改报告须为${rolesInWords(reviewers)}`, 'forbidden');
}

export interface EditAct {
  readonly reportId: string;
  /** Of the text that was changed. */
  readonly contentDigest: string;
  readonly draft: ReportDraft;
  /** Where the words were written. */
  readonly via: 'page' | 'word';
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

/** What a draft would come to; nothing is kept. @throws {Refused} */
export function tryDraft(
  report: Report,
  { contentDigest, draft, actor, at }: Omit<EditAct, 'reportId' | 'via'>,
  pack: ReportPack,
): AppliedDraft {
  const refusal = whyNotEdit(report, actor, pack);
  if (refusal) throw refusal;
  demandSameText(report, contentDigest);
  return applyDraft(report.model, draft, { by: actorOf(actor), at });
}

/** 修改: a new text under a new digest; who signed another one has signed nothing. @throws {Refused | NotFound} */
export async function editReport(
  { reports, pack }: { readonly reports: ReportStore; readonly pack: ReportPack },
  act: EditAct,
): Promise<Report> {
  return await amend(reports, act.reportId, (report) => {
    const { model, changes, problems } = tryDraft(report, act, pack);
    if (problems.length > 0) {
      throw new Refused('DRAFT_INCOMPLETE', `还不能保存：${problems.join('；')}`, 'invalid');
    }
    if (changes.length === 0) throw new Refused('NOTHING_CHANGED', '没有改动', 'invalid');
    const { actor, at, via } = act;
    const by = actorOf(actor);
    const contentDigest = digestOfModel(model);
    const { review: _review, ...rest } = report;
    const edit = { by, at, via, from: report.contentDigest, to: contentDigest };
    const edited: Report = {
      ...rest,
      model,
      contentDigest,
      signatures: [],
      edits: [...report.edits, edit],
    };
    const what = `修改报告，成为第${draftNumber(edited)}稿${via === 'word' ? '（由 Word 读回）' : ''}：${changes.map(changeInWords).join('；')}。摘要 ${contentDigest}`;
    return withNote(edited, 'report', { actor: by, at, what });
  });
}

/** Why this person may not send it back, in words; undefined when they may. */
export function whyNotReturn(
  report: Report,
  person: Person,
  pack: ReportPack,
): Refused | undefined {
  if (report.state !== 'reviewed' && report.state !== 'signed') {
    return new Refused('REPORT_STATE', `报告${REPORT_STATE_NAMES[report.state]}，不用退回`);
  }
  const { reviewers, signers } = ruleOf(pack, report);
  const roles = [...reviewers, ...signers.flat()];
  if (hasRole(person, ...roles)) return undefined;
  return new Refused('ROLE_NEEDED', `退回须由${rolesInWords(roles)}办理`, 'forbidden');
}

/** 退回修改: it is a draft again; who had reviewed and signed it has to do so anew. @throws {Refused | NotFound} */
export async function returnReport(
  { reports, pack }: { readonly reports: ReportStore; readonly pack: ReportPack },
  act: {
    readonly reportId: string;
    readonly reason: string;
    readonly actor: Person;
    readonly at: Date;
  },
): Promise<Report> {
  return await amend(reports, act.reportId, (report) => {
    const { actor, at, reason } = act;
    const refusal = whyNotReturn(report, actor, pack);
    if (refusal) throw refusal;
    const { review: _review, ...rest } = report;
    const draft: Report = { ...rest, state: 'drafted', signatures: [] };
    const what = `退回修改，审核、签发作废：${reason}`;
    return withNote(draft, 'report', { actor: actorOf(actor), at, what });
  });
}

function demandSameText(report: Report, contentDigest: string): void {
  if (report.contentDigest === contentDigest) return;
  const last = report.edits.at(-1);
  const who = last ? `${last.by.name}${beijingMinute(last.at).slice(5)}` : '别人';
  throw new Refused(
    'REPORT_CHANGED',
    `${who}已保存了第${draftNumber(report)}稿，您是在以前的一稿上改的；您的文字没有保存，也没有丢`,
  );
}

function changeInWords({ kind, place, before, after, reason, numbers }: DraftChange): string {
  const counted = numbers
    ? `，数字${numbers.before.join('、') || '（无）'}改为${numbers.after.join('、') || '（无）'}，已确认`
    : '';
  const words = {
    changed: `把“${before}”改为“${after}”`,
    added: `补写“${after}”`,
    leftOut: `删去“${before}”，理由：${reason}`,
    restored: `恢复“${after}”`,
  };
  return `${place}${words[kind]}${counted}`;
}
