import { actorOf, amend, Refused, type Now, type Person, type PersonStore } from '#core';
import type { ChannelKind } from '#alert';
import { withEffects, withNote } from '#respond';
import { reportMail } from '../report-mail.ts';
import type { ReportPack } from '../report-pack.ts';
import { withReader, withRevoked, withUrging, demandKeeper, demandReader } from './read-report.ts';
import type { ReadingLink } from './read-report.ts';
import { ruleOf, type Report, type ReportStore } from '../report.ts';
import type { Reader } from './reader.ts';

export interface KeepingDeps {
  readonly reports: ReportStore;
  readonly people: Pick<PersonStore, 'listAll'>;
  readonly pack: ReportPack;
  /** Channels that are set up. */
  readonly channels: ReadonlySet<ChannelKind>;
  readonly linkFor: ReadingLink;
  /** The reports page. */
  readonly link: () => string;
  readonly now: Now;
}

/** As many as one round urges of; the next comes within seconds. */
const MOST_AT_ONCE = 50;

interface KeepingAct {
  readonly reportId: string;
  readonly personId: string;
  readonly actor: Person;
  readonly at: Date;
}

/** What the office does about the links it sent, and the urging of those who are silent. */
export function keepReaders({ reports, people, pack, channels, linkFor, link, now }: KeepingDeps) {
  return {
    /** @throws {Refused | NotFound} */
    revoke: async (act: KeepingAct & { readonly reason: string }): Promise<Report> =>
      await amend(reports, act.reportId, (report) => withRevoked(report, act, pack.reading)),
    /** @throws {Refused | NotFound} */
    async renew({ reportId, personId, actor, at }: KeepingAct): Promise<Report> {
      demandKeeper(actor, pack.reading, '重发阅读链接');
      const person = (await people.listAll()).find(({ id }) => id === personId);
      if (!person || person.isDisabled || !person.email) {
        throw new Refused('NO_RECIPIENT', '这个人没有可以用的邮箱，链接没有重发');
      }
      return await amend(reports, reportId, (report) => {
        const { revoked: _back, ...reader } = demandReader(report, personId);
        const expiresAt = new Date(at.getTime() + pack.reading.linkMs);
        const renewed = { ...reader, link: { number: reader.link.number + 1, expiresAt } };
        const what = `给${reader.name}重发阅读链接，原来的链接作废`;
        const after = waitingFor(withReader(report, renewed), renewed, at, pack);
        const noted = withNote(after, 'report', { actor: actorOf(actor), at, what });
        return withEffects(noted, [reportMail(noted, person, { at, link: link(), linkFor })]);
      });
    },
    /** @returns how many reports */
    async urgeDue(): Promise<number> {
      const at = now();
      const due = await reports.listToUrge(at, MOST_AT_ONCE);
      if (due.length === 0) return 0;
      const reach = { people: await people.listAll(), channels };
      for (const { id } of due) {
        await amend(reports, id, (report) => withUrging(report, { pack, reach, linkFor, at }));
      }
      return due.length;
    },
  };
}

/** Whoever can read it again and has not is waited for again, and urged where that was never done. */
function waitingFor(
  { urgeAt, ...report }: Report,
  { readAt, urgedAt }: Reader,
  at: Date,
  pack: ReportPack,
): Report {
  if (readAt) return { ...report, ...(urgeAt && { urgeAt }) };
  const soonest = urgeAt ?? new Date(at.getTime() + ruleOf(pack, report).urgeAfterMs);
  return {
    ...report,
    state: report.state === 'receipted' ? 'sent' : report.state,
    ...((!urgedAt || urgeAt) && { urgeAt: soonest }),
  };
}
