import {
  actorOf,
  beijingMinute,
  durationInWords,
  hasRole,
  MACHINE,
  Refused,
  type Effect,
  type Person,
} from '#core';
import { rolesInWords, tellPeople, withEffects, withNote, type Reach } from '#respond';
import type { ReadingPack, ReportPack } from '../report-pack.ts';
import { nameOf, REPORT_STATE_NAMES, ruleOf, type Report } from '../report.ts';
import { readingId, type Reader } from './reader.ts';

/** A personal link to a report's reading page. */
export type ReadingLink = (claim: {
  readonly id: string;
  readonly personId: string;
  readonly expiresAt: Date;
}) => string;

export const mayKeepReaders = (
  person: Person,
  { keepers }: Pick<ReadingPack, 'keepers'>,
): boolean => hasRole(person, ...keepers);

export const readerOf = (
  { readers }: Pick<Report, 'readers'>,
  personId: string,
): Reader | undefined => readers.find((one) => one.personId === personId);

/** Whose links a report begins with when it is sent. */
export const newReaders = (
  people: readonly Person[],
  { linkMs }: Pick<ReadingPack, 'linkMs'>,
  at: Date,
): Reader[] =>
  people.map((one) => ({
    ...actorOf(one),
    link: { number: 1, expiresAt: new Date(at.getTime() + linkMs) },
  }));

export const linkTo = (
  { id }: Pick<Report, 'id'>,
  { personId, link }: Pick<Reader, 'personId' | 'link'>,
  linkFor: ReadingLink,
): string => linkFor({ id: readingId(id, link.number), personId, expiresAt: link.expiresAt });

/**
 * Why this link opens the report no longer, in words for who holds it; undefined when it does. A newer link was sent
 * because the old one was lost: it must not open anything either.
 */
export function whyClosed(reader: Reader, number: number): string | undefined {
  if (reader.revoked) return '阅读链接已由办公室收回。';
  if (reader.link.number !== number) return '这个阅读链接已换成新的，请从最近的一封邮件打开。';
  return undefined;
}

/** 已阅, by the reader; undefined when it stands already. @throws {Refused} */
export function withReceipt(
  report: Report,
  { person, at }: { readonly person: Person; readonly at: Date },
): Report | undefined {
  const reader = demandReader(report, person.id);
  if (reader.readAt) return undefined;
  const read = withReader(report, { ...reader, readAt: at });
  return withNote(settled(read), 'report', { actor: actorOf(person), at, what: '已阅' });
}

/** 收回: the link opens nothing from now on. @throws {Refused} */
export function withRevoked(
  report: Report,
  act: {
    readonly personId: string;
    readonly reason: string;
    readonly actor: Person;
    readonly at: Date;
  },
  pack: ReadingPack,
): Report | undefined {
  const { personId, reason, actor, at } = act;
  demandKeeper(actor, pack, '收回阅读链接');
  const reader = demandReader(report, personId);
  if (reader.revoked) return undefined;
  const by = actorOf(actor);
  const after = withReader(report, { ...reader, revoked: { at, by, reason } });
  const what = `收回${reader.name}的阅读链接：${reason}`;
  return withNote(settled(after), 'report', { actor: by, at, what });
}

/** Everybody who can still read it has: then it is 已阅 as a whole. */
export function settled(report: Report): Report {
  if (report.state !== 'sent') return report;
  const asked = report.readers.filter(({ revoked, readAt }) => !revoked || readAt);
  const isRead = asked.length > 0 && asked.every(({ readAt }) => readAt);
  const { urgeAt: _none, ...rest } = report;
  return isRead ? { ...rest, state: 'receipted' } : report;
}

export interface UrgingOffice {
  readonly pack: ReportPack;
  readonly reach: Omit<Reach, 'ways'>;
  readonly linkFor: ReadingLink;
  readonly at: Date;
}

/** 催阅 once to each who has not confirmed; nothing is urged a second time. @returns undefined when it is not due */
export function withUrging(report: Report, office: UrgingOffice): Report | undefined {
  const { pack, at } = office;
  const { urgeAt, ...rest } = report;
  if (!urgeAt || urgeAt > at || !report.sent) return undefined;
  const silent = report.readers.filter((one) => !one.readAt && !one.revoked && !one.urgedAt);
  const told = silent.map((reader) => ({ reader, notices: urgingOf(report, reader, office) }));
  // Who can be reached in no way was not urged, and nothing says so.
  const urged = told.filter(({ notices }) => notices.length > 0);
  const reached = new Set(urged.map(({ reader }) => reader.personId));
  const after: Report = {
    ...rest,
    readers: report.readers.map((one) =>
      reached.has(one.personId) ? { ...one, urgedAt: at } : one,
    ),
  };
  if (urged.length === 0) return after;
  const names = urged.map(({ reader }) => reader.name).join('、');
  const waited = durationInWords(ruleOf(pack, report).urgeAfterMs);
  const what = `报送后${waited}没有点“已阅”，催阅${names}`;
  const noted = withNote(after, 'report', { actor: MACHINE, at, what });
  return withEffects(
    noted,
    urged.flatMap(({ notices }) => notices),
  );
}

function urgingOf(
  report: Report,
  reader: Reader,
  { pack, reach, linkFor, at }: UrgingOffice,
): Effect[] {
  const person = reach.people.find(({ id, isDisabled }) => id === reader.personId && !isDisabled);
  if (!person || !report.sent) return [];
  const matter = {
    id: report.id,
    isDrill: report.isDrill,
    title: nameOf(report),
    shortCode: `报告#${report.id}`,
    linkFor: () => linkTo(report, reader, linkFor),
  };
  const telling = {
    key: `urge ${reader.link.number}`,
    people: [person],
    subject: '报告待阅',
    ask: '请阅读后点“已阅”；需要办理的，可以在页面上批示。',
    lines: [`报送：${beijingMinute(report.sent.at)}`],
    button: '阅读',
    at,
  };
  return tellPeople(matter, telling, { ...reach, ways: pack.reading.channels });
}

/** The report with this reader as they are now. */
export const withReader = (report: Report, reader: Reader): Report => ({
  ...report,
  readers: report.readers.map((one) => (one.personId === reader.personId ? reader : one)),
});

/** @throws {Refused} when the report was not sent to this person */
export function demandReader(report: Report, personId: string): Reader {
  const reader = readerOf(report, personId);
  if (reader) return reader;
  const why = report.sent
    ? '报告没有报送给这个人'
    : `报告${REPORT_STATE_NAMES[report.state]}，还没有报送`;
  throw new Refused('NOT_A_READER', why);
}

/** @throws {Refused} */
export function demandKeeper(person: Person, pack: ReadingPack, what: string): void {
  if (mayKeepReaders(person, pack)) return;
  throw new Refused('ROLE_NEEDED', `${what}须为${rolesInWords(pack.keepers)}`, 'forbidden');
}
