import {
  actorOf,
  amend,
  auditEffect,
  hasRole,
  idOf,
  Refused,
  type Effect,
  type Person,
} from '#core';
import { ACTS_TOPIC, type DutyAct } from '#alert';
import { rolesInWords } from '#respond';
import { correctsNothing } from './correct-report.ts';
import { hasEdited } from './editing/edit-report.ts';
import type { ReportPack } from './report-pack.ts';
import { newReaders, type ReadingLink } from './reading/read-report.ts';
import { reportMail } from './report-mail.ts';
import { REPORT_STATE_NAMES, ruleOf, type Report, type ReportStore } from './report.ts';

export interface PassDeps {
  readonly reports: ReportStore;
  readonly pack: ReportPack;
}

export interface ReportAct {
  readonly reportId: string;
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

/** Who may do the next step now, in words of the rule that forbids it; undefined when this person may. */
export function whyNotPass(
  report: Report,
  step: 'review' | 'sign' | 'send',
  person: Person,
  pack: ReportPack,
): Refused | undefined {
  const wanted = { review: 'drafted', sign: 'reviewed', send: 'signed' } as const;
  if (report.state !== wanted[step]) {
    return new Refused('REPORT_STATE', `报告${REPORT_STATE_NAMES[report.state]}，现在不能办这一步`);
  }
  const rule = ruleOf(pack, report);
  const roles =
    step === 'sign'
      ? (rule.signers[report.signatures.length] ?? [])
      : step === 'review'
        ? rule.reviewers
        : [...rule.reviewers, ...rule.signers.flat()];
  if (!hasRole(person, ...roles)) {
    return new Refused('ROLE_NEEDED', `这一步须由${rolesInWords(roles)}办理`, 'forbidden');
  }
  if (step === 'review' && hasEdited(report, person)) {
    return new Refused(
      'EDITOR_MAY_NOT_REVIEW',
      '修改过这份报告的人不得审核它，请另一人审核',
      'forbidden',
    );
  }
  if (step === 'review' && correctsNothing(report)) {
    return new Refused('NOTHING_CORRECTED', '正文与要更正的一期完全一样，请先修改');
  }
  if (step === 'sign' && report.review?.actor.personId === person.id) {
    return new Refused('REVIEWER_MAY_NOT_SIGN', '审核人不得签发同一份报告', 'forbidden');
  }
  return undefined;
}

/** 审核: a person has read it, and answers for what the machine drafted. @throws {Refused | NotFound} */
export async function reviewReport(
  { reports, pack }: PassDeps,
  act: ReportAct & { readonly contentDigest: string },
): Promise<Report> {
  return await amend(reports, act.reportId, (report) => {
    demand(report, 'review', act, pack);
    demandRead(report, act.contentDigest);
    return noted({ ...report, state: 'reviewed', review: signatureBy(act) }, act, '审核报告');
  });
}

/** 签发: by each group of signers in their order. @throws {Refused | NotFound} */
export async function signReport(
  { reports, pack }: PassDeps,
  act: ReportAct & { readonly contentDigest: string },
): Promise<Report> {
  return await amend(reports, act.reportId, (report) => {
    demand(report, 'sign', act, pack);
    demandRead(report, act.contentDigest);
    const signatures = [...report.signatures, signatureBy(act)];
    const isWhole = signatures.length >= ruleOf(pack, report).signers.length;
    return noted(
      { ...report, signatures, state: isWhole ? 'signed' : 'reviewed' },
      act,
      '签发报告',
    );
  });
}

/**
 * 报送: a mail to each recipient that can be reached, by the outbox; it meets the countdown of its sending.
 *
 * @throws {Refused} also when nobody can be reached: then nothing counts as sent
 */
export async function sendReport(
  { reports, pack }: PassDeps,
  act: ReportAct & {
    readonly people: readonly Person[];
    /** The reports page. */
    readonly link: string;
    readonly linkFor: ReadingLink;
  },
): Promise<Report> {
  return await amend(reports, act.reportId, (report) => {
    demand(report, 'send', act, pack);
    const { recipients, urgeAfterMs } = ruleOf(pack, report);
    const had = report.corrects?.readerIds ?? [];
    const receivers = act.people.filter(
      (one) =>
        !one.isDisabled && one.email && (hasRole(one, ...recipients) || had.includes(one.id)),
    );
    if (receivers.length === 0) {
      throw new Refused(
        'NO_RECIPIENT',
        `没有可以用邮件送到的${rolesInWords(recipients)}，报告没有发出`,
      );
    }
    const by = actorOf(act.actor);
    const names = receivers.map(({ name }) => name).join('、');
    const sent: Report = {
      ...report,
      state: 'sent',
      sent: { at: act.at, by, receivers: receivers.map(actorOf) },
      readers: newReaders(receivers, pack.reading, act.at),
      urgeAt: new Date(act.at.getTime() + urgeAfterMs),
    };
    const passed = noted(sent, act, '报送报告', `报${names}`);
    return {
      ...passed,
      effects: [
        ...passed.effects,
        sentEffect(report, act),
        ...receivers.map((one) => reportMail(passed, one, act)),
      ],
    };
  });
}

function demand(
  report: Report,
  step: 'review' | 'sign' | 'send',
  { actor }: ReportAct,
  pack: ReportPack,
): void {
  const refusal = whyNotPass(report, step, actor, pack);
  if (refusal) throw refusal;
}

function demandRead(report: Report, contentDigest: string): void {
  if (report.contentDigest === contentDigest) return;
  throw new Refused('REPORT_CHANGED', '报告内容已有改动，请重新阅读后再办理');
}

const signatureBy = ({
  actor,
  at,
  contentDigest,
}: ReportAct & { readonly contentDigest: string }) => ({
  actor: actorOf(actor),
  roles: actor.roles,
  at,
  contentDigest,
});

function noted(report: Report, { actor, at }: ReportAct, what: string, more = ''): Report {
  const by = actorOf(actor);
  const detail = [`摘要 ${report.contentDigest}`, more].filter(Boolean).join('；');
  const audit = auditEffect({
    at,
    actor: by,
    act: `${what}${report.model.header.number}`,
    target: `report:${report.id}`,
    detail,
  });
  return {
    ...report,
    history: [...report.history, { at, actor: by, what: [what, more].filter(Boolean).join('：') }],
    effects: [...report.effects, audit],
  };
}

function sentEffect({ id, model }: Report, { actor, at }: ReportAct): Effect {
  const act: DutyAct = {
    id: idOf('act', 'reportSent', id),
    target: `report:${id}`,
    kind: 'reportSent',
    doneAt: at,
    ref: `report:${id}`,
    what: `${actor.name}报送${model.title}${model.header.number}`,
  };
  return { topic: ACTS_TOPIC, id: act.id, key: `report:${id}`, body: act };
}
