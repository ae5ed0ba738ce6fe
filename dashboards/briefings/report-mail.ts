import { idOf, type Effect, type Person } from '#core';
import { NOTICES_TOPIC, type Notice } from '#alert';
import { demandReader, linkTo, type ReadingLink } from './reading/read-report.ts';
import { printable, type Report } from './report.ts';
import { toHtml } from './to-html.ts';
import { toText } from './to-text.ts';

/** The mail that brings a report to one of its readers, with the link that opens it for them alone. */
export function reportMail(
  report: Report,
  person: Person,
  {
    at,
    link,
    linkFor,
  }: { readonly at: Date; readonly link: string; readonly linkFor: ReadingLink },
): Effect {
  const model = printable(report);
  const reader = demandReader(report, person.id);
  const own = linkTo(report, reader, linkFor);
  const drill = report.isDrill ? '【演练】' : '';
  const number = reader.link.number > 1 ? [String(reader.link.number)] : [];
  const notice: Notice = {
    id: idOf('notice', 'report', report.id, person.id, ...number),
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
    text: `阅读、已阅、批示（${person.name}本人的链接，请勿转发）：${own}\n\n${toText(model)}\nPDF 和 Word：${link}\n`,
    html: toHtml(model, {
      own: {
        url: own,
        words: `打开手机版：已阅、批示（${person.name}本人的链接，请勿转发）`,
      },
    }),
    link: own,
    isDrill: report.isDrill,
    state: 'pending',
    nextAt: new Date(0),
    createdAt: at,
    attempts: [],
  };
  return { topic: NOTICES_TOPIC, id: notice.id, key: `report:${report.id}`, body: notice };
}
