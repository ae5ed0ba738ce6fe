import type { Notice } from './alert.ts';

/** What is needed of a notice to say it. */
export type Said = Omit<Notice, 'link'> & { readonly link?: string | undefined };
import { cutToBytes, fitMessage } from './fit-bytes.ts';

/** When content was refused as too long, so much of the limit is used the second time. */
const SHORT_RATIO = 0.25;
const LEAST_BYTES = 600;

/**
 * What a notice says in a group. A personal link would let whoever is in the group act as its receiver: it
 * becomes the address of the event, which asks people to sign in.
 *
 * @param keyword a word the robot insists on; put in front where the text lacks it
 */
export function groupText(
  notice: Said,
  {
    mostBytes,
    keyword = '',
  }: { readonly mostBytes: number; readonly keyword?: string | undefined },
): string {
  const { subject, deadline, shortCode, eventId } = notice;
  const most = notice.isShort
    ? Math.max(LEAST_BYTES, Math.floor(mostBytes * SHORT_RATIO))
    : mostBytes;
  const forAll = (text: string): string => withoutPersonalLinks(text, eventId);
  const head = subject.includes(keyword) || notice.text.includes(keyword) ? '' : `${keyword} `;
  const link = notice.link && forAll(notice.link);
  return fitMessage(
    { subject: head + subject, deadline, link, shortCode },
    forAll(notice.text),
    Math.min(most, mostBytes),
  );
}

/** `…/a/TOKEN` becomes `…/events/ID`, or the desk where there is no event. */
export function withoutPersonalLinks(text: string, eventId: string | undefined): string {
  const place = eventId ? `/events/${eventId}` : '/desk';
  return text.replaceAll(/(https?:\/\/[^\s"'<>]*?)\/a\/[^\s"'<>]+/g, `$1${place}`);
}

/** Who is called by name in a group. */
export const mentionsOf = ({ mentions, receiver }: Said): readonly string[] =>
  mentions ?? (receiver.phone ? [receiver.phone] : []);

/** What a text message or a call says: short, with the code by which it is answered. */
export function shortText(notice: Said, replyCode: string | undefined, mostBytes: number): string {
  const { subject, deadline, link, shortCode } = notice;
  const reply = replyCode ? `回复${replyCode}确认。` : '';
  const rest = [deadline, reply, link, shortCode].filter(Boolean).join(' ');
  const head = cutToBytes(subject, Math.max(60, mostBytes - Buffer.byteLength(rest) - 1));
  return cutToBytes(`${head} ${rest}`, mostBytes);
}
