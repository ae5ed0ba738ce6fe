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
import { ACTS_TOPIC, NOTICES_TOPIC, type DutyAct, type Notice } from '#alert';
import { rolesInWords } from '#respond';
import type { ReportPack } from './report-pack.ts';
import { printable, REPORT_STATE_NAMES, type Report, type ReportStore } from './report.ts';
import { toHtml } from './to-html.ts';
import { toText } from './to-text.ts';

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

/** 专报 and 月报 are not made yet; one that is found goes the way of the daily report. */
const ruleOf = (pack: ReportPack, { kind }: Report) =>
  pack[kind === 'special' || kind === 'monthly' ? 'daily' : kind];

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
  act: ReportAct & { readonly people: readonly Person[]; readonly link: string },
): Promise<Report> {
  return await amend(reports, act.reportId, (report) => {
    demand(report, 'send', act, pack);
    const { recipients } = ruleOf(pack, report);
    const receivers = act.people.filter(
      (one) => !one.isDisabled && one.email && hasRole(one, ...recipients),
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
    };
    const passed = noted(sent, act, '报送报告', `报${names}`);
    return {
      ...passed,
      effects: [
        ...passed.effects,
        sentEffect(report, act),
        ...receivers.map((one) => mailEffect(report, one, act)),
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

function mailEffect(
  report: Report,
  person: Person,
  { at, link }: ReportAct & { readonly link: string },
): Effect {
  const model = printable(report);
  const drill = report.isDrill ? '【演练】' : '';
  const notice: Notice = {
    id: idOf('notice', 'report', report.id, person.id),
    revision: 1,
    effects: [],
    // It belongs to no alert; nothing ends the need for it.
    alertId: '',
    key: `report:${report.id}`,
    receiver: {
      personId: person.id,
      name: person.name,
      address: person.email ?? '',
      ...(person.email && { email: person.email }),
    },
    channel: 'email',
    priority: 5,
    shortCode: `报告#${report.id}`,
    subject: `${drill}${model.title}${model.header.number}`,
    text: `${toText(model)}\nPDF 和 Word：${link}\n`,
    html: toHtml(model),
    link,
    isDrill: report.isDrill,
    state: 'pending',
    nextAt: new Date(0),
    createdAt: at,
    attempts: [],
  };
  return { topic: NOTICES_TOPIC, id: notice.id, key: `report:${report.id}`, body: notice };
}
